import assert from 'node:assert/strict';
import { remember } from '../../../src/common/remember';

describe('What is remembered of texts', () => {
  it('is worked out once, till there are too many texts, and of long texts each time', () => {
    const asked: string[] = [];
    const length = remember(2, (text) => asked.push(text) && { length: text.length });
    assert.equal(length('a'), length('a'));
    assert.deepEqual(length('bc'), { length: 2 });
    assert.deepEqual(asked, ['a', 'bc']);
    length('def');
    length('def');
    length('a');
    assert.deepEqual(asked, ['a', 'bc', 'def', 'a']);
    const long = 'x'.repeat(65);
    assert.notEqual(length(long), length(long));
  });

  it('is what texts named like the parts of an object give, too', () => {
    const first = remember(10, (text) => text[0]);
    for (const text of ['__proto__', 'constructor', 'toString']) assert.equal(first(text), text[0]);
  });
});

import assert from 'node:assert/strict';
import { lastFieldPlace } from '../../../src/workspace/fieldPlace';

describe('the place of a field in its row', () => {
  it('is that of the last field that is all of the text', () => {
    assert.deepEqual(lastFieldPlace('I-PER I-PER', 'I-PER'), { start: 6, end: 11 });
    assert.deepEqual(lastFieldPlace('Rita\tI-PER\tSpaceAfter=No', 'I-PER'), { start: 5, end: 10 });
    assert.deepEqual(lastFieldPlace('Rita,O,I-PER', 'I-PER'), { start: 7, end: 12 });
    assert.equal(lastFieldPlace('Rita\tI-PERS', 'I-PER'), undefined);
    assert.equal(lastFieldPlace('Rita', ''), undefined);
    assert.equal(lastFieldPlace('a'.repeat(10_000), 'aa'), undefined);
  });
});

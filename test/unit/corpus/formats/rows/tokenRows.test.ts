import assert from 'node:assert/strict';
import { InputError } from '../../../../../src/common/errors';
import { readTokenRows } from '../../../../../src/corpus/formats/rows/tokenRows';

describe('rows of tokens without a format', () => {
  it('have the token first, and sentences between blank lines', () => {
    const text = '\ufeffRita lives\tx\nin here\n \nLisbon\n\n\n.\ty\n';
    assert.deepEqual(readTokenRows(text).sentences, [['Rita lives', 'in'], ['Lisbon'], ['.']]);
  });

  it('get the label behind the row, with the separator of the row', () => {
    const text = 'Rita\r\nis here\r\n\r\nNew York\tx';
    assert.equal(readTokenRows(text).write(['A', 'B', 'C']), 'Rita\tA\r\nis here B\r\n\r\nNew York\tx\tC');
  });

  it('end at lone carriage returns too, which stay as they are', () => {
    const rows = readTokenRows('a\rb x\r\rc\r\nd\u2028e\n\u00a0');
    assert.deepEqual(rows.sentences, [
      ['a', 'b'],
      ['c', 'd\u2028e', '\u00a0'],
    ]);
    assert.equal(rows.write([...'12345']), 'a\t1\rb x 2\r\rc\t3\r\nd\u2028e\t4\n\u00a0\t5');
  });

  it('take no label that would break its row', () => {
    const breaks = (label: string, line: number) => (error: unknown) =>
      error instanceof InputError && error.details.line === line && error.message.includes(label);
    const rows = readTokenRows('a\n\nb c\n');
    for (const label of ['x\ty', 'x\ny', 'x\ry', ''])
      assert.throws(() => rows.write(['O', label]), breaks(label && 'x‹U+', 2));
    assert.throws(() => rows.write(['x y', 'x y']), breaks('x y', 2));
    assert.equal(rows.write(['x y', 'O']), 'a\tx y\n\nb c O\n');
  });

  it('keep a text without tokens', () => assert.equal(readTokenRows('\n \n').write([]), '\n \n'));
});

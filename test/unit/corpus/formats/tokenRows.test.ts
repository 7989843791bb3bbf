import assert from 'node:assert/strict';
import { readTokenRows } from '../../../../src/corpus/formats/tokenRows';

describe('rows of tokens without a format', () => {
  it('have the token first, and sentences between blank lines', () => {
    const text = '\ufeffRita lives\tx\nin here\n \nLisbon\n\n\n.\ty\n';
    assert.deepEqual(readTokenRows(text).sentences, [['Rita lives', 'in'], ['Lisbon'], ['.']]);
  });

  it('get the label behind the row, with the separator of the row', () => {
    const text = 'Rita\r\nis here\r\n\r\nNew York\tx';
    assert.equal(readTokenRows(text).write(['A', 'B', 'C']), 'Rita\tA\r\nis here B\r\n\r\nNew York\tx\tC');
  });

  it('keep a text without tokens', () => assert.equal(readTokenRows('\n \n').write([]), '\n \n'));
});

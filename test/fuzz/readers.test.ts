import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeUtf8 } from '../../src/corpus/decode';
import { readTokenRows } from '../../src/corpus/formats/rows/tokenRows';
import { BlockCutter } from '../../src/corpus/text/blockCutter';
import { anyText, fuzz, realBytes } from './cases';
import { otherLayouts, readAndWrite, readAs } from './readAndWrite';

const name = fc.constantFrom(
  'f',
  'f.conll',
  'f.conllu',
  'f.conllup',
  'f.bmes',
  'eng.train',
  '.conll',
  'a/.b',
);

/** JSON that is nearly of one of the formats. */
const jsonText = fc
  .tuple(
    fc.array(
      fc.constantFrom(
        ...[
          '{"text": "a b. C d", "label": [[0, 1, "X"]',
          '{"tokens": ["a", "b"], "tags": ["X", 1]',
          ']}',
          '}',
          '\n',
        ],
        ...[
          '[',
          ']',
          ', [2, 6, "Y"]',
          ', "spans": [',
          '"\\ud83d',
          '\\n',
          '"',
          ',',
          '{"data": {"text": "a"}, "annotations": [',
        ],
      ),
      { maxLength: 12 },
    ),
    anyText,
  )
  .map(([pieces, text]) => pieces.join('') + text.slice(0, 10));

describe('readers of any text', () => {
  it('read it or say why not, and write it back to the byte', () =>
    fuzz('readers', 0.3, fc.tuple(name, anyText), ([file, text]) => readAndWrite(file, text)));

  it('read it as any format, and write it back to the byte', () => {
    const layout = fc.constantFrom(...Object.values(otherLayouts));
    fuzz('readers', 0.2, fc.tuple(layout, fc.oneof(anyText, jsonText)), ([its, text]) => readAs(its, text));
  });

  it('take rows of tokens apart and put them together again', () =>
    fuzz('readers', 0.15, anyText, (text) => {
      const { sentences, write } = readTokenRows(text);
      const labels = sentences.flat().map(() => 'X');
      const written = write(labels);
      assert.equal(written.length, text.length + 2 * labels.length);
      assert.equal(written.split(/\r\n|\r|\n/).length, text.split(/\r\n|\r|\n/).length);
      assert.equal(readTokenRows(written).sentences.length, sentences.length);
    }));

  it('cut it into blocks, which together are the text', () =>
    fuzz('readers', 0.15, fc.tuple(anyText, fc.integer({ min: 1, max: 7 })), ([text, length]) => {
      const cutter = new BlockCutter(2);
      let together = '';
      for (let at = 0; at < text.length; at += length)
        for (const block of cutter.push(text.slice(at, at + length))) together += block.text;
      assert.equal(together + (cutter.finish()?.text ?? ''), text);
    }));

  it('decode any bytes, and tell of each line that is not UTF-8', () => {
    const bytes = fc
      .tuple(fc.constantFrom(...realBytes), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 5 }))
      .map(([real, changes]) => {
        const changed = real.slice(0, 400);
        for (const [at, value] of changes) changed[at] = value;
        return changed;
      });
    fuzz('readers', 0.2, fc.oneof(bytes, fc.uint8Array({ maxLength: 200 })), (drawn) => {
      const { text, problems } = decodeUtf8('f', Uint8Array.from(drawn));
      if (problems.length === 0)
        assert.equal(text, new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(drawn)));
      else assert.ok(text.includes('\uFFFD'));
      readAndWrite('f.conll', text);
    });
  });
});

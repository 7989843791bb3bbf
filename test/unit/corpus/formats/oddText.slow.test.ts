import assert from 'node:assert/strict';
import { InputError } from '../../../../src/common/errors';
import { formsBySentence } from '../../../../src/corpus/corpusFile';
import { formatOf } from '../../../../src/corpus/formats';
import { conlluLayout } from '../../../../src/corpus/formats/conllu';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { readTokenRows } from '../../../../src/corpus/formats/rows/tokenRows';
import { BlockCutter } from '../../../../src/corpus/text/blockCutter';

const length = 64 << 20;
/** What `createReadStream` gives at a time. */
const pieceLength = 1 << 16;

/** Texts of 64 MB. A way to read them that takes quadratic time takes days. */
const texts = {
  'of one line': () => 'x'.repeat(length),
  'of one line of many fields': () => 'x\t'.repeat(length / 2),
  'of one line of many words': () => 'x '.repeat(length / 2),
  'of one line of many spaces': () => `x${' '.repeat(length - 2)}x`,
  'of one comment': () => `#${' '.repeat(length - 1)}`,
  'of carriage returns': () => '\r'.repeat(length),
  'of blank lines': () => '\n'.repeat(length),
  'of lines of white space': () => ' \t\r\n'.repeat(length / 4),
  'of tabs': () => '\t'.repeat(length),
  'of rows of tabs': () => `${'\t'.repeat(1023)}\n`.repeat(length / 1024),
  'of one digit': () => '1'.repeat(length),
};

describe('A text of 64 MB', function () {
  this.timeout(300_000);
  for (const [kind, make] of Object.entries(texts)) {
    describe(kind, () => {
      let text = '';
      before(() => (text = make()));
      after(() => (text = ''));

      it('is cut into blocks in linear time', () => {
        const cutter = new BlockCutter(512);
        let cut = 0;
        for (let at = 0; at < length; at += pieceLength)
          for (const block of cutter.push(text.slice(at, at + pieceLength))) cut += block.text.length;
        assert.equal(cut + (cutter.finish()?.text.length ?? 0), length);
      });

      it('is read and written as rows of tokens in linear time', () => {
        const rows = readTokenRows(text);
        const labels = rows.sentences.flatMap((sentence) => sentence.map(() => 'X'));
        assert.equal(rows.write(labels).length, length + 2 * labels.length);
      });

      it('is recognised, or not, in linear time', () => {
        detectLayout('f', text);
      });

      it('is read and written as a corpus in linear time', () => {
        for (const name of ['f.conll', 'f.conllu']) {
          try {
            const layout = name === 'f.conllu' ? conlluLayout(text) : undefined;
            const file = readCorpusFile(name, name, text, layout);
            const labels = formsBySentence(file)
              .flat()
              .map(() => 'X');
            formatOf(file.layout).writeLabels(text, file, undefined, labels);
          } catch (error) {
            assert.ok(error instanceof InputError, String(error));
          }
        }
      });
    });
  }
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTokenRows } from '../../../../src/corpus/formats/rows/tokenRows';
import { BlockCutter } from '../../../../src/corpus/text/blockCutter';
import type { TextBlock } from '../../../../src/corpus/text/blockCutter';

function cut(pieces: readonly string[], sentencesAtOnce: number): TextBlock[] {
  const cutter = new BlockCutter(sentencesAtOnce);
  const blocks = pieces.flatMap((piece) => [...cutter.push(piece)]);
  const last = cutter.finish();
  return last ? [...blocks, last] : blocks;
}

const piece = fc.oneof(
  fc.constantFrom('\n', '\r', '\r\n', '\n\n', ' \n', 'a\n', 'a b\r', '\ufeff', '\u2028', '\t', ''),
  fc.string({ unit: 'binary', maxLength: 5 }),
);

describe('cutting a text into blocks', () => {
  it('keeps every character, and lines in their numbers', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (pieces, sentences) => {
        const blocks = cut(pieces, sentences);
        assert.equal(blocks.map(({ text }) => text).join(''), pieces.join(''));
        let before = '';
        for (const { text, firstLine } of blocks) {
          assert.notEqual(text, '');
          assert.equal(firstLine, before.split(/\r\n|\r|\n/).length - 1);
          before += text;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves sentences whole, wherever the pieces part', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (pieces, sentences) => {
        const text = pieces.join('');
        const blocks = cut(pieces, sentences);
        assert.deepEqual(
          // Only at the very beginning a mark belongs to no line.
          blocks.flatMap((block, i) => readTokenRows((i > 0 ? '\n' : '') + block.text).sentences),
          readTokenRows(text).sentences,
        );
        assert.deepEqual(blocks, cut([text], sentences));
        for (const [i, block] of blocks.slice(0, -1).entries())
          assert.equal(readTokenRows((i > 0 ? '\n' : '') + block.text).sentences.length, sentences);
      }),
      { numRuns: 1000 },
    );
  });

  it('ends a block at the number of sentences, behind the blank line', () => {
    assert.deepEqual(cut(['a\n\nb\n', '\n\nc\r\r', 'd'], 2), [
      { text: 'a\n\nb\n\n', firstLine: 0 },
      { text: '\nc\r\rd', firstLine: 4 },
    ]);
  });

  it('ends blocks of blank lines too, so that they stay small', () => {
    const blocks = cut(
      Array.from({ length: 256 }, () => '\n'.repeat(1 << 16)),
      512,
    );
    assert.deepEqual(
      blocks.map(({ text }) => text.length),
      Array.from({ length: 4 }, () => 1 << 22),
    );
  });
});

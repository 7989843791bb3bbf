import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldsOf } from '../../../src/corpus/folds';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import type { SentenceRef } from '../../../src/corpus/heldOut';
import { sentencesOf } from '../../../src/corpus/sharedSentences';

/** A CoNLL-U file of documents with so many sentences of so many tokens. */
function sentences(documents: readonly (readonly number[])[]): SentenceRef[] {
  const text = documents
    .map((lengths) =>
      lengths
        .map((length) =>
          Array.from({ length }, (_, t) => `${t + 1}\tw\t_\tX\t_\t_\t0\troot\t_\t_\n`).join(''),
        )
        .join('\n'),
    )
    .map((document) => `# newdoc\n${document}\n`)
    .join('');
  return sentencesOf(readCorpusFile('a.conllu', 'c/a.conllu', text));
}

const tokensOf = (fold: readonly SentenceRef[]): number =>
  fold.reduce((sum, { file, sentence: s }) => sum + file.sentenceStart[s + 1] - file.sentenceStart[s], 0);

describe('folds', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });

  it('have each sentence once, in its order, the same for a seed', () => {
    fc.assert(
      fc.property(
        fc.array(lengths, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 2, max: 5 }),
        fc.nat(),
        (documents, count, seed) => {
          const all = sentences(documents);
          const folds = foldsOf(all, count, seed);
          assert.equal(folds.length, count);
          for (const fold of folds)
            for (let i = 1; i < fold.length; i++) assert.ok(fold[i].sentence > fold[i - 1].sentence);
          assert.deepEqual(
            folds.flat().sort((a, b) => a.sentence - b.sentence),
            all,
          );
          assert.deepEqual(foldsOf(all, count, seed), folds);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('never part a document where there are enough of them', () => {
    fc.assert(
      fc.property(fc.array(lengths, { minLength: 12, maxLength: 30 }), fc.nat(), (documents, seed) => {
        const foldOf = new Map<number, number>();
        foldsOf(sentences(documents), 3, seed).forEach((fold, number) => {
          for (const { file, sentence } of fold) {
            const document = file.sentenceDocument[sentence];
            assert.equal(foldOf.get(document) ?? number, number);
            foldOf.set(document, number);
          }
        });
      }),
      { numRuns: 50 },
    );
  });

  it('have about as many tokens each', () => {
    const folds = foldsOf(sentences(Array.from({ length: 40 }, (_, i) => [1 + (i % 7), 3])), 4, 1);
    const sizes = folds.map(tokensOf);
    assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 12, sizes.join(' '));
  });

  it('are of runs of neighbours where there is one document', () => {
    const folds = foldsOf(sentences([Array.from({ length: 200 }, () => 4)]), 4, 1);
    assert.ok(folds.every((fold) => fold.length === 50));
    const breaks = folds.map((fold) =>
      fold.filter((ref, i) => i > 0 && ref.sentence !== fold[i - 1].sentence + 1),
    );
    assert.ok(breaks.flat().length < 20);
  });
});

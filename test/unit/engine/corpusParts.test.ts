import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TrainingCorpus } from '../../../src/corpus/dataset';
import { CorpusAssembler, corpusParts, partBytes } from '../../../src/engine/corpusParts';
import type { CorpusPart } from '../../../src/engine/corpusParts';
import { transferOf } from '../../../src/engine/transfer';
import { fingerprint } from '../../../src/training/epochData';
import { corpusOf } from '../training/corpora';

function assembled(parts: Iterable<CorpusPart>): TrainingCorpus {
  const assembler = new CorpusAssembler();
  // As a message takes them: a part whose bytes were handed over is empty at its sender.
  for (const part of parts)
    assembler.add(structuredClone(part, { transfer: transferOf({ type: 'part', part, last: false }) }));
  return assembler.finish();
}

function bytesOf(part: CorpusPart): number {
  return part.kind === 'head'
    ? 0
    : part.kind === 'numbers'
      ? part.bytes.length
      : part.values.reduce((sum, { length }) => sum + 2 * length, 0);
}

const sentence = fc.array(
  fc.tuple(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('A', 'B-x', 'É', ''),
    fc.constantFrom('NN', 'VB', '', '名'),
  ),
  { maxLength: 12 },
);
const sentences = fc.array(sentence, { maxLength: 12 });

describe('a corpus in parts', () => {
  it('is the same corpus after it was taken apart and put together, however small the parts', () => {
    fc.assert(
      fc.property(
        sentences,
        sentences,
        sentences,
        fc.integer({ min: 1, max: 64 }),
        fc.constantFrom(undefined, 'POS'),
        (training, development, test, limit, column) => {
          const corpus = corpusOf({ training, development, test, scheme: 'IOB2', column });
          const before = structuredClone(corpus);
          const parts = [...corpusParts(corpus, limit)];
          const again = assembled(parts);
          assert.deepEqual(again, before);
          assert.deepEqual(corpus, before, 'the corpus that was sent is whole');
          assert.equal(fingerprint(again), fingerprint(corpus));
        },
      ),
    );
  });

  it('is sent in parts of a mebibyte at most, each string and number once', () => {
    const word = (i: number): string => `word${(i * 7919) % 50_000}`;
    const training = Array.from({ length: 20_000 }, (_, s) =>
      Array.from({ length: 25 }, (_, t) => [word(s * 25 + t), `L${(s + t) % 17}`] as const),
    );
    const corpus = corpusOf({ training });
    const parts = [...corpusParts(corpus)];
    assert.ok(parts.every((part) => bytesOf(part) <= partBytes));
    const bytes = parts.reduce((sum, part) => sum + bytesOf(part), 0);
    const { tokens, sentences: count } = corpus.splits.training;
    const strings = corpus.words.reduce((sum, { length }) => sum + 2 * length, 0);
    assert.ok(
      bytes < 3 * 4 * tokens + 4 * (count + 1) + strings + 4 * corpus.words.length + 1000,
      `${bytes} bytes`,
    );
    assert.deepEqual(assembled(parts).splits.training.words, corpus.splits.training.words);
  });

  it('says what is missing or does not belong to it', () => {
    const parts = (): CorpusPart[] => [...corpusParts(corpusOf({ training: [[['a', 'A']], [['b', 'B']]] }))];
    assert.throws(() => assembled(parts().slice(1)), /no list|no room/);
    assert.throws(
      () => assembled(parts().filter((part) => part.kind !== 'numbers' || part.name !== 'training.words')),
      /training\.words/,
    );
    const read = [
      ...corpusParts(corpusOf({ training: [[['a', 'A', 'V']], [['b', 'B', 'W']]], column: 'POS' })),
    ];
    assert.throws(
      () => assembled(read.filter((part) => part.kind !== 'numbers' || part.name !== 'training.column0')),
      /training\.column0/,
    );
    assert.throws(
      () => assembled(parts().filter((part) => part.kind !== 'strings' || part.name !== 'words')),
      /0 of its 2 words/,
    );
    assert.throws(() => assembled([...parts(), ...parts().slice(1)]), /no room/);
    assert.throws(() => assembled([]), /no head/);
  });
});

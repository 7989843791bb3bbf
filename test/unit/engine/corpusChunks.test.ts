import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TrainingCorpus } from '../../../src/corpus/dataset';
import { CorpusAssembler, corpusChunks, chunkBytes } from '../../../src/engine/corpusChunks';
import type { CorpusChunk } from '../../../src/engine/corpusChunks';
import { transferOf } from '../../../src/engine/transfer';
import { fingerprint } from '../../../src/training/epochData';
import { corpusOf } from '../training/corpora';

function assembled(chunks: Iterable<CorpusChunk>): TrainingCorpus {
  const assembler = new CorpusAssembler();
  // As with a worker: the sender loses the bytes of a chunk that it has sent.
  for (const chunk of chunks)
    assembler.add(structuredClone(chunk, { transfer: transferOf({ type: 'chunk', chunk, last: false }) }));
  return assembler.finish();
}

function bytesOf(chunk: CorpusChunk): number {
  return chunk.kind === 'head'
    ? 0
    : chunk.kind === 'numbers'
      ? chunk.bytes.length
      : chunk.values.reduce((sum, { length }) => sum + 2 * length, 0);
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

describe('A corpus that is sent in chunks', () => {
  it('arrives as it was sent, whatever is in it and however small its chunks are', () => {
    fc.assert(
      fc.property(
        sentences,
        sentences,
        sentences,
        fc.integer({ min: 1, max: 64 }),
        fc.constantFrom(undefined, 'POS'),
        (training, development, test, limit, column) => {
          const developmentPlaces = {
            files: ['file:///a', 'file:///b'],
            file: Uint32Array.from(development, (_, s) => s % 2),
            sentence: Uint32Array.from(development, (_, s) => 7 * s),
          };
          const corpus = {
            ...corpusOf({ training, development, test, scheme: 'IOB2', column }),
            ...(limit % 2 === 0 && { developmentPlaces }),
          };
          const before = structuredClone(corpus);
          const chunks = [...corpusChunks(corpus, limit)];
          const again = assembled(chunks);
          assert.deepEqual(again, before);
          assert.deepEqual(corpus, before, 'the sender still has its corpus');
          assert.equal(fingerprint(again), fingerprint(corpus));
        },
      ),
    );
  });

  it('is sent in chunks of at most a mebibyte, each string and number once', () => {
    const word = (i: number): string => `word${(i * 7919) % 50_000}`;
    const training = Array.from({ length: 20_000 }, (_, s) =>
      Array.from({ length: 25 }, (_, t) => [word(s * 25 + t), `L${(s + t) % 17}`] as const),
    );
    const corpus = corpusOf({ training });
    const chunks = [...corpusChunks(corpus)];
    assert.ok(chunks.every((chunk) => bytesOf(chunk) <= chunkBytes));
    const bytes = chunks.reduce((sum, chunk) => sum + bytesOf(chunk), 0);
    const { tokens, sentences: count } = corpus.splits.training;
    const strings = corpus.words.reduce((sum, { length }) => sum + 2 * length, 0);
    assert.ok(
      bytes < 3 * 4 * tokens + 4 * (count + 1) + strings + 4 * corpus.words.length + 1000,
      `${bytes} bytes`,
    );
    assert.deepEqual(assembled(chunks).splits.training.words, corpus.splits.training.words);
  });

  it('is refused, with the reason, where a chunk is missing, comes twice or is of another corpus', () => {
    const chunks = (): CorpusChunk[] => [
      ...corpusChunks(corpusOf({ training: [[['a', 'A']], [['b', 'B']]] })),
    ];
    assert.throws(() => assembled(chunks().slice(1)), /no list|no room/);
    assert.throws(
      () =>
        assembled(chunks().filter((chunk) => chunk.kind !== 'numbers' || chunk.name !== 'training.words')),
      /training\.words/,
    );
    const read = [
      ...corpusChunks(corpusOf({ training: [[['a', 'A', 'V']], [['b', 'B', 'W']]], column: 'POS' })),
    ];
    assert.throws(
      () => assembled(read.filter((chunk) => chunk.kind !== 'numbers' || chunk.name !== 'training.column0')),
      /training\.column0/,
    );
    assert.throws(
      () => assembled(chunks().filter((chunk) => chunk.kind !== 'strings' || chunk.name !== 'words')),
      /0 of its 2 words/,
    );
    assert.throws(() => assembled([...chunks(), ...chunks().slice(1)]), /no room/);
    assert.throws(() => assembled([]), /no head/);
  });
});

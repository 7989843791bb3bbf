import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import { checkMemory, deviceLimit, estimateOf } from '../../../src/engine/capacity';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { MatrixScores } from '../../../src/model/decoding/transitionScores';
import { Decoder } from '../../../src/model/decoding/viterbi';
import { sizeText, trainingMemory } from '../../../src/model/memory';
import { listParameters } from '../../../src/model/parameters';
import { networkOf, sizesOf } from '../../../src/model/settings/networkOf';
import type { ResolvedSettings } from '../../../src/model/settings/settings';
import type { CorpusFacts } from '../../../src/run/facts';
import { factsOf } from '../../../src/training/corpusFacts';
import { train } from '../../../src/training/trainer';
import { corpusOf, smallLanguage } from '../training/corpora';
import { hooksOf } from '../training/hooks';
import { resolved } from '../training/resolved';

const facts = {
  ...factsOf(corpusOf({ training: smallLanguage(20, 1) })),
  vocabulary: 1_000_000,
  labels: Array.from({ length: 17 }, String),
  longest: 80,
};

/** Bytes of all typed arrays in objects, each once. */
function arrayBytes(value: unknown, seen = new Set<unknown>()): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.values(value).reduce<number>((sum, part) => sum + arrayBytes(part, seen), 0);
}

describe('The memory that a run needs', () => {
  it('is written in MB, GB or TB with two digits', () => {
    assert.deepEqual([3e5, 4.2e7, 9.99e8, 3.21e9, 49.4e9, 1.5e12].map(sizeText), [
      '1 MB',
      '42 MB',
      '999 MB',
      '3.2 GB',
      '49 GB',
      '1.5 TB',
    ]);
  });

  for (const [what, given, sets] of [
    ['one-hot, SGD', { input: 'one-hot' }, 1],
    ['one-hot, momentum', { input: 'one-hot', optimizer: 'momentum' }, 2],
    ['features, Adam, averaged', { input: 'features', embedding: 16, averaging: true, optimizer: 'adam' }, 4],
    [
      'two layers, both directions, CRF',
      {
        input: 'features',
        embedding: 16,
        layers: 2,
        bidirectional: true,
        loss: 'crf',
        averaging: false,
        optimizer: 'adam',
      },
      3,
    ],
  ] as const) {
    it(`is estimated as training takes it, to the byte for parameters: ${what}`, async () => {
      const words = Array.from(
        { length: 1500 },
        (_, i) =>
          [
            [`word${i}`, i % 2 === 0 ? 'A' : 'B'],
            ['x', 'A'],
          ] as const,
      );
      const corpus = corpusOf({ training: words, development: words.slice(0, 10) });
      const settings = resolved({ hidden: 32, epochs: 2, batch: 32, ...given });
      const files: number[] = [];
      const facts = factsOf(corpus);
      const hooks = hooksOf({ checkpoint: ({ bytes }) => files.push(bytes.length) }, 0);
      const { model } = await train({
        corpus,
        facts,
        names: { corpus: 'c', corpusName: 'c', column: 'L' },
        settings,
        device: createReferenceDevice(),
        hooks,
      });
      const estimate = estimateOf(facts, settings, 'reference');
      const set = listParameters(model.parameters).reduce((sum, { leaf }) => sum + leaf.byteLength, 0);
      assert.equal(estimate.parameters, sets * set);
      const largest = Math.max(...files);
      // The lists of features are in each file too, and the names of tensors.
      const lists = files.at(-1)! - set + 4096;
      assert.ok(
        largest >= sets * set && largest <= (sets + 1) * set + lists,
        `${largest} of ${sets} times ${set}, and ${lists}`,
      );
      assert.ok(estimate.copies >= set + 2 * (largest - lists), `${estimate.copies}`);
    });
  }

  it('counts the tables by which a CRF’s labels are decoded', () => {
    const labels = 2000;
    const decoding = (loss: 'softmax' | 'crf'): number =>
      trainingMemory(sizesOf(networkOf(resolved({ loss }), labels), 100), 0, { B: 1, T: 1, numberBytes: 4 })
        .decoding;
    const names = Array.from({ length: labels }, (_, i) => `L${i}`);
    const A = new Float32Array((labels + 2) * labels);
    const taken = arrayBytes([new Decoder(names, 'none', A), new MatrixScores(labels, A)]);
    assert.ok(Math.abs(decoding('crf') / taken - 1) < 0.1, `${decoding('crf')} of ${taken} bytes`);
    assert.equal(decoding('softmax'), 0);
  });

  it('includes all layers, directions and transitions', () => {
    const numbers = (given: Partial<ResolvedSettings>): number => {
      const settings = resolved({
        input: 'features',
        embedding: 8,
        hidden: 8,
        layers: 1,
        bidirectional: false,
        loss: 'softmax',
        ...given,
      });
      return (
        trainingMemory(sizesOf(networkOf(settings, 3), 100), 0, { B: 1, T: 1, numberBytes: 4 }).parameters / 4
      );
    };
    // Table 100 × 8; U 8 × 8, b 8, W 8 × 8; V 3 × 8; c 3.
    const plain = 800 + 136 + 24 + 3;
    assert.equal(numbers({}), plain);
    assert.equal(numbers({ bidirectional: true }), plain + 136 + 24);
    assert.equal(numbers({ layers: 3 }), plain + 2 * 136);
    // Each of both directions of the second layer sees both of the first.
    assert.equal(numbers({ layers: 2, bidirectional: true }), plain + 136 + 24 + 2 * (136 + 64));
    assert.equal(numbers({ loss: 'crf' }), plain + 5 * 3);
    // One-hot, W itself is the table.
    assert.equal(numbers({ input: 'one-hot' }), 800 + 72 + 24 + 3);
    assert.equal(numbers({ input: 'one-hot', bidirectional: true }), 2 * (800 + 72 + 24) + 3);
  });

  it('is refused before training where the machine has too little, with the size and what to change', () => {
    const oneHot = (given: Partial<ResolvedSettings>): ResolvedSettings =>
      resolved({ input: 'one-hot', ...given });
    assert.throws(
      () => checkMemory(facts, oneHot({ hidden: 4096 }), 'auto', 16e9),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.match(
          error.message,
          /^A network of 4,096 hidden units over 1,000,000 words needs \d+ GB to be trained; this machine has 16 GB, of which a run may take 12 GB\.$/,
        );
        assert.equal(error.details.hint, 'Choose fewer hidden units.');
        return true;
      },
    );
    const hinted = (change: Partial<CorpusFacts>, settings: ResolvedSettings, hint: RegExp): void =>
      assert.throws(
        () => checkMemory({ ...facts, ...change }, settings, 'auto', 8e9),
        (error) => error instanceof InputError && hint.test(error.details.hint ?? ''),
      );
    hinted({ vocabulary: 10, longest: 512 }, oneHot({ hidden: 512, batch: 4096 }), /smaller minibatch/);
    hinted({ features: 3_000_000 }, resolved({ embedding: 512, hidden: 64, batch: 1 }), /smaller embedding/);
    hinted(
      { features: 1000 },
      resolved({ embedding: 8, hidden: 4096, layers: 8, bidirectional: true, batch: 1 }),
      /fewer hidden units/,
    );
    assert.throws(
      () => checkMemory({ ...facts, features: 3_000_000 }, resolved({ embedding: 512 }), 'auto', 8e9),
      /hidden units over 3,000,000 features needs/,
    );
    checkMemory({ ...facts, vocabulary: 20_000 }, oneHot({ hidden: 512, batch: 32 }), 'auto', 8e9);
    checkMemory({ ...facts, features: 100_000 }, resolved({}), 'auto', 8e9);
    checkMemory({ ...facts, features: 100_000 }, resolved({}), 'auto', 8e9, 64);
    assert.throws(
      () => checkMemory({ ...facts, features: 100_000 }, resolved({}), 'auto', 8e9, 1024),
      /needs .* to be trained/,
    );
  });

  it('may not exceed what WebAssembly can address', () => {
    const settings = (hidden: number): ResolvedSettings => resolved({ input: 'one-hot', hidden });
    assert.match(
      deviceLimit('simd', facts, settings(2048)) ?? '',
      /needs 8\.\d GB, and WebAssembly SIMD has room for 4\.3 GB/,
    );
    assert.equal(deviceLimit('simd', facts, settings(512)), undefined);
    assert.equal(deviceLimit('cpu', facts, settings(2048)), undefined);
    // What Adam remembers, and an average, are in its memory too.
    const adam = (embedding: number): ResolvedSettings =>
      resolved({ embedding, optimizer: 'adam', averaging: true });
    assert.match(deviceLimit('simd', { ...facts, features: 1_000_000 }, adam(300)) ?? '', /needs 4\.9 GB/);
    assert.equal(deviceLimit('simd', { ...facts, features: 1_000_000 }, adam(200)), undefined);
  });
});

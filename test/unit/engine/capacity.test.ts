import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/problem';
import { checkMemory, deviceLimit } from '../../../src/engine/capacity';
import { factsOf } from '../../../src/engine/trainerService';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { sizeText, trainingMemory } from '../../../src/model/memory';
import { parameterNames } from '../../../src/model/parameters';
import { resolveSettings } from '../../../src/training/settings';
import { train } from '../../../src/training/trainer';
import { corpusOf, smallLanguage } from '../training/corpora';

const facts = { ...factsOf(corpusOf({ training: smallLanguage(20, 1) })), vocabulary: 1_000_000, labels: Array.from({ length: 17 }, String), longest: 80 };

describe('memory', () => {
  it('is said in words', () => {
    assert.deepEqual([3e5, 4.2e7, 9.99e8, 3.21e9, 49.4e9, 1.5e12].map(sizeText), ['1 MB', '42 MB', '999 MB', '3.2 GB', '49 GB', '1.5 TB']);
  });

  it('is estimated as it is taken: parameters to the byte, checkpoints as large as their files', async () => {
    const words = Array.from({ length: 3000 }, (_, i) => [[`word${i}`, i % 2 === 0 ? 'A' : 'B'], ['x', 'A']] as const);
    const corpus = corpusOf({ training: words, development: words.slice(0, 10) });
    const settings = resolveSettings({ hidden: 64, epochs: 2, batch: 32 });
    const sizes = { K: corpus.vocabulary.size, H: 64, L: 2 };
    let largest = 0;
    const hooks = { progress: () => undefined, epoch: () => undefined, breathe: () => 'continue' as const, now: () => performance.now(), checkpoint: (bytes: Uint8Array) => void (largest = Math.max(largest, bytes.length)) };
    const { model } = await train({ corpus, names: { corpus: 'c', corpusName: 'c', column: 'L' }, settings, device: createReferenceDevice(), hooks });
    const estimate = trainingMemory(sizes, { B: 32, T: 2, numberBytes: 8 });
    assert.equal(estimate.parameters, parameterNames.reduce((sum, name) => sum + model.parameters[name].byteLength, 0));
    const set = estimate.parameters;
    assert.ok(largest >= set && largest < 2 * set + 0.1 * set, `${largest} of ${2 * set}`);
    assert.ok(estimate.copies >= 2 * largest - 0.2 * set);
  });

  it('stops a run that is too large before it begins, with the size and a way out', () => {
    const settings = resolveSettings({ hidden: 4096 });
    assert.throws(() => checkMemory(facts, settings, 16e9), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /^A network of 4,096 hidden units over 1,000,000 words needs \d+ GB to be trained; this machine has 16 GB, of which a run may take 12 GB\.$/);
      assert.equal(error.details.hint, 'Choose fewer hidden units.');
      return true;
    });
    assert.throws(() => checkMemory({ ...facts, vocabulary: 10, longest: 512 }, resolveSettings({ hidden: 512, batch: 4096 }), 8e9), (error) => error instanceof InputError && /smaller minibatch/.test(error.details.hint ?? ''));
    checkMemory({ ...facts, vocabulary: 20_000 }, resolveSettings({ hidden: 512, batch: 32 }), 8e9);
  });

  it('is limited on WebAssembly to what it can address', () => {
    assert.match(deviceLimit('simd', facts, resolveSettings({ hidden: 2048 })) ?? '', /needs 8\.\d GB, and WebAssembly has room for 4\.3 GB/);
    assert.equal(deviceLimit('simd', facts, resolveSettings({ hidden: 512 })), undefined);
    assert.equal(deviceLimit('cpu', facts, resolveSettings({ hidden: 2048 })), undefined);
  });
});

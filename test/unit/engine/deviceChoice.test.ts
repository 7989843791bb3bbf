import assert from 'node:assert/strict';
import fc from 'fast-check';
import { choiceKey, inOrder, nextDevice, otherRunsOf, rateOverRun } from '../../../src/engine/deviceChoice';
import type { DeviceName } from '../../../src/kernels/registry';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import type { DeviceTrial } from '../../../src/run/deviceTrial';
import type { CorpusFacts } from '../../../src/run/facts';
import { resolveSettings } from '../../../src/training/resolveSettings';

const all: readonly DeviceName[] = ['webgpu', 'webgl2', 'simd', 'webasm', 'cpu'];

describe('The choice of a device', () => {
  it('falls on the fastest over the whole run, with the time for sending the data', () => {
    const gpu: DeviceTrial = { device: 'webgpu', tokensPerSecond: 1000, sendingSeconds: 10 };
    const simd: DeviceTrial = { device: 'simd', tokensPerSecond: 500 };
    assert.equal(rateOverRun(gpu, 1000), 1000 / 11);
    assert.equal(nextDevice(all, [gpu, simd], new Set(), 1000), 'simd');
    assert.equal(nextDevice(all, [gpu, simd], new Set(), 1_000_000), 'webgpu');
  });

  it('never falls on a device that failed or is not available, nor on the reference, and last on one that was not measured', () => {
    const trials: DeviceTrial[] = [
      { device: 'cpu', tokensPerSecond: 1 },
      { device: 'simd', why: 'No SIMD.' },
      { device: 'webgl2', tokensPerSecond: 5 },
    ];
    assert.equal(nextDevice(all, trials, new Set(), 10), 'webgl2');
    assert.equal(nextDevice(all, trials, new Set(['webgl2']), 10), 'cpu');
    assert.equal(nextDevice(all, trials, new Set(['webgl2', 'cpu']), 10), 'webgpu');
    assert.equal(nextDevice(all, trials, new Set(['webgl2', 'cpu', 'webgpu', 'webasm']), 10), undefined);
    assert.equal(nextDevice(['reference'], [], new Set(), 10), undefined);
    assert.deepEqual(inOrder(all)[0], 'simd');
  });

  it('falls on each available device once, whatever was measured, when each fails in turn', () => {
    const trial = fc.record({
      device: fc.constantFrom(...all),
      tokensPerSecond: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined }),
      why: fc.option(fc.string(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(trial, { selector: ({ device }) => device }), (trials) => {
        const failed = new Set<DeviceName>();
        for (
          let device = nextDevice(all, trials, failed, 100);
          device !== undefined;
          device = nextDevice(all, trials, failed, 100)
        ) {
          assert.ok(!failed.has(device));
          failed.add(device);
        }
        assert.deepEqual(
          [...failed].sort(),
          all.filter((name) => trials.find(({ device }) => device === name)?.why === undefined).sort(),
        );
      }),
    );
  });
});

describe('What other runs of a machine have measured', () => {
  it('is what is remembered under its name, but for this run’s own', () => {
    const of = (device: DeviceName) => ({ device, trials: [{ device, tokensPerSecond: 1 }] });
    const remembered = [
      ['["m","1",2]', of('simd')],
      ['["m","0",2]', of('cpu')],
      ['["m","1",1]', of('webgpu')],
      ['["m2","1",1]', of('webasm')],
    ] as const;
    assert.deepEqual(
      otherRunsOf({ machine: 'm' }, '["m","1",1]', remembered).map(([{ device }]) => device),
      ['simd', 'cpu'],
    );
  });
});

describe('The key by which a choice is remembered', () => {
  const here = { machine: 'a', version: '1' };
  const facts: Pick<CorpusFacts, 'vocabulary' | 'features' | 'labels' | 'scheme'> = {
    vocabulary: 10_000,
    features: 100_000,
    labels: Array.from({ length: 17 }, String),
    scheme: 'none',
  };
  const key = (
    { threads = 1, ...change }: Partial<TrainingSettings> = {},
    corpus = facts,
    installation = here,
  ): string => {
    const settings = resolveSettings(change, { ...corpus, sentences: { training: 100 } });
    return choiceKey(installation, settings, threads, corpus);
  };

  it('is the same for a corpus of much the same size, and for what does not change the speed', () => {
    const sameAsEver = [
      key({
        learningRate: 0.5,
        seed: 9,
        epochs: 3,
        clip: 1,
        schedule: 'constant',
        wordDropout: 0.7,
        tableRate: 1,
        patience: 3,
      }),
      key({ loss: 'softmax' }),
      key({}, { ...facts, features: 120_000 }),
      key({}, { ...facts, vocabulary: 1_000_000 }),
      key({}, { ...facts, labels: facts.labels.slice(0, 18) }),
    ];
    for (const same of sameAsEver) assert.equal(same, key());
    assert.equal(
      key({ loss: 'crf' }, { ...facts, scheme: 'IOB2' }),
      key({ loss: 'auto' }, { ...facts, scheme: 'IOB2' }),
    );
    assert.equal(
      key({ input: 'one-hot', embedding: 32, inputDropout: 0.2 }, { ...facts, features: 10 }),
      key({ input: 'one-hot', embedding: 64, inputDropout: 0.5 }),
    );
  });

  it('differs by machine, version, threads, the work of a step and the corpus’s order of magnitude', () => {
    const others = [
      key({ input: 'one-hot' }),
      key({ embedding: 16 }),
      key({ layers: 3 }),
      key({ bidirectional: false }),
      key({ hidden: 99 }),
      key({ loss: 'crf' }),
      key({ batch: 7 }),
      key({ activation: 'sigmoid' }),
      key({ optimizer: 'sgd' }),
      key({ truncation: 10 }),
      key({ dropout: 0.2 }),
      key({ inputDropout: 0.2 }),
      key({ threads: 2 }),
      key({ input: 'one-hot' }, { ...facts, vocabulary: 100_000 }),
      key({}, { ...facts, features: 1_000_000 }),
      key({}, { ...facts, labels: Array.from({ length: 100 }, String) }),
      key({}, facts, { machine: 'b', version: '1' }),
      key({}, facts, { machine: 'a', version: '2' }),
    ];
    assert.equal(new Set([key(), ...others]).size, others.length + 1);
  });
});

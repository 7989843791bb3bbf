import assert from 'node:assert/strict';
import { uniform } from '../../../src/common/random';
import type { TrainingCorpus } from '../../../src/corpus/dataset';
import { readTrainingCorpus } from '../../../src/engine/source';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { readModel } from '../../../src/model/modelFile';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import type { GradientFlow } from '../../../src/run/epochRecord';
import { factsOf } from '../../../src/training/corpusFacts';
import { FlowSampler } from '../../../src/training/flowSample';
import { FlowMeter } from '../../../src/training/gradientFlow';
import { train } from '../../../src/training/trainer';
import type { TrainingOptions } from '../../../src/training/trainer';
import { hooksOf } from './hooks';
import { resolved } from './resolved';

function startOf(lengths: readonly number[]): Uint32Array {
  const start = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, s) => (start[s + 1] = start[s] + length));
  return start;
}

describe('the sample for gradient flow', () => {
  const lengths = Array.from({ length: 500 }, (_, s) => Math.floor(100 * uniform(1, s)));
  const sampler = new FlowSampler(startOf(lengths), 7);

  it('is fixed by seed and epoch', () => {
    assert.deepEqual(sampler.sample(3), new FlowSampler(startOf(lengths), 7).sample(3));
    assert.notDeepEqual(sampler.sample(3), sampler.sample(4));
    assert.notDeepEqual(sampler.sample(3), new FlowSampler(startOf(lengths), 8).sample(3));
  });

  it('has eight different sentences, the error at the middle token, always padded to one length', () => {
    for (let epoch = 1; epoch <= 50; epoch++) {
      const { sweep, lengths: sampled, at } = sampler.sample(epoch);
      assert.equal(sweep.length, 64);
      assert.equal(sweep.count, 8);
      assert.equal(new Set(sweep.sentences).size, 8);
      sweep.sentences.forEach((sentence, beta) => {
        assert.equal(sampled[beta], Math.min(64, lengths[sentence]));
        assert.equal(at[beta], Math.floor(sampled[beta] / 2));
      });
    }
  });

  it('takes long sentences, and in a small corpus each in turn', () => {
    const falling = new FlowSampler(startOf(Array.from({ length: 600 }, (_, s) => (s < 60 ? 30 : 5))), 1);
    assert.equal(falling.length, 30);
    const drawn = Array.from({ length: 20 }, (_, epoch) => [
      ...falling.sample(epoch + 1).sweep.sentences,
    ]).flat();
    assert.ok(drawn.every((sentence) => sentence < 60) && new Set(drawn).size > 30);
    const few = new FlowSampler(startOf([2, 0, 3, 0, 1]), 1).sample(1);
    assert.deepEqual([...few.sweep.sentences].filter((sentence) => sentence >= 0).sort(), [0, 2, 4]);
    assert.deepEqual(
      [few.sweep.count, few.sweep.length, few.sweep.tokens, few.sweep.sentences.length],
      [3, 3, 6, 8],
    );
    assert.ok(
      [...few.lengths].every(
        (length, beta) =>
          length === [2, 0, 3, 0, 1, 0][few.sweep.sentences[beta]] ||
          (length === 0 && few.sweep.sentences[beta] === -1),
      ),
    );
  });
});

const names = { corpus: 'ws/small#columns', corpusName: 'small', column: 'LABEL' };

/** Sentences of so many tokens of five words, whose labels follow from the word and the one before. */
function corpusOf(sentences: number, tokens: number): TrainingCorpus {
  const text = Array.from({ length: sentences }, (_, s) => {
    const words = Array.from({ length: tokens }, (_word, t) => Math.floor(5 * uniform(2, s, t)));
    return words
      .map((word, t) => `w${word}\t${word === words[t - 1] ? 'SAME' : word % 2 === 0 ? 'EVEN' : 'ODD'}\n`)
      .join('');
  }).join('\n');
  const files = [
    { file: 'small/train.conll', path: 'small/train.conll', content: text },
    { file: 'small/dev.conll', path: 'small/dev.conll', content: text.slice(0, text.indexOf('\n\n') + 1) },
  ];
  return readTrainingCorpus(
    { ...names, column: '2', files, replaceInvalidBytes: false },
    { seed: 1, columns: [] },
    () => undefined,
  );
}

async function run(
  corpus: TrainingCorpus,
  given: Partial<TrainingSettings>,
  checkpoint?: TrainingOptions['checkpoint'],
) {
  const flows: (GradientFlow & { epoch: number })[] = [];
  const checkpoints: { bytes: Uint8Array<ArrayBuffer>; step: number }[] = [];
  const { model } = await train({
    corpus,
    facts: factsOf(corpus),
    names,
    settings: resolved({ hidden: 6, embedding: 5, epochs: 4, batch: 4, ...given }),
    device: createReferenceDevice(),
    checkpoint,
    hooks: hooksOf(
      {
        epoch: ({ epoch, flow }) => flow && flows.push({ epoch, ...flow }),
        checkpoint: ({ bytes, step }) => checkpoints.push({ bytes, step }),
      },
      40,
    ),
  });
  return { flows, checkpoints, model };
}

describe('gradient flow in training', () => {
  const large = corpusOf(40, 16);
  const forms: [string, Partial<TrainingSettings>][] = [
    ['features, both directions, two layers', { layers: 2 }],
    ['one-hot words, left to right', { input: 'one-hot' }],
    ['a CRF', { loss: 'crf' }],
  ];
  for (const [name, settings] of forms) {
    it(`is measured for each layer and direction, the same each time: ${name}`, async () => {
      const { layers, bidirectional } = resolved(settings);
      const { flows } = await run(large, settings);
      assert.deepEqual(
        flows.map(({ epoch }) => epoch),
        [1, 2, 3, 4],
      );
      const { sweeps } = flows[0];
      assert.equal(sweeps.length, layers * (bidirectional ? 2 : 1));
      for (const { direction, norms, bound, saturated } of sweeps) {
        // From the ninth of 16 tokens.
        assert.equal(norms.length, direction === 'leftToRight' ? 9 : 8);
        assert.equal(norms[0], 1);
        assert.ok(
          norms.every((value, distance) => value >= 0 && value <= 1.005 * Math.max(1, bound) ** distance),
        );
        assert.ok(bound > 0 && saturated >= 0 && saturated <= 1);
      }
      assert.deepEqual((await run(large, settings)).flows, flows);
    });
  }

  it('does not change what the run learns', async () => {
    const measured = await run(large, {});
    const { endEpoch } = FlowMeter.prototype;
    FlowMeter.prototype.endEpoch = async () => ({ gradientNorm: { mean: 0, largest: 0 }, sweeps: [] });
    try {
      assert.deepEqual((await run(large, {})).model.parameters, measured.model.parameters);
    } finally {
      FlowMeter.prototype.endEpoch = endEpoch;
    }
  });

  it('is the same in a run that goes on from a checkpoint in the middle of an epoch', async () => {
    const settings = { batch: 2 };
    const { flows, checkpoints } = await run(large, settings);
    const middle = checkpoints.find(({ step }) => step > 20 && step % 20 > 0);
    assert.ok(middle);
    const { flows: resumed } = await run(large, settings, readModel(middle.bytes));
    assert.deepEqual(resumed, flows.slice(flows.length - resumed.length));
    assert.ok(resumed.length > 0 && resumed[0].gradientNorm.mean < resumed[0].gradientNorm.largest);
  });

  it('tells of the gradient’s norm over the epoch’s steps', async () => {
    const { flows } = await run(large, { batch: 0, epochs: 2 });
    // One step an epoch: its norm is mean and largest.
    for (const { gradientNorm } of flows)
      assert.ok(gradientNorm.mean > 0 && gradientNorm.mean === gradientNorm.largest);
    assert.notEqual(flows[0].gradientNorm.mean, flows[1].gradientNorm.mean);
    const many = (await run(large, { epochs: 1 })).flows[0].gradientNorm;
    assert.ok(many.mean > 0 && many.mean < many.largest);
  });

  it('is not measured in every epoch of a small corpus, where it would take a noticeable share of the time', async () => {
    const small = corpusOf(12, 6);
    const { flows } = await run(small, { epochs: 40 });
    const measured = flows.filter(({ sweeps }) => sweeps.length > 0).map(({ epoch }) => epoch);
    // 8 sentences of 6 tokens, and 72 tokens in the corpus, of which 4 % are 2.88.
    assert.deepEqual(measured, [1, 18, 35]);
    assert.equal(flows.length, 40);
  });
});

import assert from 'node:assert/strict';
import type { TrainingCorpus } from '../../../src/corpus/dataset';
import { createGpuJsDevice } from '../../../src/kernels/gpujs/device';
import { createSimdDevice } from '../../../src/kernels/simd/device';
import { readModel } from '../../../src/model/modelFile';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import { corpusOf, smallLanguage } from './corpora';
import { run, small, spans, stopAt, wild, wildCorpus } from './runs';
import type { RunOptions, Told } from './runs';

/** Everything that a run can have to remember. */
const full: Partial<TrainingSettings> = {
  input: 'features',
  optimizer: 'adam',
  schedule: 'linear',
  averaging: true,
  bidirectional: true,
  layers: 1,
  loss: 'crf',
  clip: 1,
  inputDropout: 0.2,
  dropout: 0.3,
  wordDropout: 0.2,
};

const few = (): TrainingCorpus =>
  corpusOf({ training: smallLanguage(30, 1), development: smallLanguage(8, 2), test: smallLanguage(8, 3) });
const long = (): TrainingCorpus =>
  corpusOf({
    training: [smallLanguage(300, 4).flat(), ...smallLanguage(9, 1)],
    development: smallLanguage(4, 2),
  });

const forms: readonly (readonly [what: string, given: Partial<TrainingSettings>, corpus: TrainingCorpus])[] =
  [
    ['Adam, averaging, dropout, both directions, CRF', full, spans(30, 8)],
    [
      'two layers, momentum, truncated BPTT',
      {
        ...full,
        optimizer: 'momentum',
        learningRate: 0.01,
        layers: 2,
        loss: 'softmax',
        truncation: 3,
        activation: 'tanh',
        schedule: 'constant',
      },
      few(),
    ],
    [
      'averages without dropout, from left to right',
      { ...full, inputDropout: 0, dropout: 0, wordDropout: 0, bidirectional: false, loss: 'softmax' },
      few(),
    ],
    ['one-hot words, both directions, Adam, CRF', { ...full, input: 'one-hot' }, spans(30, 8)],
    ['single sentences', { input: 'one-hot', batch: 1 }, few()],
    ['minibatches', { input: 'one-hot', batch: 8 }, small()],
    ['the whole set', { input: 'one-hot', batch: 0, epochs: 6 }, small()],
    ['the whole set with Adam, averaging and dropout', { ...full, batch: 0, epochs: 6 }, small()],
    ['scores that go up and down', wild, wildCorpus()],
    [
      'patience',
      { ...wild, patience: 2, averaging: true, optimizer: 'momentum', learningRate: 0.3 },
      wildCorpus(),
    ],
    ['windows of long sentences', { input: 'one-hot', batch: 2, hidden: 4 }, long()],
    [
      'windows of long sentences in two layers and both directions',
      { ...full, batch: 2, layers: 2, hidden: 4, loss: 'softmax' },
      long(),
    ],
  ];

/** What two runs together, or one, came to. */
const outcome = ({ result, epochs }: Pick<Told, 'result' | 'epochs'>) => ({
  parameters: result.model.parameters,
  calibration: result.model.calibration,
  scores: [result.reason, result.epoch, result.step, result.development, result.test],
  epochs: epochs.map(({ epoch, loss, development }) => ({ epoch, loss, development })),
});

/**
 * Cuts a run off at turn after turn of its host, lets it go on, and holds its end against that of a whole
 * one.
 */
async function cutEverywhere(
  corpus: TrainingCorpus,
  given: Partial<TrainingSettings>,
  options: RunOptions = {},
): Promise<number> {
  const whole = outcome(await run(corpus, given, options));
  let stops = 0;
  for (let after = 0; ; after += 1 + Math.floor(after / 2)) {
    const cut = await run(corpus, given, { ...options, msPerLook: 20, yieldToHost: stopAt(after) });
    if (cut.result.reason === 'done') return stops;
    stops++;
    assert.equal(cut.result.reason, 'stopped');
    const rest = await run(corpus, given, {
      ...options,
      checkpoint: readModel(cut.checkpoints.at(-1)!.bytes),
    });
    assert.equal(rest.started[0].step, cut.result.step);
    assert.deepEqual(
      outcome({ result: rest.result, epochs: [...cut.epochs, ...rest.epochs] }),
      whole,
      `cut off at turn ${after}`,
    );
  }
}

describe('a run that goes on from a checkpoint', function () {
  this.timeout(600_000);

  for (const [what, given, corpus] of forms) {
    it(`ends with the same parameters as an uninterrupted run, wherever it was cut off: ${what}`, async () => {
      assert.ok((await cutEverywhere(corpus, given)) > 3);
    });
  }

  for (const name of ['webasm', 'simd'] as const) {
    it(`reads float32 parameters back to the bit: ${name}`, async () => {
      const device = name === 'simd' ? createSimdDevice() : await createGpuJsDevice(name);
      const corpus = spans(14, 4);
      assert.ok((await run(corpus, full, { device })).result.model.parameters.c instanceof Float32Array);
      assert.ok((await cutEverywhere(corpus, full, { device })) > 3);
      device.dispose();
    });
  }
});

import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import { createGpuJsDevice } from '../../../src/kernels/gpujs/device';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { readModel } from '../../../src/model/modelFile';
import { areFinite } from '../../../src/model/parameters';
import { createPredictor } from '../../../src/model/predictor';
import { factsOf } from '../../../src/training/corpusFacts';
import { train } from '../../../src/training/trainer';
import type { TrainerHooks } from '../../../src/training/trainer';
import { corpusOf, smallLanguage } from './corpora';
import { resolved } from './resolved';
import { names, run, small, wild, wildCorpus } from './runs';

describe('training', () => {
  for (const given of [
    { input: 'one-hot', activation: 'tanh' },
    { input: 'one-hot', activation: 'sigmoid' },
    { input: 'one-hot', activation: 'relu' },
    { learningRate: 0.01 },
    { learningRate: 0.01, loss: 'crf' },
    { learningRate: 0.01, layers: 2, activation: 'tanh', bidirectional: false },
  ] as const) {
    it(`learns a small language wholly: ${JSON.stringify(given)}`, async () => {
      const { result, epochs } = await run(small(), { hidden: 12, epochs: 30, ...given });
      assert.equal(result.reason, 'done');
      assert.equal(result.development?.accuracy, 1);
      assert.equal(result.test?.accuracy, 1);
      assert.ok(epochs.at(-1)!.loss < epochs[0].loss / 4);
      const predictor = createPredictor(createReferenceDevice(), result.model);
      const [{ labels }] = await predictor.predict([['the', 'fish', 'fish', 'and', 'a', 'dog', 'work']]);
      assert.deepEqual(
        [...labels].map((label) => result.model.labels[label]),
        ['DET', 'NOUN', 'VERB', 'CONJ', 'DET', 'NOUN', 'VERB'],
      );
    });
  }

  it('tells F1 by label after each epoch: of the last one, what the scores of its end say', async () => {
    const { result, epochs } = await run(small(), { hidden: 4, epochs: 3, learningRate: 0.003 });
    const best = epochs.reduce((a, b) => (b.development!.accuracy > a.development!.accuracy ? b : a));
    const labels = result.details!.development!.labels.map(({ label, f1 }) => [label, f1] as const);
    assert.ok(labels.some(([, f1]) => f1 > 0 && f1 < 1));
    assert.deepEqual(
      best.labels,
      labels.map(([label, f1]) => [label, Math.round(1000 * f1) / 1000]),
    );
  });

  it('learns sentence by sentence and with the whole set as one batch, too', async () => {
    const derivation = { input: 'one-hot', hidden: 12 } as const;
    assert.equal(
      (await run(small(), { ...derivation, batch: 1, epochs: 10 })).result.development?.accuracy,
      1,
    );
    assert.equal(
      (await run(small(), { ...derivation, batch: 0, epochs: 200 })).result.development?.accuracy,
      1,
    );
    assert.equal(
      (await run(small(), { batch: 0, epochs: 60, learningRate: 0.05 })).result.development?.accuracy,
      1,
    );
  });

  it('learns the unknown word from words that occur once', async () => {
    const training = smallLanguage(60, 1).map(
      (sentence, s) => [...sentence, ['and', 'CONJ'], [`Name${s}`, 'PROPN']] as const,
    );
    for (const input of ['one-hot', 'features'] as const) {
      const { result } = await run(corpusOf({ training, development: [[['never-seen', 'PROPN']]] }), {
        input,
        hidden: 12,
        epochs: 10,
        ...(input === 'features' && { learningRate: 0.01 }),
      });
      assert.equal(result.development?.accuracy, 1, input);
    }
  });

  it('emits its beginning, its epochs and its steps', async () => {
    const { started, epochs, progress, result } = await run(small(), { batch: 4 });
    assert.deepEqual(started, [{ stepsPerEpoch: 15, epoch: 1, step: 0 }]);
    assert.deepEqual(
      epochs.map(({ epoch, step }) => [epoch, step]),
      [
        [1, 15],
        [2, 30],
        [3, 45],
      ],
    );
    const rates = epochs.map(({ learningRate }) => learningRate ?? NaN);
    assert.ok(rates[0] > rates[1] && rates[1] > rates[2] && rates[2] > 0, 'the learning rate falls');
    const constant = await run(small(), { batch: 4, schedule: 'constant', learningRate: 0.03 });
    assert.deepEqual(
      constant.epochs.map(({ learningRate }) => learningRate),
      [0.03, 0.03, 0.03],
    );
    assert.deepEqual(
      progress.flatMap(({ steps }) => steps),
      Array.from({ length: 45 }, (_, i) => i + 1),
    );
    assert.equal(progress.flatMap(({ losses }) => losses).length, 45);
    assert.deepEqual([result.epoch, result.step], [3, 45]);
    assert.ok(result.tokensPerSecond > 0 && result.seconds > 0);
  });

  it('emits progress at most ten times a second and yields to its host every 15 ms or step', async () => {
    let turns = 0;
    const { progress, result } = await run(
      small(),
      { batch: 1 },
      { msPerLook: 3, yieldToHost: () => (turns++, 'continue') },
    );
    for (let i = 1; i < progress.length - 1; i++) assert.ok(progress[i].ms - progress[i - 1].ms >= 100);
    assert.ok(turns > result.step / 3);
  });

  it('leaves pauses and evaluations out of its seconds', async () => {
    let clock = 0;
    const hooks: TrainerHooks = {
      emit: () => undefined,
      now: () => (clock += 10),
      yieldToHost: () => ((clock += 60_000), 'continue'),
    };
    const corpus = small();
    const result = await train({
      corpus,
      facts: factsOf(corpus),
      names,
      settings: resolved({ epochs: 2, hidden: 8, embedding: 8, batch: 4 }),
      device: createReferenceDevice(),
      hooks,
    });
    assert.ok(result.seconds < 60, String(result.seconds));
    assert.ok(clock > 600_000);
  });

  it('needs no development data: the last parameters are kept', async () => {
    const { result, checkpoints } = await run(corpusOf({ training: smallLanguage(20, 1) }), {});
    assert.equal(result.development, undefined);
    assert.deepEqual(
      checkpoints.map(({ best }) => best),
      [true, true, true, true],
    );
    assert.deepEqual(readModel(checkpoints[2].bytes).parameters, result.model.parameters);
  });

  it('a sentence of 5,000 tokens goes in windows', async () => {
    const long = smallLanguage(900, 4).flat().slice(0, 5000);
    const { result, started } = await run(
      corpusOf({ training: [long, ...smallLanguage(7, 1)], development: smallLanguage(5, 2) }),
      { hidden: 4, epochs: 1, batch: 8 },
    );
    assert.equal(started[0].stepsPerEpoch, 10 + 1);
    assert.equal(result.reason, 'done');
  });

  it('a corpus of one sentence trains', async () => {
    const { result } = await run(
      corpusOf({
        training: [
          [
            ['a', 'X'],
            ['b', 'Y'],
          ],
        ],
      }),
      { epochs: 2 },
    );
    assert.equal(result.reason, 'done');
  });
});

describe('the best epoch', () => {
  it('gives the parameters that a run ends with, and its checkpoint is marked as best', async () => {
    const { result, checkpoints, epochs } = await run(wildCorpus(), wild);
    const accuracies = epochs.map(({ development }) => development!.accuracy);
    const best = Math.max(...accuracies);
    assert.equal(result.development?.accuracy, best);
    const last = checkpoints.at(-1)!;
    const marked = checkpoints
      .slice(0, -1)
      .filter((checkpoint) => checkpoint.best)
      .at(-1)!;
    assert.equal(epochs[marked.epoch - 1].development!.accuracy, best);
    assert.ok(last.best);
    assert.ok(marked.epoch < 12, 'the last epoch is not the best');
    assert.equal(readModel(last.bytes).state, undefined);
    assert.deepEqual(readModel(last.bytes).parameters, readModel(marked.bytes).parameters);
    assert.deepEqual(readModel(last.bytes).parameters, result.model.parameters);
    assert.deepEqual(readModel(last.bytes).development, result.development);
  });
});

describe('checkpoints', () => {
  it('come after each epoch and at least every 3 s, the first after 0.5 s', async () => {
    const { checkpoints } = await run(small(), { batch: 1, epochs: 2 }, { msPerLook: 40 });
    assert.ok(checkpoints[0].ms >= 500 && checkpoints[0].ms < 1000);
    for (let i = 1; i < checkpoints.length; i++) assert.ok(checkpoints[i].ms - checkpoints[i - 1].ms < 3500);
    assert.ok(checkpoints.length > 5);
    assert.ok(checkpoints.slice(0, -1).every(({ bytes }) => readModel(bytes).state));
  });

  it('let a run go on on another device', async () => {
    const device = await createGpuJsDevice('webasm');
    const { checkpoints } = await run(small(), { epochs: 5 }, { device });
    const { result } = await run(small(), { epochs: 5 }, { checkpoint: readModel(checkpoints[1].bytes) });
    assert.equal(result.reason, 'done');
    assert.ok(result.model.parameters.c instanceof Float64Array);
    device.dispose();
  });

  it('are refused for another corpus and for other settings', async () => {
    const { checkpoints } = await run(small(), {});
    const checkpoint = readModel(checkpoints[0].bytes);
    const other = corpusOf({ training: smallLanguage(60, 9), development: smallLanguage(20, 2) });
    await assert.rejects(
      run(other, {}, { checkpoint }),
      (error) => error instanceof InputError && /training data has changed/.test(error.message),
    );
    await assert.rejects(
      run(small(), { hidden: 13 }, { checkpoint }),
      (error) => error instanceof InputError && /hidden 8 .* 13/.test(error.message),
    );
    const finished = readModel(checkpoints.at(-1)!.bytes);
    await assert.rejects(
      run(small(), {}, { checkpoint: finished }),
      (error) => error instanceof InputError && /finished/.test(error.message),
    );
  });

  it('let a run go on for more epochs with another learning rate', async () => {
    const { checkpoints } = await run(small(), { epochs: 1 });
    const { result, epochs } = await run(
      small(),
      { epochs: 2, learningRate: 0.05 },
      { checkpoint: readModel(checkpoints[0].bytes) },
    );
    assert.deepEqual([result.epoch, epochs.map(({ epoch }) => epoch)], [2, [2]]);
  });
});

describe('stopping', () => {
  it('keeps the last parameters in a checkpoint', async () => {
    let turns = 0;
    const { result, checkpoints } = await run(
      small(),
      { batch: 1 },
      { msPerLook: 10, yieldToHost: async () => (turns++ < 20 ? 'continue' : 'stop') },
    );
    assert.equal(result.reason, 'stopped');
    assert.equal(checkpoints.at(-1)!.step, result.step);
    assert.deepEqual(readModel(checkpoints.at(-1)!.bytes).parameters, result.model.parameters);
  });

  it('before the first step gives the initial model', async () => {
    const { result } = await run(small(), {}, { msPerLook: 20, yieldToHost: () => 'stop' });
    assert.deepEqual(
      [result.reason, result.step, result.seconds, result.tokensPerSecond],
      ['stopped', 0, 0, 0],
    );
    assert.ok(areFinite(result.model.parameters));
  });
});

describe('divergence', () => {
  for (const activation of ['tanh', 'sigmoid', 'relu'] as const) {
    for (const batch of [0, 1, 8]) {
      it(`ends the run, says why, and leaves sound checkpoints: ${activation}, batch ${batch}`, async () => {
        const { result, checkpoints } = await run(
          small(),
          { activation, batch, learningRate: 1e6, clip: 0, epochs: 50 },
          { msPerLook: 50 },
        );
        assert.equal(result.reason, 'diverged');
        assert.match(
          result.message!,
          /(loss|gradient|parameters) .*\. Lower the learning rate \(it is 1000000; try [\d.]+\).*clip/,
        );
        for (const { bytes } of checkpoints) assert.ok(areFinite(readModel(bytes).parameters));
        assert.ok(areFinite(result.model.parameters));
      });
    }
  }
});

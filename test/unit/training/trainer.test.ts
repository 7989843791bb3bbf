import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/problem';
import type { TrainingCorpus } from '../../../src/corpus/dataset';
import { createGpuJsDevice } from '../../../src/kernels/gpujs/device';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { readModel } from '../../../src/model/modelFile';
import { areFinite } from '../../../src/model/parameters';
import { createPredictor } from '../../../src/model/predictor';
import type { EpochRecord } from '../../../src/training/history';
import type { TrainingProgress } from '../../../src/training/progress';
import { resolveSettings } from '../../../src/training/settings';
import type { TrainingSettings } from '../../../src/training/settings';
import { train } from '../../../src/training/trainer';
import type { TrainerHooks, TrainingOptions } from '../../../src/training/trainer';
import { corpusOf, smallLanguage } from './corpora';

const names = { corpus: 'ws/small#columns', corpusName: 'small', column: 'LABEL' };

/** Runs a training with a clock that gains `msPerLook` at each look, and notes all that it tells. */
async function run(corpus: TrainingCorpus, given: Partial<TrainingSettings>, more: Partial<TrainingOptions> & { breathe?: TrainerHooks['breathe']; msPerLook?: number } = {}) {
  const { breathe = () => 'continue' as const, msPerLook = 1, ...options } = more;
  let now = 0;
  const checkpoints: { bytes: Uint8Array<ArrayBuffer>; epoch: number; step: number; best: boolean; ms: number }[] = [];
  const epochs: EpochRecord[] = [];
  const progress: (TrainingProgress & { ms: number })[] = [];
  const started: { stepsPerEpoch: number; epoch: number; step: number }[] = [];
  const hooks: TrainerHooks = {
    started: (facts) => started.push(facts),
    progress: (message) => progress.push({ ...message, ms: now }),
    epoch: (record) => epochs.push(record),
    checkpoint: (bytes, at) => checkpoints.push({ bytes, ...at, ms: now }),
    breathe,
    now: () => (now += msPerLook),
  };
  const result = await train({ corpus, names, settings: resolveSettings({ hidden: 12, epochs: 3, ...given }), device: createReferenceDevice(), hooks, ...options });
  return { result, checkpoints, epochs, progress, started };
}

/** Little data, large steps: development scores go up and down. */
const wild: Partial<TrainingSettings> = { epochs: 12, learningRate: 1.5, clip: 0, batch: 2 };
const wildCorpus = () => corpusOf({ training: smallLanguage(12, 1), development: smallLanguage(40, 2) });

const small = () => corpusOf({ training: smallLanguage(60, 1), development: smallLanguage(20, 2), test: smallLanguage(20, 3) });

describe('training', () => {
  for (const activation of ['tanh', 'sigmoid', 'relu'] as const) {
    it(`learns a small language wholly: ${activation}`, async () => {
      const { result, epochs } = await run(small(), { activation, epochs: 30 });
      assert.equal(result.reason, 'done');
      assert.equal(result.development?.accuracy, 1);
      assert.equal(result.test?.accuracy, 1);
      assert.ok(epochs.at(-1)!.loss < epochs[0].loss / 4);
      const predictor = createPredictor(createReferenceDevice(), result.model);
      const [{ labels }] = await predictor.predict([['the', 'fish', 'fish', 'and', 'a', 'dog', 'work']]);
      assert.deepEqual([...labels].map((label) => result.model.labels[label]), ['DET', 'NOUN', 'VERB', 'CONJ', 'DET', 'NOUN', 'VERB']);
    });
  }

  it('by sentence and by the whole set learns too', async () => {
    assert.equal((await run(small(), { batch: 1, epochs: 10 })).result.development?.accuracy, 1);
    assert.equal((await run(small(), { batch: 0, epochs: 200 })).result.development?.accuracy, 1);
  });

  it('learns the unknown word from words that occur once', async () => {
    const training = smallLanguage(60, 1).map((sentence, s) => [...sentence, ['and', 'CONJ'], [`Name${s}`, 'PROPN']] as const);
    const { result } = await run(corpusOf({ training, development: [[['never-seen', 'PROPN']]] }), { epochs: 10 });
    assert.equal(result.development?.accuracy, 1);
  });

  it('is the same to the bit for a seed, and another for another', async () => {
    const first = await run(small(), { seed: 5 });
    const second = await run(small(), { seed: 5 }, { msPerLook: 40 });
    assert.deepEqual(first.result.model.parameters, second.result.model.parameters);
    assert.deepEqual(first.epochs.map(({ loss, development }) => [loss, development]), second.epochs.map(({ loss, development }) => [loss, development]));
    assert.notDeepEqual(first.result.model.parameters, (await run(small(), { seed: 6 })).result.model.parameters);
  });

  it('tells of its beginning, its epochs and its steps', async () => {
    const { started, epochs, progress, result } = await run(small(), { batch: 4 });
    assert.deepEqual(started, [{ stepsPerEpoch: 15, epoch: 1, step: 0 }]);
    assert.deepEqual(epochs.map(({ epoch, step }) => [epoch, step]), [[1, 15], [2, 30], [3, 45]]);
    assert.deepEqual(progress.flatMap(({ steps }) => steps), Array.from({ length: 45 }, (_, i) => i + 1));
    assert.equal(progress.flatMap(({ losses }) => losses).length, 45);
    assert.deepEqual([result.epoch, result.step], [3, 45]);
    assert.ok(result.tokensPerSecond > 0 && result.seconds > 0);
  });

  it('sends progress at most ten times a second and breathes at least every 15 ms or step', async () => {
    let breaths = 0;
    const { progress, result } = await run(small(), { batch: 1 }, { msPerLook: 3, breathe: () => (breaths++, 'continue') });
    for (let i = 1; i < progress.length - 1; i++) assert.ok(progress[i].ms - progress[i - 1].ms >= 100);
    assert.ok(breaths > result.step / 3);
  });

  it('leaves pauses and evaluations out of its seconds', async () => {
    let clock = 0;
    const hooks: TrainerHooks = { progress: () => {}, epoch: () => {}, checkpoint: () => {}, now: () => (clock += 10), breathe: () => ((clock += 60_000), 'continue') };
    const result = await train({ corpus: small(), names, settings: resolveSettings({ epochs: 2 }), device: createReferenceDevice(), hooks });
    assert.ok(result.seconds < 60, String(result.seconds));
    assert.ok(clock > 600_000);
  });

  it('needs no development data: the last parameters are kept', async () => {
    const { result, checkpoints } = await run(corpusOf({ training: smallLanguage(20, 1) }), {});
    assert.equal(result.development, undefined);
    assert.deepEqual(checkpoints.map(({ best }) => best), [true, true, true, true]);
    assert.deepEqual(readModel(checkpoints[2].bytes).parameters, result.model.parameters);
  });

  it('a sentence of 5,000 tokens goes in windows', async () => {
    const long = smallLanguage(900, 4).flat().slice(0, 5000);
    const { result, started } = await run(corpusOf({ training: [long, ...smallLanguage(7, 1)], development: smallLanguage(5, 2) }), { hidden: 4, epochs: 1, batch: 8 });
    assert.equal(started[0].stepsPerEpoch, 10 + 1);
    assert.equal(result.reason, 'done');
  });

  it('a corpus of one sentence trains', async () => {
    const { result } = await run(corpusOf({ training: [[['a', 'X'], ['b', 'Y']]] }), { epochs: 2 });
    assert.equal(result.reason, 'done');
  });
});

describe('the best epoch', () => {
  it('is what a run ends with, and marked as such', async () => {
    const { result, checkpoints, epochs } = await run(wildCorpus(), wild);
    const accuracies = epochs.map(({ development }) => development!.accuracy);
    const best = Math.max(...accuracies);
    assert.equal(result.development?.accuracy, best);
    const last = checkpoints.at(-1)!;
    const marked = checkpoints.slice(0, -1).filter((checkpoint) => checkpoint.best).at(-1)!;
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

  for (const [what, given, corpus] of [
    ['minibatches', { batch: 8 }, small()],
    ['single sentences', { batch: 1 }, small()],
    ['the whole set', { batch: 0, epochs: 6 }, small()],
    ['scores that go up and down', wild, wildCorpus()],
    ['windows of long sentences', { batch: 2, hidden: 4 }, corpusOf({ training: [smallLanguage(300, 4).flat(), ...smallLanguage(9, 1)], development: smallLanguage(4, 2) })],
  ] as const) {
    it(`a run that goes on from any of them ends as if it had not been cut off: ${what}`, async () => {
      const whole = await run(corpus, given);
      let stops = 0;
      for (let after = 0; ; after += 1 + Math.floor(after / 4)) {
        let breaths = 0;
        const cut = await run(corpus, given, { msPerLook: 20, breathe: () => (breaths++ < after ? 'continue' : 'stop') });
        if (cut.result.reason === 'done') break;
        stops++;
        assert.equal(cut.result.reason, 'stopped');
        const checkpoint = readModel(cut.checkpoints.at(-1)!.bytes);
        const rest = await run(corpus, given, { checkpoint });
        assert.equal(rest.started[0].step, cut.result.step);
        assert.deepEqual(rest.result.model.parameters, whole.result.model.parameters);
        assert.deepEqual([rest.result.development, rest.result.test, rest.result.step], [whole.result.development, whole.result.test, whole.result.step]);
        const told = [...cut.epochs, ...rest.epochs].map(({ epoch, loss, development }) => ({ epoch, loss, development }));
        assert.deepEqual(told, whole.epochs.map(({ epoch, loss, development }) => ({ epoch, loss, development })));
      }
      assert.ok(stops > 3);
    });
  }

  it('give a float32 device its numbers back to the bit', async () => {
    const device = await createGpuJsDevice('webasm');
    const whole = await run(small(), {}, { device });
    const cut = await run(small(), {}, { device, msPerLook: 20, breathe: (breaths => () => (breaths++ < 22 ? 'continue' : 'stop'))(0) });
    assert.equal(cut.result.reason, 'stopped');
    const rest = await run(small(), {}, { device, checkpoint: readModel(cut.checkpoints.at(-1)!.bytes) });
    assert.ok(rest.result.model.parameters.values['U1>'] instanceof Float32Array);
    assert.deepEqual(rest.result.model.parameters, whole.result.model.parameters);
    device.dispose();
  });

  it('let a run go on on another device', async () => {
    const device = await createGpuJsDevice('webasm');
    const { checkpoints } = await run(small(), { epochs: 5 }, { device });
    const { result } = await run(small(), { epochs: 5 }, { checkpoint: readModel(checkpoints[1].bytes) });
    assert.equal(result.reason, 'done');
    assert.ok(result.model.parameters.values['U1>'] instanceof Float64Array);
    device.dispose();
  });

  it('fit the corpus and settings that they come from only', async () => {
    const { checkpoints } = await run(small(), {});
    const checkpoint = readModel(checkpoints[0].bytes);
    const other = corpusOf({ training: smallLanguage(60, 9), development: smallLanguage(20, 2) });
    await assert.rejects(run(other, {}, { checkpoint }), (error) => error instanceof InputError && /training data has changed/.test(error.message));
    await assert.rejects(run(small(), { hidden: 13 }, { checkpoint }), (error) => error instanceof InputError && /hidden 12 .* 13/.test(error.message));
    const finished = readModel(checkpoints.at(-1)!.bytes);
    await assert.rejects(run(small(), {}, { checkpoint: finished }), (error) => error instanceof InputError && /finished/.test(error.message));
  });

  it('let a run go on for more epochs with another learning rate', async () => {
    const { checkpoints } = await run(small(), { epochs: 1 });
    const { result, epochs } = await run(small(), { epochs: 2, learningRate: 0.05 }, { checkpoint: readModel(checkpoints[0].bytes) });
    assert.deepEqual([result.epoch, epochs.map(({ epoch }) => epoch)], [2, [2]]);
  });
});

describe('stopping', () => {
  it('keeps the last parameters in a checkpoint', async () => {
    let breaths = 0;
    const { result, checkpoints } = await run(small(), { batch: 1 }, { msPerLook: 10, breathe: async () => (breaths++ < 20 ? 'continue' : 'stop') });
    assert.equal(result.reason, 'stopped');
    assert.equal(checkpoints.at(-1)!.step, result.step);
    assert.deepEqual(readModel(checkpoints.at(-1)!.bytes).parameters, result.model.parameters);
  });

  it('before the first step gives the model as it began', async () => {
    const { result } = await run(small(), {}, { msPerLook: 20, breathe: () => 'stop' });
    assert.deepEqual([result.reason, result.step, result.seconds, result.tokensPerSecond], ['stopped', 0, 0, 0]);
    assert.ok(areFinite(result.model.parameters));
  });
});

describe('divergence', () => {
  for (const activation of ['tanh', 'sigmoid', 'relu'] as const) {
    for (const batch of [0, 1, 8]) {
      it(`ends the run, says why, and leaves sound checkpoints: ${activation}, batch ${batch}`, async () => {
        const { result, checkpoints } = await run(small(), { activation, batch, learningRate: 1e6, clip: 0, epochs: 50 }, { msPerLook: 50 });
        assert.equal(result.reason, 'diverged');
        assert.match(result.message!, /(loss|gradient|parameters) .*\. Lower the learning rate \(it is 1000000; try 100000\).*clip/);
        for (const { bytes } of checkpoints) assert.ok(areFinite(readModel(bytes).parameters));
        assert.ok(areFinite(result.model.parameters));
      });
    }
  }
});

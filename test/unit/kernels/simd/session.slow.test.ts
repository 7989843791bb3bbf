import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { DeviceLostError } from '../../../../src/common/errors';
import type { TrainingCorpus } from '../../../../src/corpus/dataset';
import { startSimdThread } from '../../../../src/engine/node/simdThreads';
import type { Device } from '../../../../src/kernels/device';
import type { MatrixData } from '../../../../src/kernels/kernels';
import { openSession } from '../../../../src/kernels/openSession';
import { createReferenceDevice } from '../../../../src/kernels/reference/device';
import { Control } from '../../../../src/kernels/simd/assembly/offsets';
import { createSimdDevice } from '../../../../src/kernels/simd/device';
import type { StartThread } from '../../../../src/kernels/simd/device';
import { ForwardPass } from '../../../../src/model/forwardPass';
import { initialParameters } from '../../../../src/model/initialise';
import { listParameters, plainArrays, zipParameters } from '../../../../src/model/parameters';
import type { Allocate, NetworkParameters } from '../../../../src/model/parameters';
import { networkOf, sizesOf } from '../../../../src/model/settings/networkOf';
import type { TrainingSettings } from '../../../../src/model/settings/settings';
import { epochData } from '../../../../src/training/epochData';
import { encoderOf, featuresOf } from '../../../../src/training/features';
import { GradientStep } from '../../../../src/training/gradientStep';
import { Learner } from '../../../../src/training/learner';
import { patienceMs } from '../../../until';
import { corpusOf, smallLanguage } from '../../training/corpora';
import { resolved } from '../../training/resolved';

/** Sentences of many lengths; one goes over three windows. */
function corpus(): TrainingCorpus {
  const long = smallLanguage(400, 5).flat().slice(0, 1100);
  return corpusOf({ training: [...smallLanguage(45, 1), long, ...smallLanguage(20, 9)] });
}

interface Outcome {
  readonly parameters: NetworkParameters<MatrixData>;
  readonly losses: number[];
  readonly norms: number[];
}

/** What learns a corpus on a device, from the same parameters each time. */
function learnerOf(
  device: Device,
  data: TrainingCorpus,
  given: Partial<TrainingSettings>,
  allocate: Allocate = (length) => device.allocate(length),
): Learner {
  const settings = resolved({ input: 'one-hot', hidden: 10, embedding: 6, ...given }, data);
  const encoder = encoderOf(data, featuresOf(data, settings));
  const sizes = sizesOf(networkOf(settings, data.labels.length), encoder.rows);
  return new Learner(
    device,
    initialParameters(sizes, settings.activation, 3, allocate),
    encoder,
    settings,
    100,
  );
}

/** Some steps of an epoch on a device. */
async function steps(
  device: Device,
  data: TrainingCorpus,
  given: Partial<TrainingSettings>,
  count = Infinity,
): Promise<Outcome> {
  const learner = learnerOf(device, data, given);
  const step = new GradientStep(device, learner);
  const epoch = epochData(data, learner.settings, 1);
  const losses: number[] = [];
  const norms: number[] = [];
  for (let index = 0; index < Math.min(count, epoch.batches.sweeps / epoch.sweepsPerStep); index++) {
    const result = await step.run(epoch, index, data.splits.training, () => true);
    assert.ok(result);
    losses.push(result.loss / result.tokens);
    norms.push(result.gradientNorm);
  }
  step.dispose();
  return { parameters: learner.parameters, losses, norms };
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  const scale = Math.max(1e-3, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++)
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= 2e-5 * scale,
      `${what}[${i}] is ${actual[i]}, not ${expected[i]}`,
    );
}

function bits({ parameters }: Outcome): string {
  return listParameters(parameters)
    .map(({ leaf }) => Buffer.from(Float32Array.from(leaf).buffer).toString('hex'))
    .join();
}

describe('steps in shards of a minibatch', function () {
  this.timeout(600_000);
  const data = corpus();

  for (const given of [
    { batch: 1 },
    { batch: 3 },
    { batch: 4, clip: 0.05 },
    { batch: 8, activation: 'sigmoid' },
    { batch: 12 },
    { batch: 32, activation: 'relu', hidden: 17 },
    { batch: 0 },
    { batch: 12, bidirectional: true, layers: 2, optimizer: 'momentum', learningRate: 0.02 },
    { batch: 12, loss: 'crf', truncation: 5 },
    { batch: 12, input: 'features', optimizer: 'sgd', learningRate: 0.1, dropout: 0, inputDropout: 0 },
    { batch: 0, input: 'features', layers: 2, loss: 'crf', dropout: 0, inputDropout: 0 },
    // Masks are drawn by shard: of one shard they are those of the whole step.
    { batch: 5, input: 'features', optimizer: 'momentum', activation: 'tanh' },
  ] as const) {
    it(`are those of the reference: ${JSON.stringify(given)}`, async () => {
      const expected = await steps(createReferenceDevice(), data, given);
      const device = createSimdDevice();
      const actual = await steps(device, data, given);
      assertClose(actual.losses, expected.losses, 'loss');
      assertClose(actual.norms, expected.norms, 'norm');
      zipParameters(actual.parameters, expected.parameters, (found, values, place) =>
        assertClose(found, values, JSON.stringify(place)),
      );
      device.dispose();
    });
  }

  for (const given of [
    { batch: 32, hidden: 24 },
    { batch: 32, hidden: 24, input: 'features', layers: 2, loss: 'crf' },
    { batch: 20, hidden: 12, bidirectional: true, optimizer: 'adam', dropout: 0.4 },
    { batch: 0, input: 'features' },
  ] as const) {
    it(`give the same bits for any number of threads: ${JSON.stringify(given)}`, async () => {
      const outcomes: string[] = [];
      for (const threads of [1, 2, 3]) {
        const device = createSimdDevice({ threads, startThread: startSimdThread });
        assert.equal(device.description.includes('threads'), threads > 1);
        const outcome = await steps(device, data, given);
        assert.ok(outcome.losses.every(Number.isFinite));
        outcomes.push(bits(outcome));
        device.dispose();
      }
      assert.equal(outcomes[1], outcomes[0]);
      assert.equal(outcomes[2], outcomes[0]);
    });
  }

  it('write only to their own scratch space, even after other plans made it move', async () => {
    const device = createSimdDevice();
    const values = device.allocate(80).fill(3);
    const size = (rows: number, columns = rows) => ({ rows, columns });
    const session = openSession(device, {
      program: (k, { sums: [x] }) => ({ results: k.rowNorms(k.add(x, x)) }),
      weightShapes: {},
      batchShapes: () => ({}),
      learned: { weights: {}, tables: [{ width: 8, values }] },
      plans: 1,
    });
    const [shard] = session.prepare(3, 1, 1, 4);
    // The first row is a sum of two rows of the table, the second of none.
    shard.starts.set([0, 2, 2, 3]);
    shard.ids.set([1, 9, 1]);
    const sums = async (n: number): Promise<() => Promise<number>> => {
      const plan = await device.compile((k, { x }) => ({ y: k.columnSums(k.product(x, k.add(x, x))) }), {
        x: size(n),
      });
      return async () => (await plan.run({ x: new Float32Array(n * n).fill(1) })).y[0];
    };
    // The first plan makes the scratch space move; what the others need takes the place where it was.
    const plans = [await sums(300), await sums(4), await sums(5)];
    await session.run();
    assert.deepEqual(await Promise.all(plans.map((run) => run())), [300 * 300 * 2, 4 * 4 * 2, 5 * 5 * 2]);
    await session.run();
    assert.deepEqual(
      [...shard.outputs.results],
      [Math.fround(Math.sqrt(8 * 144)), 0, Math.fround(Math.sqrt(8 * 36))],
    );
    session.dispose();
    device.dispose();
  });

  it('go on, to the same bits, when a thread ends between them', async () => {
    const alone = createSimdDevice();
    const expected = await steps(alone, data, { batch: 32 });
    const started = once(process, 'worker') as Promise<[Worker]>;
    const device = createSimdDevice({ threads: 2, startThread: startSimdThread });
    const [thread] = await started;
    await steps(device, data, { batch: 32 }, 1);
    await thread.terminate();
    assert.equal(bits(await steps(device, data, { batch: 32 })), bits(expected));
    device.dispose();
    alone.dispose();
  });

  it('fail when a thread is lost with a piece of one, and say so', async () => {
    // Takes shards as a thread does, and does nothing with them.
    const thief = `
      const { memory, control } = require('node:worker_threads').workerData;
      const taken = new BigUint64Array(memory.buffer, control + ${Control.taken}, 1);
      const step = new Int32Array(memory.buffer, control + ${Control.step}, 1);
      while (true) {
        const value = Atomics.load(taken, 0);
        const number = Atomics.load(step, 0);
        if (number > 0 && Number(value >> 32n) === number) Atomics.compareExchange(taken, 0, value, value + 1n);
      }`;
    let running: Promise<unknown> | undefined;
    const startThread: StartThread = ({ memory, control }) => {
      const worker = new Worker(thief, { eval: true, workerData: { memory, control } });
      running = once(worker, 'online');
      return { terminate: () => void worker.terminate() };
    };
    const device = createSimdDevice({ threads: 2, startThread });
    await running;
    const untilLost = async (): Promise<void> => {
      for (const end = Date.now() + patienceMs; Date.now() < end;)
        await steps(device, data, { batch: 32, hidden: 32 });
    };
    await assert.rejects(
      untilLost(),
      (error: unknown) => error instanceof DeviceLostError && /a thread did not answer/.test(error.message),
    );
    await assert.rejects(
      device.compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 1, columns: 1 } }),
      DeviceLostError,
    );
    device.dispose();
  });

  it('are done by one thread where memory cannot be shared, and say so', async () => {
    const shared = createSimdDevice({ threads: 2, startThread: startSimdThread });
    const expected = bits(await steps(shared, data, { batch: 32 }));
    shared.dispose();
    const { SharedArrayBuffer: kept } = globalThis;
    let device: Device;
    try {
      Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
      device = createSimdDevice({ threads: 2, startThread: () => assert.fail('a thread was started') });
    } finally {
      globalThis.SharedArrayBuffer = kept;
    }
    assert.match(device.description, /memory not shared: one thread/);
    assert.equal(bits(await steps(device, data, { batch: 32 })), expected);
    device.dispose();
  });

  it('change no parameter where the gradient is not finite', async () => {
    for (const given of [{ batch: 8 }, { batch: 8, input: 'features' }] as const) {
      const device = createSimdDevice();
      const learner = learnerOf(device, data, given);
      learner.parameters.V[0][0] = NaN;
      const all = [learner.parameters, ...learner.optimiser.moments].flatMap((set) =>
        listParameters(set).map(({ leaf }) => leaf),
      );
      const before = all.map((numbers) => numbers.slice());
      const step = new GradientStep(device, learner);
      const result = await step.run(
        epochData(data, learner.settings, 1),
        0,
        data.splits.training,
        () => true,
      );
      assert.ok(result && Number.isNaN(result.gradientNorm));
      assert.deepEqual(
        all.map((numbers) => numbers.slice()),
        before,
      );
      step.dispose();
      device.dispose();
    }
  });

  it('refuse parameters that do not lie in the device’s memory', () => {
    const device = createSimdDevice();
    assert.throws(
      () => new GradientStep(device, learnerOf(device, data, {}, plainArrays('float32'))),
      /allocate it there/,
    );
    device.dispose();
  });

  for (const given of [
    { hidden: 20 },
    { hidden: 20, layers: 2, bidirectional: true },
    { input: 'features' },
    { input: 'features', loss: 'crf', bidirectional: false },
  ] as const) {
    it(`label like the reference, windows and single sentences too: ${JSON.stringify(given)}`, async () => {
      const reference = createReferenceDevice();
      const simd = createSimdDevice({ threads: 2, startThread: startSimdThread });
      const { training } = data.splits;
      for (const start of [training.start, training.start.slice(0, 3)]) {
        const found: number[][][] = [];
        for (const device of [reference, simd]) {
          const { parameters, network, features } = learnerOf(device, data, given);
          const forward = new ForwardPass(device, parameters, network, features);
          const rows: number[][] = [];
          await forward.run({ start, words: training.words }, (token, yHat, offset) => {
            assert.equal(rows[token], undefined, 'each token once');
            rows[token] = Array.from(yHat.subarray(offset, offset + network.L));
          });
          found.push(rows);
          forward.dispose();
        }
        assert.equal(found[1].length, start[start.length - 1]);
        assertClose(found[1].flat(), found[0].flat(), 'yHat');
      }
      simd.dispose();
    });
  }
});

import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import type { TrainingCorpus } from '../../../../src/corpus/dataset';
import { startSimdThread } from '../../../../src/engine/node/simdThreads';
import type { Device } from '../../../../src/kernels/kernels';
import { DeviceLostError } from '../../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../../src/kernels/reference/device';
import { Control } from '../../../../src/kernels/simd/assembly/offsets';
import { createSimdDevice } from '../../../../src/kernels/simd/device';
import type { StartThread } from '../../../../src/kernels/simd/device';
import { ForwardPass } from '../../../../src/model/forwardPass';
import { initialParameters } from '../../../../src/model/initialise';
import type { Parameters } from '../../../../src/model/parameters';
import { parameterNames } from '../../../../src/model/parameters';
import { epochData } from '../../../../src/training/epochData';
import { createGradientStep } from '../../../../src/training/gradientStep';
import { resolveSettings } from '../../../../src/training/settings';
import type { TrainingSettings } from '../../../../src/training/settings';
import { corpusOf, smallLanguage } from '../../training/corpora';

/** Sentences of many lengths; one goes over three windows. */
function corpus(): TrainingCorpus {
  const long = smallLanguage(400, 5).flat().slice(0, 1100);
  return corpusOf({ training: [...smallLanguage(45, 1), long, ...smallLanguage(20, 9)] });
}

interface Outcome {
  readonly parameters: Parameters;
  readonly losses: number[];
  readonly norms: number[];
}

/** Some steps of an epoch on a device. */
async function steps(device: Device, data: TrainingCorpus, given: Partial<TrainingSettings>, count = Infinity): Promise<Outcome> {
  const settings = resolveSettings({ hidden: 10, ...given });
  const sizes = { K: data.vocabulary.size, H: settings.hidden, L: data.labels.length };
  const parameters = initialParameters(sizes, settings.activation, 3, (length) => device.allocate(length));
  const step = createGradientStep(device, parameters, settings);
  const epoch = epochData(data, settings, 1);
  const losses: number[] = [];
  const norms: number[] = [];
  for (let index = 0; index < Math.min(count, epoch.batches.steps / epoch.sweepsPerStep); index++) {
    const result = await step.run(epoch, index, data.splits.training, () => true);
    assert.ok(result);
    losses.push(result.loss / result.tokens);
    norms.push(result.gradientNorm);
  }
  step.dispose();
  return { parameters, losses, norms };
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  const scale = Math.max(1e-3, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) assert.ok(Math.abs(actual[i] - expected[i]) <= 2e-5 * scale, `${what}[${i}] is ${actual[i]}, not ${expected[i]}`);
}

function bits({ parameters }: Outcome): string {
  return parameterNames.map((name) => Buffer.from(Float32Array.from(parameters[name]).buffer).toString('hex')).join();
}

describe('steps in shards', function () {
  this.timeout(60_000);
  const data = corpus();

  for (const given of [
    { batch: 1 },
    { batch: 3 },
    { batch: 4, clip: 0.05 },
    { batch: 8, activation: 'sigmoid' },
    { batch: 12 },
    { batch: 32, activation: 'relu', hidden: 17 },
    { batch: 0 },
  ] as const) {
    it(`are those of the reference: ${JSON.stringify(given)}`, async () => {
      const expected = await steps(createReferenceDevice(), data, given);
      const device = createSimdDevice();
      const actual = await steps(device, data, given);
      assertClose(actual.losses, expected.losses, 'loss');
      assertClose(actual.norms, expected.norms, 'norm');
      for (const name of parameterNames) assertClose(actual.parameters[name], expected.parameters[name], name);
      device.dispose();
    });
  }

  it('give the same bits for any number of threads', async () => {
    const outcomes: string[] = [];
    for (const threads of [1, 2, 3]) {
      const device = createSimdDevice({ threads, startThread: startSimdThread });
      assert.equal(device.description.includes('threads'), threads > 1);
      const outcome = await steps(device, data, { batch: 32, hidden: 24 });
      outcomes.push(bits(outcome));
      device.dispose();
    }
    assert.equal(outcomes[1], outcomes[0]);
    assert.equal(outcomes[2], outcomes[0]);
  });

  it('write nowhere but in their own scratch space when plans make it move', async () => {
    const device = createSimdDevice();
    const values = device.allocate(80).fill(3);
    const size = (rows: number, columns = rows) => ({ rows, columns });
    const program = device.shard!({
      program: (k, { x }) => ({ y: k.rowNorms(k.add(x, x)) }),
      shapes: (T, B) => ({ x: size(T * B, 8) }),
      shared: {},
      table: { input: 'x', values },
    });
    const [shard] = program.prepare(3, 1, 1);
    shard.rows.fill(1);
    const sums = async (n: number): Promise<() => Promise<number>> => {
      const plan = await device.compile((k, { x }) => ({ y: k.columnSums(k.product(x, k.add(x, x))) }), { x: size(n) });
      return async () => (await plan.run({ x: new Float32Array(n * n).fill(1) })).y[0];
    };
    // The first plan makes the scratch space move; what the others need takes the place where it was.
    const plans = [await sums(300), await sums(4), await sums(5)];
    program.run();
    assert.deepEqual(await Promise.all(plans.map((run) => run())), [300 * 300 * 2, 4 * 4 * 2, 5 * 5 * 2]);
    program.run();
    assert.equal(shard.outputs.y[0], Math.fround(Math.sqrt(8 * 36)));
    program.dispose();
    device.dispose();
  });

  it('go on, to the same bits, when a thread ends between them', async () => {
    const alone = createSimdDevice();
    const expected = await steps(alone, data, { batch: 32 });
    const workers: { terminate(): void }[] = [];
    const device = createSimdDevice({
      threads: 2,
      startThread: (task) => {
        const worker = startSimdThread(task);
        workers.push(worker);
        return worker;
      },
    });
    await steps(device, data, { batch: 32 }, 1);
    for (const worker of workers) worker.terminate();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(bits(await steps(device, data, { batch: 32 })), bits(expected));
    device.dispose();
    alone.dispose();
  });

  it('are over when a thread is lost with a part of one, and say so', async () => {
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
    const startThread: StartThread = ({ memory, control }) => {
      const worker = new Worker(thief, { eval: true, workerData: { memory, control } });
      return { terminate: () => void worker.terminate() };
    };
    const device = createSimdDevice({ threads: 2, startThread });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const untilLost = async (): Promise<void> => {
      for (let i = 0; i < 100; i++) await steps(device, data, { batch: 32, hidden: 32 });
    };
    await assert.rejects(untilLost(), (error: unknown) => error instanceof DeviceLostError && /a thread did not answer/.test(error.message));
    await assert.rejects(device.compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 1, columns: 1 } }), DeviceLostError);
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

  it('leave all as it was where the gradient is not finite', async () => {
    const device = createSimdDevice();
    const settings = resolveSettings({ hidden: 10, batch: 8 });
    const sizes = { K: data.vocabulary.size, H: 10, L: data.labels.length };
    const parameters = initialParameters(sizes, 'tanh', 3, (length) => device.allocate(length));
    parameters.V[0] = NaN;
    const before = parameters.U.slice();
    const step = createGradientStep(device, parameters, settings);
    const result = await step.run(epochData(data, settings, 1), 0, data.splits.training, () => true);
    assert.ok(result && Number.isNaN(result.gradientNorm));
    assert.deepEqual(parameters.U.slice(), before);
    step.dispose();
    device.dispose();
  });

  it('want what is learned in the memory of the device', () => {
    const device = createSimdDevice();
    const parameters = initialParameters({ K: 5, H: 4, L: 2 }, 'tanh', 1, (length) => new Float32Array(length));
    assert.throws(() => createGradientStep(device, parameters, resolveSettings({ hidden: 4 })), /allocate it there/);
    device.dispose();
  });

  it('label like the reference, windows and single sentences too', async () => {
    const reference = createReferenceDevice();
    const simd = createSimdDevice({ threads: 2, startThread: startSimdThread });
    const sizes = { K: data.vocabulary.size, H: 20, L: data.labels.length };
    const { training } = data.splits;
    for (const start of [training.start, training.start.slice(0, 3)]) {
      const found: number[][][] = [];
      for (const device of [reference, simd]) {
        const forward = new ForwardPass(device, initialParameters(sizes, 'tanh', 3, (length) => device.allocate(length)), 'tanh');
        const rows: number[][] = [];
        await forward.run({ start, words: training.words }, (token, yHat, offset) => {
          assert.equal(rows[token], undefined, 'each token once');
          rows[token] = Array.from(yHat.subarray(offset, offset + sizes.L));
        });
        found.push(rows);
        forward.dispose();
      }
      assert.equal(found[1].length, start[start.length - 1]);
      assertClose(found[1].flat(), found[0].flat(), 'yHat');
    }
    simd.dispose();
  });
});

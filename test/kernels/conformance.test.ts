/**
 * The gpu.js modes against the reference: webasm and cpu in Node, all four in a page, where none may be
 * missing.
 */
import { availableGpuJsModes, createGpuJsDevice } from '../../src/kernels/gpujs/device';
import type { GpuJsDevice, GpuJsMode, GpuJsPlan } from '../../src/kernels/gpujs/device';
import type { Matrix } from '../../src/kernels/kernels';
import { createReferenceDevice } from '../../src/kernels/reference/device';
import {
  activations,
  crfCases,
  directions,
  extremeCase,
  operationsCase,
  sweepsCase,
  trainingCase,
  truncatedCase,
  truncations,
} from './cases';
import type { Case } from './cases';
import { check, checkClose, checkEqualBits, conform, rejection, runCase } from './conformance';
import { failSilently, loseAll } from './contextLoss';
import { contract } from './contract';

const inPage = typeof document === 'object';
const modes: readonly GpuJsMode[] = inPage ? ['webgpu', 'webgl2', 'webasm', 'cpu'] : ['webasm', 'cpu'];

const sweeps = [
  { T: 1, B: 1, H: 1 },
  { T: 1, B: 3, H: 5 },
  { T: 2, B: 1, H: 4 },
  { T: 7, B: 2, H: 3 },
  { T: 8, B: 3, H: 13 },
  { T: 40, B: 2, H: 6 },
  { T: 57, B: 1, H: 8 },
];

function suite(mode: GpuJsMode): void {
  let device: GpuJsDevice;

  before(async () => {
    device = await createGpuJsDevice(mode);
  });
  after(() => {
    device.dispose();
  });

  it('names itself', () => {
    check(device.name === mode && device.precision === 'float32', `is ${device.name}, ${device.precision}`);
    check(/\(gpu\.js \d+\.\d+\.\d+/.test(device.description), `describes itself as ${device.description}`);
  });

  for (let seed = 1; seed <= 8; seed++) {
    const example = operationsCase(seed);
    it(example.name, () => conform(device, example));
  }
  for (const sizes of sweeps) {
    const example = sweepsCase(sizes, sizes.T);
    it(example.name, () => conform(device, example));
  }
  for (const [sizes, truncation] of truncations) {
    const example = truncatedCase(sizes, truncation, sizes.T);
    it(example.name, () => conform(device, example));
  }
  for (const example of [sweepsCase({ T: 3, B: 2, H: 4 }, 3, 300), extremeCase(), ...crfCases()]) {
    it(example.name, () => conform(device, example));
  }
  for (const activation of activations) {
    for (const direction of directions) {
      const sizes =
        direction === 'leftToRight' ? { T: 12, B: 5, H: 11, L: 6 } : { T: 25, B: 3, H: 16, L: 17 };
      const example = trainingCase(sizes, activation, direction, sizes.T);
      it(example.name, () => conform(device, example));
    }
  }
  for (const example of [
    trainingCase({ T: 512, B: 1, H: 8, L: 3 }, 'tanh', 'leftToRight', 512),
    // More than 1,000 rows: gpu.js cuts a loop there whose bound it does not know.
    trainingCase({ T: 60, B: 18, H: 32, L: 9 }, 'tanh', 'rightToLeft', 60),
  ]) {
    it(example.name, () => conform(device, example));
  }

  it('gives equal bits twice, and on another instance', async () => {
    const example = trainingCase({ T: 9, B: 3, H: 10, L: 5 }, 'tanh', 'leftToRight', 9);
    const [first, second] = await runCase(device, example, 2);
    checkEqualBits(first, second);
    const other = await createGpuJsDevice(mode);
    const [third] = await runCase(other, example);
    other.dispose();
    checkEqualBits(first, third);
  });

  it('computes anew in each run, with several plans in turn', async () => {
    const lengths = [4, 9, 5, 9, 4, 5];
    const example = (T: number, seed: number): Case =>
      trainingCase({ T, B: 3, H: 10, L: 5 }, 'tanh', 'leftToRight', seed);
    const plans = new Map<number, GpuJsPlan<Case['shapes'], Record<string, Matrix>>>();
    for (const [run, T] of lengths.entries()) {
      const { program, shapes, contents } = example(T, run + 1);
      const plan = plans.get(T) ?? (await device.compile(program, shapes));
      plans.set(T, plan);
      const actual = await plan.run(
        Object.fromEntries(
          Object.entries(contents).map(([name, values]) => [name, new Float32Array(values)]),
        ),
      );
      checkClose(
        actual,
        (await runCase(createReferenceDevice(), example(T, run + 1)))[0],
        `run ${run + 1}, T=${T}`,
      );
    }
    for (const plan of plans.values()) plan.dispose();
  });

  it('runs a plan as one fused piece, or as a chain', async () => {
    const { program, shapes } = trainingCase({ T: 9, B: 3, H: 10, L: 5 }, 'tanh', 'leftToRight', 9);
    const plan = await device.compile(program, shapes);
    const expected = { webgpu: 'fused-encoder', webgl2: 'chain', webasm: 'fused-sync', cpu: 'chain' }[mode];
    check(
      plan.facts.executor === expected,
      `is run by ${plan.facts.executor}: ${plan.facts.fallbackReason ?? 'no reason given'}`,
    );
    check(plan.facts.calls <= 2 * 9 + 30, `takes ${plan.facts.calls} kernel calls`);
    plan.dispose();
  });

  it('does not compute what is not asked for', async () => {
    const plan = await device.compile(
      (k, { x }) => {
        k.product(x, x);
        return { sums: k.columnSums(x) };
      },
      { x: { rows: 4, columns: 4 } },
    );
    check(plan.facts.calls === 1, `takes ${plan.facts.calls} kernel calls`);
    plan.dispose();
  });

  contract(() => device);

  it('says that it is lost, once disposed', async () => {
    const other = await createGpuJsDevice(mode);
    const plan = await other.compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 1, columns: 1 } });
    other.dispose();
    const error = await rejection((async () => plan.run({ x: new Float32Array(1) }))());
    check(error.name === 'DeviceLostError', `says ${error.name}: ${error.message}`);
  });

  // The rest comes last: it takes the page's other devices of this mode away, too.
  if (mode === 'webgpu') {
    it('says that it is lost, when WebGPU reports an error to nobody', async () => {
      const other = await createGpuJsDevice(mode);
      const plan = await other.compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 1, columns: 4 } });
      await failSilently();
      const error = await rejection((async () => plan.run({ x: new Float32Array(4) }))());
      check(error.name === 'DeviceLostError', `says ${error.name}: ${error.message}`);
      other.dispose();
    });
  }
  if (mode === 'webgpu' || mode === 'webgl2') {
    it('says that it is lost, when its context is', async () => {
      const other = await createGpuJsDevice(mode);
      const plan = await other.compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 1, columns: 4 } });
      await loseAll(mode);
      const error = await rejection((async () => plan.run({ x: new Float32Array(4) }))());
      check(error.name === 'DeviceLostError', `says ${error.name}: ${error.message}`);
      const again = await rejection(
        other.compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 1, columns: 4 } }),
      );
      check(again.name === 'DeviceLostError', `says ${again.name}: ${again.message}`);
      other.dispose();
    });
  }
}

for (const mode of modes) {
  describe(`gpu.js ${mode}`, function () {
    this.timeout(60_000);
    suite(mode);
  });
}

describe('gpu.js webasm with threads', function () {
  this.timeout(60_000);

  it('gives the bits of one thread', async () => {
    const example = trainingCase({ T: 9, B: 40, H: 64, L: 5 }, 'tanh', 'leftToRight', 9);
    const one = await createGpuJsDevice('webasm');
    const two = await createGpuJsDevice('webasm', { threads: 2 });
    const [a] = await runCase(one, example);
    const [b] = await runCase(two, example);
    one.dispose();
    two.dispose();
    checkEqualBits(a, b);
  });
});

describe('gpu.js modes', () => {
  it(`are ${modes.join(', ')} here`, async () => {
    const available = await availableGpuJsModes();
    check(available.join() === modes.join(), `are ${available.join(', ')}`);
  });

  if (!inPage) {
    it('refuse clearly what is missing', async () => {
      for (const mode of ['webgpu', 'webgl2'] as const) {
        const error = await rejection(createGpuJsDevice(mode));
        check(
          error.message.includes(mode) && error.message.includes('not available'),
          `says ${error.message}`,
        );
      }
    });
  }
});

/** What is gpu.js's own: its modes, how it runs a plan, and what becomes of a lost GPU. */
import { asError } from '../../src/common/errors';
import { availableGpuJsModes, createGpuJsDevice } from '../../src/kernels/gpujs/device';
import type { GpuJsDevice, GpuJsMode } from '../../src/kernels/gpujs/device';
import { trainingCase } from './cases';
import { check, checkEqualBits, rejection, runCase } from './conformance';
import { failSilently, loseAll } from './contextLoss';

const inPage = typeof document === 'object';
const modes: readonly GpuJsMode[] = inPage ? ['webgpu', 'webgl2', 'webasm', 'cpu'] : ['webasm', 'cpu'];

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

  // The rest comes last: it takes the page's other devices of this mode away, too.
  if (mode === 'webgpu') {
    it('says that it is lost, when WebGPU reports an error to nobody', async () => {
      const other = await createGpuJsDevice(mode);
      const plan = await other.compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 1, columns: 4 } });
      failSilently();
      // Until the report has come, runs go on.
      let error: Error | undefined;
      while (!error) {
        error = await (async () => plan.run({ x: new Float32Array(4) }))().then(
          () => undefined,
          (thrown: unknown) => asError(thrown),
        );
      }
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
  describe(`gpu.js ${mode} itself`, function () {
    this.timeout(600_000);
    suite(mode);
  });
}

describe('gpu.js webasm with threads', function () {
  this.timeout(600_000);

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
      for (const [mode, reason] of [
        ['webgpu', 'WebGPU does not exist here'],
        ['webgl2', 'There is no WebGL 2 context'],
      ] as const) {
        const error = await rejection(createGpuJsDevice(mode));
        check(error.message.includes(reason), `says ${error.message}`);
      }
    });
  }
});

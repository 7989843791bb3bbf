/**
 * What is WebAssembly SIMD's own, for every build that runs here: its memory, and its functions' accuracy.
 */
import { activations as exact } from '../../src/kernels/activation';
import type { Activation } from '../../src/kernels/activation';
import type { Device } from '../../src/kernels/device';
import { createSimdDevice } from '../../src/kernels/simd/device';
import { runsHere } from '../../src/kernels/simd/module';
import type { SimdBuild } from '../../src/kernels/simd/module';
import { activations, crfCase, trainingCase } from './cases';
import { check, checkEqualBits, runCase } from './conformance';

function suite(build: SimdBuild): void {
  let device: Device;

  before(() => {
    device = createSimdDevice({ build });
  });
  after(() => {
    device.dispose();
  });

  it('names itself', () => {
    check(device.name === 'simd' && device.precision === 'float32', `is ${device.name}, ${device.precision}`);
    check(device.description.startsWith('WebAssembly SIMD'), `describes itself as ${device.description}`);
  });

  it('does not read what another program has left in its memory', async () => {
    const spoiling = await device.compile((k, { x }) => ({ y: k.add(k.add(x, x), x) }), {
      x: { rows: 400, columns: 100 },
    });
    for (const example of [
      crfCase(9, 3, 7, 1),
      crfCase(9, 5, 12, 1, 50),
      trainingCase({ T: 9, B: 3, H: 10, L: 5 }, 'tanh', 'leftToRight', 9),
    ]) {
      const [first] = await runCase(device, example);
      await spoiling.run({ x: new Float32Array(40_000).fill(NaN) });
      const [second] = await runCase(device, example);
      checkEqualBits(first, second);
    }
    spoiling.dispose();
  });

  it('computes f within the bounds that it states', async () => {
    const count = 8000;
    const values = Float32Array.from(
      { length: count },
      (_, i) => (i % 2 === 0 ? 1 : 0.01) * ((i / count) * 60 - 30),
    );
    const shapes = {
      p: { rows: count, columns: 1 },
      U: { rows: 1, columns: 1 },
      h0: { rows: count, columns: 1 },
      mask: { rows: count, columns: 1 },
    };
    const bounds: Readonly<Partial<Record<Activation, number>>> = { sigmoid: 2e-7, relu: 0 };
    for (const activation of activations) {
      const plan = await device.compile(
        (k, { p, U, h0, mask }) => ({
          h: k.recur(p, U, h0, mask, { activation, direction: 'leftToRight' }).h,
        }),
        shapes,
      );
      const { h } = await plan.run({
        p: values,
        U: new Float32Array(1),
        h0: new Float32Array(count),
        mask: new Float32Array(count).fill(1),
      });
      let furthest = 0;
      const { f } = exact[activation];
      for (let i = 0; i < count; i++) furthest = Math.max(furthest, Math.abs(h[i] - f(values[i])));
      check(furthest <= (bounds[activation] ?? 4e-7), `${activation} is off by ${furthest}`);
      plan.dispose();
    }
    // softmax of (x, 0) is exp(x) / (exp(x) + 1), small where x is.
    const plan = await device.compile((k, { z }) => ({ yHat: k.softmax(z) }), {
      z: { rows: count, columns: 2 },
    });
    const { yHat } = await plan.run({
      z: Float32Array.from({ length: 2 * count }, (_, i) =>
        i % 2 === 0 ? -Math.abs(values[i >> 1]) * 2.8 : 0,
      ),
    });
    for (let i = 0; i < count; i++) {
      const e = Math.exp(Math.fround(-Math.abs(values[i]) * 2.8));
      check(
        Math.abs(yHat[2 * i] * (e + 1) - e) <= 5e-7 * e,
        `exp(${-Math.abs(values[i]) * 2.8}) is off by ${(yHat[2 * i] * (e + 1)) / e - 1}`,
      );
    }
    plan.dispose();
  });

  it('computes log within the bounds that it states', async () => {
    // Each sentence has two tokens and q_1 = (−x, 0); from label 0, −80 leads to label 1: β_0(0) =
    // log(exp(−x) + exp(−80)).
    const B = 1000;
    const x = Float32Array.from({ length: B }, (_, i) => (i / B) * 68);
    const column = { rows: 2 * B, columns: 1 };
    const plan = await device.compile((k, i) => ({ loss: k.crf(i.z, i.y, i.mask, i.A, B).loss }), {
      z: { rows: 2 * B, columns: 2 },
      y: column,
      mask: column,
      A: { rows: 4, columns: 2 },
    });
    const z = Float32Array.from({ length: 4 * B }, (_, i) =>
      i >= 2 * B && i % 2 === 0 ? -x[(i - 2 * B) / 2] : 0,
    );
    const { loss } = await plan.run({
      z,
      y: new Float32Array(2 * B),
      mask: new Float32Array(2 * B).fill(1),
      A: Float32Array.of(0, -80, 0, 0, 0, 0, 0, 0),
    });
    for (let i = 0; i < B; i++) {
      const off = loss[B + i] - Math.log1p(Math.exp(x[i] - 80));
      check(Math.abs(off) <= 5e-7 + 1e-7 * x[i], `log(exp(${-x[i]})) is off by ${off}`);
    }
    plan.dispose();
  });

  it('gives no CRF loss below 0 where the labels’ probability is close to 1', async () => {
    const [T, B, L] = [8, 40, 5];
    const shapes = {
      z: { rows: T * B, columns: L },
      y: { rows: T * B, columns: 1 },
      mask: { rows: T * B, columns: 1 },
      A: { rows: L + 2, columns: L },
    };
    const plan = await device.compile((k, i) => ({ loss: k.crf(i.z, i.y, i.mask, i.A, B).loss }), shapes);
    const y = Float32Array.from({ length: T * B }, (_, r) => (r * 7) % L);
    // The gold label is ahead by 12 to 24, at scores whose sums are rounded.
    const z = Float32Array.from({ length: T * B * L }, (_, n) =>
      n % L === y[Math.floor(n / L)] ? 12 + ((n * 13) % 97) / 8 : ((n * 29) % 31) / 300,
    );
    const { loss } = await plan.run({
      z,
      y,
      mask: new Float32Array(T * B).fill(1),
      A: Float32Array.from({ length: (L + 2) * L }, (_, n) => ((n * 17) % 23) / 70),
    });
    check(
      loss.every((E) => E >= 0),
      `the least loss is ${Math.min(...loss)}`,
    );
    plan.dispose();
  });

  it('reads inputs that lie in its memory without copying them', async () => {
    const plan = await device.compile((k, { x }) => ({ twice: k.add(x, x) }), { x: { rows: 2, columns: 4 } });
    const x = device.allocate(8);
    x.set([1, 2, 3, 4, 5, 6, 7, 8]);
    const { twice } = await plan.run({ x });
    check(twice.join() === '2,4,6,8,10,12,14,16', `twice is ${twice.join()}`);
    x[0] = 10;
    check((await plan.run({ x })).twice[0] === 20, 'a changed input is not seen');
    plan.dispose();
  });
}

for (const build of ['plain', 'shared', 'relaxed'] as const) {
  // A page that is not isolated shares no memory; relaxed SIMD is not everywhere yet.
  if (!runsHere(build)) continue;
  describe(`WebAssembly SIMD, ${build}, itself`, function () {
    this.timeout(600_000);
    suite(build);
  });
}

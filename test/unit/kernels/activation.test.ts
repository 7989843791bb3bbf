/** Every place where an activation is computed, against finite differences of its f in float64. */
import assert from 'node:assert/strict';
import { activationNames, activations } from '../../../src/kernels/activation';
import type { Activation } from '../../../src/kernels/activation';
import type { Device } from '../../../src/kernels/device';
import { createGpuJsDevice } from '../../../src/kernels/gpujs/device';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { ActivationNumber } from '../../../src/kernels/simd/assembly/activations';
import { createSimdDevice } from '../../../src/kernels/simd/device';

/** Values of s: float32 holds them exactly, and none is at ReLU's kink. */
const values = Array.from({ length: 128 }, (_, i) => (i - 63.5) / 8);

/** f′(s) by central differences. */
function slope(f: (s: number) => number, s: number): number {
  const epsilon = 1e-5;
  return (f(s + epsilon) - f(s - epsilon)) / (2 * epsilon);
}

function checkClose(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what} is ${actual} instead of ${expected}`);
}

/** The function of `x` that the source text is, where its argument is written so. */
function evaluated(source: (argument: string) => string, argument: string): (x: number) => number {
  // Nothing but the project's own text is run.
  const compiled: unknown = new Function('x', `return ${source(argument)};`);
  assert.ok(typeof compiled === 'function');
  return (x) => Number(compiled(x));
}

/** f(s) and f′(s) of each value as a device computes them: one step from h₀ = 0, and back from dh = 1. */
async function onDevice(
  device: Device,
  activation: Activation,
): Promise<{ readonly h: ArrayLike<number>; readonly delta: ArrayLike<number> }> {
  const column = { rows: values.length, columns: 1 };
  const plan = await device.compile(
    (k, { p, U, h0, mask, dh }) => {
      const { h, tape } = k.recur(p, U, h0, mask, { activation, direction: 'leftToRight' });
      return { h, delta: k.recurBackward(dh, tape) };
    },
    { p: column, U: { rows: 1, columns: 1 }, h0: column, mask: column, dh: column },
  );
  const filled = (length: number, value: number) => device.allocate(length).fill(value);
  const p = device.allocate(values.length);
  p.set(values);
  const inputs = {
    p,
    U: filled(1, 0),
    h0: filled(values.length, 0),
    mask: filled(values.length, 1),
    dh: filled(values.length, 1),
  };
  const { h, delta } = await plan.run(inputs);
  const copies = { h: h.slice(), delta: delta.slice() };
  plan.dispose();
  return copies;
}

const openers: Readonly<Record<string, readonly [open: () => Device | Promise<Device>, tolerance: number]>> =
  {
    reference: [createReferenceDevice, 1e-8],
    simd: [createSimdDevice, 1e-6],
    webasm: [() => createGpuJsDevice('webasm'), 1e-6],
    cpu: [() => createGpuJsDevice('cpu'), 1e-6],
  };

describe('activations', () => {
  for (const name of activationNames) {
    const { f, derivative, largestDerivative, bounded, source } = activations[name];

    it(`${name}: the derivative, written in h, is the slope of f`, () => {
      for (const s of values) checkClose(derivative(f(s)), slope(f, s), 1e-8, `f′(${s})`);
    });

    it(`${name}: the largest derivative is reached and not exceeded`, () => {
      const largest = Math.max(...Array.from({ length: 2001 }, (_, i) => derivative(f((i - 1000) / 100))));
      assert.ok(largest <= largestDerivative && largest > 0.999 * largestDerivative, `it is ${largest}`);
    });

    it(`${name}: f of large numbers grows exactly if it is said to be unbounded`, () => {
      const grows = [-1, 1].some((sign) => Math.abs(f(sign * 1e6)) > 2 * Math.abs(f(sign * 1e3)));
      assert.equal(grows, !bounded);
    });

    it(`${name}: the text for gpu.js gives the numbers of the functions`, () => {
      // s is a sum in the kernels, so that text without brackets around it fails here; h is one name.
      const ofText = evaluated(source.f, 'x / 2 + x / 2');
      const derivativeOfText = evaluated(source.derivative, 'x');
      for (const s of [...values, 0, -1000, -20, 20, 1000]) {
        checkClose(ofText(s), f(s), 1e-12, `f(${s})`);
        checkClose(derivativeOfText(f(s)), derivative(f(s)), 1e-12, `f′(${s})`);
      }
    });
  }

  for (const [device, [open, tolerance]] of Object.entries(openers))
    it(`${device} computes each f, and each f′ as the slope of f`, async () => {
      const opened = await open();
      try {
        for (const name of activationNames) {
          const { f } = activations[name];
          const { h, delta } = await onDevice(opened, name);
          values.forEach((s, i) => {
            checkClose(h[i], f(s), tolerance, `${name}(${s})`);
            checkClose(delta[i], slope(f, s), tolerance, `${name}′(${s})`);
          });
        }
      } finally {
        opened.dispose();
      }
    });

  it('and the numbers of the WebAssembly have the same names', () => {
    const numbered = Object.keys(ActivationNumber).filter((key) => Number.isNaN(Number(key)));
    assert.deepEqual(numbered.sort(), [...activationNames].sort());
  });
});

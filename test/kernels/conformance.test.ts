/** Every device against the reference, operation by operation and as whole training steps. */
import type { Device } from '../../src/kernels/device';
import type { Matrix } from '../../src/kernels/kernels';
import type { Plan } from '../../src/kernels/program';
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
import { contract } from './contract';
import { devices } from './devices';
import type { DeviceUnderTest } from './devices';

const sweeps = [
  { T: 1, B: 1, H: 1 },
  { T: 1, B: 3, H: 5 },
  { T: 2, B: 1, H: 4 },
  { T: 7, B: 2, H: 3 },
  { T: 8, B: 3, H: 13 },
  { T: 40, B: 2, H: 6 },
  { T: 57, B: 1, H: 8 },
];
const moreSweeps = [
  { T: 5, B: 4, H: 9 },
  { T: 6, B: 8, H: 33 },
  { T: 9, B: 1, H: 70 },
];
const trainingSizes = [
  { T: 12, B: 5, H: 11, L: 6 },
  { T: 25, B: 3, H: 16, L: 17 },
];
const moreTrainingSizes = [
  { T: 25, B: 8, H: 16, L: 17 },
  { T: 25, B: 1, H: 40, L: 17 },
];

/** Some cases for every device, and the others for one that is tried with many sizes. */
function casesFor(manySizes: boolean): Case[] {
  const cases: Case[] = [];
  for (let seed = 1; seed <= (manySizes ? 24 : 8); seed++) cases.push(operationsCase(seed));
  for (const sizes of manySizes ? [...sweeps, ...moreSweeps] : sweeps) cases.push(sweepsCase(sizes, sizes.T));
  for (const [sizes, truncation] of truncations) cases.push(truncatedCase(sizes, truncation, sizes.T));
  cases.push(sweepsCase({ T: 3, B: 2, H: 4 }, 3, 300), extremeCase(), ...crfCases());
  for (const activation of activations) {
    for (const [at, direction] of directions.entries()) {
      const few = [trainingSizes[at]];
      for (const sizes of manySizes ? [...trainingSizes, ...moreTrainingSizes] : few)
        cases.push(trainingCase(sizes, activation, direction, sizes.T));
    }
  }
  // More than 1,000 rows: gpu.js cuts a loop there whose bound it does not know.
  cases.push(
    trainingCase({ T: 512, B: 1, H: 8, L: 3 }, 'tanh', 'leftToRight', 512),
    trainingCase({ T: 60, B: 18, H: 32, L: 9 }, 'tanh', 'rightToLeft', 60),
  );
  return cases;
}

function suite({ open, manySizes = false }: DeviceUnderTest): void {
  let device: Device;

  before(async () => {
    device = await open();
  });
  after(() => {
    device.dispose();
  });

  it('has a name, a description, and float32 numbers', () => {
    check(
      device.name !== 'reference' && device.precision === 'float32',
      `${device.name}, ${device.precision}`,
    );
    check(device.description.length > device.name.length, `describes itself as ${device.description}`);
  });

  for (const example of casesFor(manySizes))
    it(`agrees with the reference: ${example.name}`, () => conform(device, example));

  it('gives the same bits again, after other plans and on another instance', async () => {
    const example = trainingCase({ T: 9, B: 3, H: 10, L: 5 }, 'tanh', 'leftToRight', 9);
    const [first, second] = await runCase(device, example, 2);
    checkEqualBits(first, second);
    await conform(device, sweepsCase({ T: 8, B: 3, H: 13 }, 1));
    checkEqualBits(first, (await runCase(device, example))[0]);
    const other = await open();
    const [third] = await runCase(other, example);
    other.dispose();
    checkEqualBits(first, third);
  });

  it('computes anew in each run, with several plans in turn', async () => {
    const lengths = [4, 9, 5, 9, 4, 5];
    const example = (T: number, seed: number): Case =>
      trainingCase({ T, B: 3, H: 10, L: 5 }, 'tanh', 'leftToRight', seed);
    const plans = new Map<number, Plan<Case['shapes'], Record<string, Matrix>>>();
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

  contract(() => device);

  it('refuses to run a plan once the device was disposed of', async () => {
    const other = await open();
    const plan = await other.compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 1, columns: 1 } });
    other.dispose();
    const error = await rejection((async () => plan.run({ x: new Float32Array(1) }))());
    check(
      error.name === 'DeviceLostError' || error.message === 'This plan was disposed of.',
      `says ${error.name}: ${error.message}`,
    );
  });
}

for (const device of devices) {
  describe(`Conformance of ${device.title}`, function () {
    this.timeout(600_000);
    suite(device);
  });
}

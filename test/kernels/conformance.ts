/** Holds a device against the reference. */
import type { Device } from '../../src/kernels/device';
import type { MatrixData } from '../../src/kernels/kernels';
import { createReferenceDevice } from '../../src/kernels/reference/device';
import type { Case } from './cases';

/** Largest deviation allowed, relative to the largest magnitude of the matrix. */
export const tolerance = 1e-5;

export type Outputs = Readonly<Record<string, MatrixData>>;

/** Fails the test: there is no assert module in a page. */
export function check(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

function filled(device: Device, contents: readonly number[]): MatrixData {
  const data = device.allocate(contents.length);
  data.set(contents);
  return data;
}

/** Compiles and runs a case as often as told; gives copies of the outputs of each run. */
export async function runCase(
  device: Device,
  { program, shapes, contents }: Case,
  times = 1,
): Promise<Outputs[]> {
  const plan = await device.compile(program, shapes);
  const inputs = Object.fromEntries(
    Object.entries(contents).map(([name, numbers]) => [name, filled(device, numbers)]),
  );
  const runs: Outputs[] = [];
  for (let i = 0; i < times; i++) {
    const outputs = await plan.run(inputs);
    for (const [name, { rows, columns }] of Object.entries(plan.outputShapes)) {
      check(
        outputs[name].length === rows * columns,
        `${name} has ${outputs[name].length} numbers instead of ${rows}×${columns}`,
      );
    }
    runs.push(Object.fromEntries(Object.entries(outputs).map(([name, data]) => [name, data.slice()])));
  }
  plan.dispose();
  return runs;
}

/**
 * The largest deviation of a matrix from the reference, relative to its largest magnitude. Infinite where not
 * finite.
 */
function deviation(actual: MatrixData, expected: MatrixData): number {
  let largest = 0;
  let furthest = 0;
  for (let i = 0; i < expected.length; i++) {
    if (!Number.isFinite(actual[i])) return Infinity;
    largest = Math.max(largest, Math.abs(expected[i]));
    furthest = Math.max(furthest, Math.abs(actual[i] - expected[i]));
  }
  return furthest === 0 ? 0 : furthest / largest;
}

/**
 * Runs a case on the device and on the reference. @throws {Error} naming the matrices that deviate too far.
 */
export async function conform(device: Device, example: Case): Promise<void> {
  const [expected] = await runCase(createReferenceDevice(), example);
  const [actual] = await runCase(device, example);
  checkClose(actual, expected, `${device.name} in ${example.name}`);
}

/** @throws {Error} where outputs deviate from what is expected, with those that do. */
export function checkClose(actual: Outputs, expected: Outputs, where: string): void {
  const far = Object.keys(expected).flatMap((name) => {
    const relative = deviation(actual[name], expected[name]);
    return relative <= tolerance ? [] : [`${name} by ${relative.toExponential(1)}`];
  });
  check(far.length === 0, `${where} deviates: ${far.join(', ')}`);
}

function bits(data: MatrixData): string {
  return Array.from(new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4)).join();
}

/** @throws {Error} where two runs' outputs are not equal to the bit. */
export function checkEqualBits(a: Outputs, b: Outputs): void {
  for (const name of Object.keys(a))
    check(bits(a[name]) === bits(b[name]), `${name} differs between two runs`);
}

/** The error of a promise that must reject. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof Error) return thrown;
    throw new TypeError('rejected with something that is no error', { cause: thrown });
  }
  throw new Error('was not rejected');
}

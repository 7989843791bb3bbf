import type { Matrix, MatrixData, Program, Shape } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';

/** A matrix by its rows. */
export type Rows = readonly (readonly number[])[];

function shapeOf(rows: Rows): Shape {
  return { rows: rows.length, columns: rows[0].length };
}

/** Runs a program on the reference. */
export async function run<In extends string, Out extends string>(
  program: Program<In, Out>,
  inputs: Readonly<Record<In, Rows>>,
): Promise<Record<Out, number[][]>> {
  const names = Object.keys(inputs) as In[];
  const shapes = Object.fromEntries(names.map((name) => [name, shapeOf(inputs[name])])) as Record<In, Shape>;
  const data = Object.fromEntries(
    names.map((name) => [name, Float64Array.from(inputs[name].flat())]),
  ) as Record<In, MatrixData>;
  const plan = await createReferenceDevice().compile(program, shapes);
  const outputs = await plan.run(data);
  const rows = {} as Record<Out, number[][]>;
  for (const name of Object.keys(outputs) as Out[]) {
    const { columns } = plan.outputShapes[name];
    rows[name] = Array.from({ length: plan.outputShapes[name].rows }, (_, r) =>
      Array.from(outputs[name].subarray(r * columns, (r + 1) * columns)),
    );
  }
  return rows;
}

/** Runs an operation that gives one matrix. */
export async function runOne<In extends string>(
  operation: (...args: Parameters<Program<In, 'result'>>) => Matrix,
  inputs: Readonly<Record<In, Rows>>,
): Promise<number[][]> {
  const { result } = await run<In, 'result'>(
    (kernels, matrices) => ({ result: operation(kernels, matrices) }),
    inputs,
  );
  return result;
}

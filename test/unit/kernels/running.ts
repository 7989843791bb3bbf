import type { Kernels, Matrix, MatrixData, Shape } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';

/** A matrix by its rows. */
export type Rows = readonly (readonly number[])[];

function shapeOf(rows: Rows): Shape {
  return { rows: rows.length, columns: rows[0].length };
}

type Named = Record<string, Matrix>;

/** Runs a program on the reference. */
export async function run<In extends string, Out extends string>(
  program: (kernels: Kernels, inputs: Record<In, Matrix>) => Record<Out, Matrix>,
  inputs: Readonly<Record<In, Rows>>,
): Promise<Record<Out, number[][]>> {
  const entries = Object.entries<Rows>(inputs);
  const shapes = Object.fromEntries(entries.map(([name, rows]) => [name, shapeOf(rows)]));
  const data = Object.fromEntries(
    entries.map(([name, rows]): [string, MatrixData] => [name, Float64Array.from(rows.flat())]),
  );
  const plan = await createReferenceDevice().compile<Named, Named>(
    (kernels, matrices) => program(kernels, matrices as Record<In, Matrix>),
    shapes,
  );
  const outputs = await plan.run(data);
  return Object.fromEntries(
    Object.entries(plan.outputShapes).map(([name, { rows, columns }]) => [
      name,
      Array.from({ length: rows }, (_, r) =>
        Array.from(outputs[name].subarray(r * columns, (r + 1) * columns)),
      ),
    ]),
  ) as Record<Out, number[][]>;
}

/** Runs an operation that gives one matrix. */
export async function runOne<In extends string>(
  operation: (kernels: Kernels, inputs: Readonly<Record<In, Matrix>>) => Matrix,
  inputs: Readonly<Record<In, Rows>>,
): Promise<number[][]> {
  const { result } = await run<In, 'result'>(
    (kernels, matrices) => ({ result: operation(kernels, matrices) }),
    inputs,
  );
  return result;
}

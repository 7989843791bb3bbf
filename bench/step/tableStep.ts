/** The measured step as a program over the kernels, with the table and SGD on the host: for any device. */
import { openDevice } from '../../src/engine/devices';
import type { MatrixData, Program, Shape } from '../../src/kernels/kernels';
import type { DeviceName } from '../../src/kernels/registry';
import type { Contender, PreparedStep } from './contender';
import { initialStepParameters, learningRate } from './stepData';
import type { StepShape } from './stepData';

/** x R×E, W H×E, b 1×H, U H×H, V L×H, c 1×L, mask R×1, h0 B×H, y R×1. */
export type Input = 'x' | 'W' | 'b' | 'U' | 'V' | 'c' | 'mask' | 'h0' | 'y';
export type Output = 'dX' | 'dW' | 'db' | 'dU' | 'dV' | 'dc' | 'loss';

/** From the table's rows to all gradients of E, summed over the rows. */
export const tableProgram: Program<Input, Output> = (kernels, { x, W, b, U, V, c, mask, h0, y }) => {
  const { h, tape } = kernels.recur(kernels.affine(x, W, b), U, h0, mask, {
    activation: 'tanh',
    direction: 'leftToRight',
  });
  const { dz, loss } = kernels.softmaxCrossEntropy(kernels.affine(h, V, c), y, mask);
  const delta = kernels.recurBackward(kernels.product(dz, V), tape);
  return {
    dX: kernels.product(delta, W),
    dW: kernels.outerSum(delta, x),
    db: kernels.columnSums(delta),
    dU: kernels.outerSum(delta, kernels.previous(tape)),
    dV: kernels.outerSum(dz, h),
    dc: kernels.columnSums(dz),
    loss,
  };
};

export function inputShapes({ B, T, E, H, L }: StepShape): Record<Input, Shape> {
  const R = B * T;
  const shape = (rows: number, columns: number): Shape => ({ rows, columns });
  return {
    x: shape(R, E),
    W: shape(H, E),
    b: shape(1, H),
    U: shape(H, H),
    V: shape(L, H),
    c: shape(1, L),
    mask: shape(R, 1),
    h0: shape(B, H),
    y: shape(R, 1),
  };
}

export function tableStep(name: DeviceName, threads: number, largestHidden?: number): Contender {
  return {
    name,
    threads,
    input: 'table',
    largestHidden,
    async prepare(shape, data): Promise<PreparedStep> {
      const { B, T, E, H } = shape;
      const R = B * T;
      const device = await openDevice(name, threads);
      const plan = await device.compile(tableProgram, inputShapes(shape));
      const copy = (from: ArrayLike<number>): MatrixData => {
        const to = device.allocate(from.length);
        to.set(from);
        return to;
      };
      const { table, ...dense } = initialStepParameters(shape);
      const rows = copy(table);
      const [W, b, U, V, c] = [copy(dense.W), copy(dense.b), copy(dense.U), copy(dense.V), copy(dense.c)];
      const [x, y, h0] = [device.allocate(R * E), device.allocate(R), device.allocate(B * H)];
      const mask = copy(new Float32Array(R).fill(1));
      const rate = learningRate / R;

      const update = (
        words: Uint32Array,
        { dX, dW, db, dU, dV, dc, loss }: Record<Output, MatrixData>,
      ): number => {
        descend(W, dW, rate);
        descend(b, db, rate);
        descend(U, dU, rate);
        descend(V, dV, rate);
        descend(c, dc, rate);
        let sum = 0;
        for (let r = 0; r < R; r++) {
          sum += loss[r];
          const row = words[r] * E;
          for (let i = 0; i < E; i++) rows[row + i] -= rate * dX[r * E + i];
        }
        return sum / R;
      };
      return {
        step() {
          const { words, labels } = data.batch();
          y.set(labels);
          for (let r = 0; r < R; r++) {
            const row = words[r] * E;
            for (let i = 0; i < E; i++) x[r * E + i] = rows[row + i];
          }
          const result = plan.run({ x, W, b, U, V, c, mask, h0, y });
          return result instanceof Promise
            ? result.then((outputs) => update(words, outputs))
            : update(words, result);
        },
        dispose() {
          plan.dispose();
          device.dispose();
        },
      };
    },
  };
}

function descend(parameter: MatrixData, gradient: MatrixData, rate: number): void {
  for (let i = 0; i < parameter.length; i++) parameter[i] -= rate * gradient[i];
}

/** The measured step as a program over the kernels, with SGD on all that it reads, on any device. */
import type { Device } from '../../src/kernels/device';
import type { Matrix, MatrixData, Shape } from '../../src/kernels/kernels';
import { openSession } from '../../src/kernels/openSession';
import type { SessionProgram, SessionRecipe, Shard } from '../../src/kernels/session';
import type { UpdateOptions } from '../../src/kernels/update';
import type { PreparedStep } from './contender';
import { initialStepParameters, learningRate } from './stepData';
import type { StepBatch, StepData, StepShape } from './stepData';

/** W H×E, b 1×H, U H×H, V L×H, c 1×L. */
type Weights = Record<'W' | 'b' | 'U' | 'V' | 'c', Matrix>;
/** mask R×1, h0 B×H, y R×1. */
type Batch = Record<'mask' | 'h0' | 'y', Matrix>;
interface Results {
  readonly loss: Matrix;
}

/** From the table's rows, x R×E, to all gradients of E, summed over the rows. */
export const tableProgram: SessionProgram<Weights, Batch, Results> = (kernels, { weights, sums, batch }) => {
  const { W, b, U, V, c } = weights;
  const { mask, h0, y } = batch;
  const [x] = sums;
  const { h, tape } = kernels.recur(kernels.affine(x, W, b), U, h0, mask, {
    activation: 'tanh',
    direction: 'leftToRight',
  });
  const { dz, loss } = kernels.softmaxCrossEntropy(kernels.affine(h, V, c), y, mask);
  const delta = kernels.recurBackward(kernels.product(dz, V), tape);
  return {
    gradients: {
      sums: [kernels.product(delta, W)],
      weights: {
        W: kernels.outerSum(delta, x),
        b: kernels.columnSums(delta),
        U: kernels.outerSum(delta, kernels.previous(tape)),
        V: kernels.outerSum(dz, h),
        c: kernels.columnSums(dz),
      },
    },
    results: { loss },
  };
};

const shapeOf = (rows: number, columns: number): Shape => ({ rows, columns });

export function weightShapes({ E, H, L }: StepShape): Weights {
  return { W: shapeOf(H, E), b: shapeOf(1, H), U: shapeOf(H, H), V: shapeOf(L, H), c: shapeOf(1, L) };
}

export function batchShapes({ H }: StepShape, T: number, B: number): Batch {
  return { mask: shapeOf(T * B, 1), h0: shapeOf(B, H), y: shapeOf(T * B, 1) };
}

function recipeOf(
  shape: StepShape,
  allocate: (length: number) => MatrixData,
): SessionRecipe<Weights, Batch, Results> {
  const copy = (from: ArrayLike<number>): MatrixData => {
    const to = allocate(from.length);
    to.set(from);
    return to;
  };
  const { table, W, b, U, V, c } = initialStepParameters(shape);
  return {
    program: tableProgram,
    weightShapes: weightShapes(shape),
    batchShapes: (T, B) => batchShapes(shape, T, B),
    learned: {
      weights: { W: copy(W), b: copy(b), U: copy(U), V: copy(V), c: copy(c) },
      tables: [{ width: shape.E, values: copy(table) }],
    },
    moments: [],
    plans: 1,
  };
}

/** The step on a device, which is disposed of with it. */
export function prepareTableStep(device: Device, shape: StepShape, data: StepData): PreparedStep {
  const { B, T } = shape;
  const session = openSession(
    device,
    recipeOf(shape, (length) => device.allocate(length)),
  );
  const each = Math.min(B, session.shardSentences);
  // The gradients are divided by B: this makes them the mean over the tokens.
  const rate = learningRate / T;
  const descent: UpdateOptions = {
    method: 'sgd',
    learningRate: rate,
    tableRate: rate,
    clip: 0,
    sentences: B,
    beta1: 0,
    beta2: 0,
    epsilon: 0,
    step: 1,
  };
  return {
    step() {
      const shards = session.prepare(T, each, B / each, T * each);
      fill(shards, data.batch(), shape, each);
      const norm = session.update(descent);
      return norm instanceof Promise ? norm.then(() => meanLoss(shards)) : meanLoss(shards);
    },
    dispose() {
      session.dispose();
      device.dispose();
    },
  };
}

/** Fills shards of `each` sentences: one row of the table for each token. */
function fill(
  shards: readonly Shard<Weights, Batch, Results>[],
  { words, labels }: StepBatch,
  { B, T }: StepShape,
  each: number,
): void {
  shards.forEach(({ starts, ids, batch }, index) => {
    for (let t = 0, r = 0; t < T; t++) {
      for (let beta = 0, from = t * B + index * each; beta < each; beta++, from++, r++) {
        starts[r] = r;
        ids[r] = words[from];
        batch.y[r] = labels[from];
      }
    }
    starts[T * each] = T * each;
    batch.mask.fill(1);
    batch.h0.fill(0);
  });
}

/** Over the rows of all shards. */
function meanLoss(shards: readonly Shard<Weights, Batch, Results>[]): number {
  let sum = 0;
  let rows = 0;
  for (const { outputs } of shards) {
    for (const loss of outputs.results.loss) sum += loss;
    rows += outputs.results.loss.length;
  }
  return sum / rows;
}

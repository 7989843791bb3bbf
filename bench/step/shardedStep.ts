/** The measured step on a device that does whole steps in its own memory, in shards, on several threads. */
import { openDevice } from '../../src/engine/devices';
import type { Learned, MatrixData, UpdateOptions } from '../../src/kernels/kernels';
import type { DeviceName } from '../../src/kernels/registry';
import { shardSentences } from '../../src/model/shard';
import type { Contender, PreparedStep } from './contender';
import { initialStepParameters, learningRate } from './stepData';
import { inputShapes, tableProgram } from './tableStep';
import type { Input, Output } from './tableStep';

export function shardedTableStep(name: DeviceName, threads: number): Contender {
  return {
    name,
    threads,
    input: 'table',
    async prepare(shape, data): Promise<PreparedStep> {
      const { B, T } = shape;
      const device = await openDevice(name, threads);
      if (!device.shard) throw new Error(`${name} does no steps by itself.`);
      const copy = (from: ArrayLike<number>): MatrixData => {
        const to = device.allocate(from.length);
        to.set(from);
        return to;
      };
      const { table, W, b, U, V, c } = initialStepParameters(shape);
      const by = (gradient: Output): Learned<Output> => ({ gradient, moments: [] });
      const program = device.shard<Input, Output>({
        program: tableProgram,
        shapes: (length, sentences) => inputShapes({ ...shape, T: length, B: sentences }),
        shared: { W: copy(W), b: copy(b), U: copy(U), V: copy(V), c: copy(c) },
        tables: [{ input: 'x', values: copy(table) }],
        learned: { x: by('dX'), W: by('dW'), b: by('db'), U: by('dU'), V: by('dV'), c: by('dc') },
      });
      const each = Math.min(B, shardSentences);
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
          const { words, labels } = data.batch();
          const shards = program.prepare(T, each, B / each, T * each);
          shards.forEach(({ starts, ids, inputs }, index) => {
            for (let t = 0, r = 0; t < T; t++) {
              for (let beta = 0, from = t * B + index * each; beta < each; beta++, from++, r++) {
                starts[r] = r;
                ids[r] = words[from];
                inputs.y[r] = labels[from];
              }
            }
            starts[T * each] = T * each;
            inputs.mask.fill(1);
            inputs.h0.fill(0);
          });
          program.update(descent);
          let sum = 0;
          for (const { outputs } of shards) for (const loss of outputs.loss) sum += loss;
          return sum / (B * T);
        },
        dispose() {
          program.dispose();
          device.dispose();
        },
      };
    },
  };
}

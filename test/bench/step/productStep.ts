/** The product's own step: one-hot words, the optimiser and all the bookkeeping of a training run. */
import type { Batches } from '../../../src/corpus/batches';
import type { Dataset } from '../../../src/corpus/dataset';
import { openDevice } from '../../../src/engine/devices';
import type { DeviceName } from '../../../src/kernels/kernels';
import { allocateParameters } from '../../../src/model/parameters';
import { createGradientStep } from '../../../src/training/gradientStep';
import { resolveSettings } from '../../../src/training/settings';
import type { Contender, PreparedStep } from './contender';
import { initialStepParameters, learningRate } from './stepData';

export function productStep(name: DeviceName, threads: number, largestHidden?: number): Contender {
  return {
    name,
    threads,
    input: 'one-hot',
    largestHidden,
    async prepare(shape, data): Promise<PreparedStep> {
      const { B, T, H, L, K } = shape;
      const R = B * T;
      const device = await openDevice(name, threads);
      const parameters = allocateParameters({ K, H, L }, (length) => device.allocate(length));
      const { table: W, b, U, V, c } = initialStepParameters({ ...shape, E: H });
      for (const [to, from] of [[parameters.W, W], [parameters.b, b], [parameters.U, U], [parameters.V, V], [parameters.c, c]] as const) to.set(from);
      // The step's gradients are summed over the tokens and divided by B: this makes them the mean over the tokens.
      const settings = resolveSettings({ hidden: H, batch: B, learningRate: learningRate / T, clip: 0, device: name, threads });
      const gradientStep = createGradientStep(device, parameters, settings);

      const [words, labels] = [new Uint32Array(R), new Int32Array(R)];
      const start = Uint32Array.from({ length: B + 1 }, (_, beta) => beta * T);
      const dataset: Dataset = { sentences: B, tokens: R, start, words, labels, gold: { values: [], ids: new Uint32Array(0) } };
      const only = { sentences: Int32Array.from({ length: B }, (_, beta) => beta), count: B, offset: 0, length: T, tokens: R };
      const batches: Batches = { steps: 1, step: () => only };
      return {
        async step() {
          const batch = data.batch();
          // The data is time-major, a dataset sentence by sentence.
          for (let t = 0, r = 0; t < T; t++) {
            for (let beta = 0; beta < B; beta++, r++) {
              words[beta * T + t] = batch.words[r];
              labels[beta * T + t] = batch.labels[r];
            }
          }
          const result = await gradientStep.run({ batches, sweepsPerStep: 1, words }, 0, dataset, () => true);
          if (!result) throw new Error('The step ended early.');
          return result.loss / result.tokens;
        },
        dispose() {
          gradientStep.dispose();
          device.dispose();
        },
      };
    },
  };
}

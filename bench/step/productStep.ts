/** The product's own step: one-hot words, the optimiser and all the bookkeeping of a training run. */
import type { Dataset } from '../../src/corpus/dataset';
import { openDevice } from '../../src/engine/devices';
import type { DeviceName } from '../../src/kernels/registry';
import type { Batches } from '../../src/model/batches';
import { allocateParameters, zipParameters } from '../../src/model/parameters';
import { networkOf, sizesOf } from '../../src/model/settings/networkOf';
import type { FeatureSource } from '../../src/model/tokenRows';
import { GradientStep } from '../../src/training/gradientStep';
import { Learner } from '../../src/training/learner';
import { resolveSettings } from '../../src/training/resolveSettings';
import type { Contender, PreparedStep } from './contender';
import { initialStepParameters, learningRate } from './stepData';

/** One-hot: a token's one feature is its word. */
const wordsAlone: FeatureSource = {
  write(words, _first, _end, at, out, to) {
    out[to] = words[at];
    return to + 1;
  },
  roomFor: (_words, first, end) => end - first,
};

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
      // The step's gradients are summed over the tokens and divided by B: this makes them the mean over the
      // tokens.
      const settings = resolveSettings(
        { input: 'one-hot', hidden: H, batch: B, learningRate: learningRate / T, clip: 0 },
        { scheme: 'none', labels: { length: L }, sentences: { training: B } },
      );
      const parameters = allocateParameters(sizesOf(networkOf(settings, L), K), (length) =>
        device.allocate(length),
      );
      const { table, b, U, V, c } = initialStepParameters({ ...shape, E: H });
      const initial = { layers: [{ leftToRight: { U, b, W: [table] } }], V: [V], c };
      zipParameters(parameters, initial, (values, given) => values.set(given));
      const gradientStep = new GradientStep(device, new Learner(device, parameters, wordsAlone, settings, 1));

      const [words, labels] = [new Uint32Array(R), new Int32Array(R)];
      const start = Uint32Array.from({ length: B + 1 }, (_, beta) => beta * T);
      const dataset: Dataset = {
        sentences: B,
        tokens: R,
        start,
        words,
        columns: [],
        labels,
        gold: { values: [], ids: new Uint32Array(0) },
      };
      const only = {
        sentences: Int32Array.from({ length: B }, (_, beta) => beta),
        count: B,
        offset: 0,
        length: T,
        tokens: R,
      };
      const batches: Batches = { sweeps: 1, sweep: () => only };
      const epoch = { number: 1, batches, sweepsPerStep: 1, withheld: new Uint8Array(R) };
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
          const result = await gradientStep.run(epoch, 0, dataset, () => true);
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

import assert from 'node:assert/strict';
import { FeatureEncoder } from '../../../src/corpus/features/encoder';
import { activations } from '../../../src/kernels/activation';
import type { Direction } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { createSimdDevice } from '../../../src/kernels/simd/device';
import { unrollNetwork } from '../../../src/model/network/unrolled';
import type { UnrolledNetwork, UnrolledSweep } from '../../../src/model/network/unrolled';
import type { NetworkParameters } from '../../../src/model/parameters';
import { createPredictor } from '../../../src/model/predictor';
import { networkOf } from '../../../src/model/settings/networkOf';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import type { Network } from '../../../src/model/sizes';
import { encode } from '../corpus/features/text';
import { byHand } from './byHand';
import { norm, rowsOf } from './flowByHand';
import { randomModel } from './models';
import { arrow } from './named';
import { bothWays, networkWith, oneWay, randomParameters, randomSentence, relativeError } from './tiny';
import type { LabelledSentence } from './tiny';

const device = createReferenceDevice();
const T = 7;
const networks: readonly [string, Network][] = [
  ['the derivation’s', networkWith()],
  ['features, both ways', networkWith({ E: 4, directions: bothWays })],
  ['two layers both ways', networkWith({ E: 4, layers: 2, directions: bothWays })],
  ['three layers of sigmoid', networkWith({ layers: 3, activation: 'sigmoid' })],
  ['two layers of ReLU', networkWith({ layers: 2, activation: 'relu', directions: oneWay, H: 6 })],
  ['with a CRF', networkWith({ E: 2, transitions: true, layers: 2 })],
  ['trained with dropout and truncation', networkWith({ E: 4, truncation: 2, dropsStates: true })],
];

/** Rows of a sentence's features, with the error at a step. */
function sentenceOf({ features, labels }: LabelledSentence, at: number) {
  const starts = Int32Array.from([0, ...features.map((_, t) => features.slice(0, t + 1).flat().length)]);
  return { starts, ids: Int32Array.from(features.flat()), at, label: labels[at] };
}

const row = (matrix: ArrayLike<number>, width: number, t: number): number[] =>
  Array.from({ length: width }, (_, i) => matrix[t * width + i]);

const plus = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value + b[i]);
const minus = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value - b[i]);
const times = (A: readonly (readonly number[])[], v: readonly number[]): number[] =>
  A.map((line) => line.reduce((sum, value, i) => sum + value * v[i], 0));

/** E_t = −log ŷ_t(y_t) where s_k of one layer and direction is another, what is beside the path held. */
function errorWith(
  parameters: NetworkParameters<Float64Array<ArrayBuffer>>,
  network: Network,
  found: UnrolledNetwork,
  { layer, direction, s, h }: UnrolledSweep,
  k: number,
  at: number,
  label: number,
  change: readonly number[],
): number {
  const { H, L, layers, directions } = network;
  const f = (sums: readonly number[]): number[] => sums.map(activations[network.activation].f);
  const back = direction === 'leftToRight' ? 1 : -1;
  const U = rowsOf(parameters, `U${layer}${arrow[direction]}`, H);
  let state = f(plus(row(s, H, k), change));
  for (let t = k + back; t !== at + back; t += back)
    state = f(plus(row(s, H, t), times(U, minus(state, row(h, H, t - back)))));
  let changed = new Map([[direction, minus(state, row(h, H, at))]]);
  for (let above = layer + 1; above <= layers; above++) {
    const reached = changed;
    changed = new Map(
      directions.map((to) => {
        const sweep = found.sweeps.find((other) => other.layer === above && other.direction === to)!;
        let sums = row(sweep.s, H, at);
        for (const [from, difference] of reached)
          sums = plus(sums, times(rowsOf(parameters, `W${above}${arrow[to]}${arrow[from]}`, H), difference));
        return [to, minus(f(sums), row(sweep.h, H, at))];
      }),
    );
  }
  let z = row(found.z, L, at);
  for (const [from, difference] of changed)
    z = plus(z, times(rowsOf(parameters, `V${arrow[from]}`, H), difference));
  const total = z.reduce((sum, value) => sum + Math.exp(value), 0);
  return Math.log(total) - z[label];
}

/** E_t where s_k of one layer and direction is another, and all that follows from it with it. */
function wholeErrorWith(
  parameters: NetworkParameters<Float64Array<ArrayBuffer>>,
  { H, L, layers, directions, activation }: Network,
  found: UnrolledNetwork,
  changed: UnrolledSweep,
  k: number,
  { at, label }: { readonly at: number; readonly label: number },
  change: readonly number[],
): number {
  const f = (sums: readonly number[]): number[] => sums.map(activations[activation].f);
  const none = new Array<number>(H).fill(0);
  /** By direction, what h_t of the layer below differs by. */
  let below = new Map<Direction, number[][]>();
  for (let layer = changed.layer; layer <= layers; layer++) {
    const reached = below;
    below = new Map(
      directions.map((to) => {
        const sweep = found.sweeps.find((other) => other.layer === layer && other.direction === to)!;
        const U = rowsOf(parameters, `U${layer}${arrow[to]}`, H);
        const steps = Array.from({ length: T }, (_, t) => (to === 'leftToRight' ? t : T - 1 - t));
        const differences: number[][] = [];
        let before = none;
        for (const t of steps) {
          let sums = plus(row(sweep.s, H, t), times(U, before));
          for (const [from, difference] of reached)
            sums = plus(
              sums,
              times(rowsOf(parameters, `W${layer}${arrow[to]}${arrow[from]}`, H), difference[t]),
            );
          if (sweep === changed && t === k) sums = plus(sums, change);
          before = minus(f(sums), row(sweep.h, H, t));
          differences[t] = before;
        }
        return [to, differences];
      }),
    );
  }
  let z = row(found.z, L, at);
  for (const [from, differences] of below)
    z = plus(z, times(rowsOf(parameters, `V${arrow[from]}`, H), differences[at]));
  return Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - z[label];
}

describe('the network unrolled', () => {
  for (const [name, network] of networks) {
    const parameters = randomParameters(network, 9, 3) as NetworkParameters<Float64Array<ArrayBuffer>>;
    const sentence = randomSentence({ ...network, dropsStates: false }, 9, T, 5);
    const { H, L } = network;

    it(`has the s, h, z and ŷ of the formulas: ${name}`, async () => {
      const found = await unrollNetwork(device, parameters, network, sentenceOf(sentence, 3));
      const expected = byHand(parameters, { ...network, truncation: 0 }, sentence);
      assert.equal(found.sweeps.length, network.layers * network.directions.length);
      found.sweeps.forEach(({ layer, direction, s, h }, n) => {
        const states = expected.states[`${layer}${arrow[direction]}`];
        assert.ok(relativeError(h, states.flat()) < 1e-12);
        // Sums are listed in the order of the sweep.
        const sums = Array.from({ length: T }, (_, step) =>
          row(s, H, direction === 'leftToRight' ? step : T - 1 - step),
        );
        assert.ok(relativeError(sums.flat(), expected.s.slice(n * T * H, (n + 1) * T * H)) < 1e-12);
      });
      assert.ok(relativeError(found.z, expected.z.flat()) < 1e-12);
      if (!network.transitions) assert.ok(relativeError(found.yHat, expected.yHat.flat()) < 1e-12);
    });

    it(`has δ_k as finite differences of E_t have it: ${name}`, async () => {
      for (const at of [0, 3, T - 1]) {
        const asked = sentenceOf(sentence, at);
        const found = await unrollNetwork(device, parameters, network, asked);
        const wanted = row(found.yHat, L, at).map((value, l) => value - (l === asked.label ? 1 : 0));
        assert.ok(relativeError(found.residual, wanted) < 1e-12);
        // With a CRF what comes back through z_t is another error's: the softmax of log ŷ_t has the same.
        if (network.transitions) found.z.set(row(found.yHat, L, at).map(Math.log), at * L);
        for (const sweep of found.sweeps) {
          const back = sweep.direction === 'leftToRight' ? -1 : 1;
          for (let k = 0; k < T; k++) {
            const reached = back * (k - at) >= 0;
            const delta = row(sweep.delta, H, k);
            if (!reached) assert.deepEqual(delta.map(Math.abs), delta.fill(0));
            else
              for (let unit = 0; unit < H; unit++) {
                const E = (by: number): number => {
                  const change = Array.from({ length: H }, (_, i) => (i === unit ? by : 0));
                  return errorWith(parameters, network, found, sweep, k, at, asked.label, change);
                };
                const step = 1e-4;
                const difference = (8 * (E(step) - E(-step)) - (E(2 * step) - E(-2 * step))) / (12 * step);
                assert.ok(
                  Math.abs(delta[unit] - difference) < 1e-9,
                  `δ_${k} of ${at}: ${delta[unit]}, ${difference}`,
                );
              }
          }
        }
      }
    });

    it(`has the whole ∂E_t/∂s_k as finite differences have it: ${name}`, async () => {
      const asked = sentenceOf(sentence, 3);
      const found = await unrollNetwork(device, parameters, network, asked);
      if (network.transitions) found.z.set(row(found.yHat, L, 3).map(Math.log), 3 * L);
      for (const sweep of found.sweeps) {
        for (let k = 0; k < T; k++) {
          const gradient = Array.from({ length: H }, (_, unit) => {
            const E = (by: number): number => {
              const change = Array.from({ length: H }, (__, i) => (i === unit ? by : 0));
              return wholeErrorWith(parameters, network, found, sweep, k, asked, change);
            };
            const step = 1e-4;
            return (8 * (E(step) - E(-step)) - (E(2 * step) - E(-2 * step))) / (12 * step);
          });
          const { layer, direction, wholeNorms } = sweep;
          assert.ok(
            Math.abs(wholeNorms[k] - norm(gradient)) < 1e-8,
            `layer ${layer} ${direction}, s_${k}: ${wholeNorms[k]}, ${norm(gradient)}`,
          );
          if (layer === network.layers)
            assert.ok(Math.abs(wholeNorms[k] - norm(row(sweep.delta, H, k))) < 1e-12);
        }
      }
    });

    it(`has norms that γ bounds, and those of what makes up s_t: ${name}`, async () => {
      const at = 4;
      const { sweeps } = await unrollNetwork(device, parameters, network, sentenceOf(sentence, at));
      for (const sweep of sweeps) {
        const { layer, direction, s, h, delta, norms, bound, saturated } = sweep;
        const forward = direction === 'leftToRight';
        assert.equal(norms.length, forward ? at + 1 : T - at);
        norms.forEach((value, distance) => {
          const k = forward ? at - distance : at + distance;
          assert.ok(Math.abs(value - norm(row(delta, H, k))) < 1e-12);
          assert.ok(value <= norms[0] * bound ** distance * (1 + 1e-6));
        });
        assert.ok(norms[0] > 0 && norms[1] > 0);
        const U = rowsOf(parameters, `U${layer}${arrow[direction]}`, H);
        const [b] = rowsOf(parameters, `b${layer}${arrow[direction]}`, H);
        for (let t = 0; t < T; t++) {
          const before = forward ? t - 1 : t + 1;
          const Uh = before < 0 || before >= T ? new Array<number>(H).fill(0) : times(U, row(h, H, before));
          assert.ok(Math.abs(sweep.recurrentNorms[t] - norm(Uh)) < 1e-12);
          assert.ok(Math.abs(sweep.inputNorms[t] - norm(minus(minus(row(s, H, t), Uh), b))) < 1e-12);
          const { derivative, largestDerivative } = activations[network.activation];
          const flat = row(h, H, t).filter((value) => derivative(value) < 0.05 * largestDerivative);
          assert.equal(saturated[t], flat.length);
        }
      }
    });
  }
});

describe('the network unrolled by a predictor', () => {
  const forms: readonly Partial<TrainingSettings>[] = [
    {},
    { loss: 'crf', layers: 2 },
    { input: 'features', activation: 'relu' },
    { input: 'features', loss: 'crf', activation: 'sigmoid', bidirectional: false },
  ];
  const words = ['The', 'cat', 'sat', '猫', 'never-seen', 'the', 'cat'];

  for (const form of forms) {
    const model = randomModel(form);
    const { length: L } = model.labels;

    it(`has the labels and probabilities of labelling: ${JSON.stringify(form)}`, async () => {
      const predictor = createPredictor(device, model);
      const [labelled] = await predictor.predict([words]);
      const { prediction, network, label, rows } = await predictor.unroll(words, undefined, { at: 2 });
      assert.deepEqual(prediction, labelled);
      // The error is that of the label most probable but for the model's own.
      const others = [...row(labelled.probabilities, L, 2)].map((p, l) =>
        l === labelled.labels[2] ? -1 : p,
      );
      assert.equal(label, others.indexOf(Math.max(...others)));
      // Labelling has them by a temperature, the error without.
      const { temperature } = model.calibration!;
      const calibrated = words.flatMap((_, t) => {
        const powers = row(network.yHat, L, t).map((p) => p ** (1 / temperature));
        const total = powers.reduce((sum, value) => sum + value, 0);
        return powers.map((value) => value / total);
      });
      assert.ok(relativeError(labelled.probabilities, calibrated) < 1e-9);
      const encoded = encode(new FeatureEncoder(model.features), words);
      assert.deepEqual(
        rows.map((ids) => [...ids]),
        encoded.map((ids) => [...ids]),
      );
      const { E } = networkOf(model.settings, L);
      assert.equal(network.x.length, words.length * E);
      predictor.dispose();
    });

    it(`is the same with SIMD, to float32: ${JSON.stringify(form)}`, async () => {
      const simd = createSimdDevice();
      const [slow, fast] = [createPredictor(device, model), createPredictor(simd, model)];
      for (const at of [0, 3, 6]) {
        const expected = await slow.unroll(words, undefined, { at, label: 1 });
        const found = await fast.unroll(words, undefined, { at, label: 1 });
        assert.deepEqual(found.prediction.labels, expected.prediction.labels);
        assert.ok(relativeError(found.network.x, expected.network.x) < 1e-5);
        assert.ok(relativeError(found.network.yHat, expected.network.yHat) < 1e-5);
        expected.network.sweeps.forEach((sweep, n) => {
          const other = found.network.sweeps[n];
          assert.ok(relativeError(other.h, sweep.h) < 1e-5);
          assert.ok(relativeError(other.s, sweep.s) < 1e-5);
          assert.ok(relativeError(other.delta, sweep.delta) < 1e-4);
          assert.ok(relativeError(other.norms, sweep.norms) < 1e-4);
        });
      }
      slow.dispose();
      fast.dispose();
      simd.dispose();
    });
  }
});

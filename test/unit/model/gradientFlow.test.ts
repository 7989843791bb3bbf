import assert from 'node:assert/strict';
import { activationNames } from '../../../src/kernels/activation';
import type { Activation } from '../../../src/kernels/activation';
import type { Direction, MatrixData } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { spectralNorm } from '../../../src/model/network/spectralNorm';
import { listDirections } from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import type { Sizes } from '../../../src/model/sizes';
import { flowByHand, norm, rowsOf } from './flowByHand';
import { drawSentence, networkWith, runFlow } from './flowRun';
import { randomNumbers } from './tiny';

const both: readonly Direction[] = ['leftToRight', 'rightToLeft'];
const base = {
  K: 7,
  E: 0,
  H: 5,
  L: 4,
  layers: 1,
  directions: ['leftToRight'],
  transitions: false,
} as const satisfies Sizes;
const device = createReferenceDevice();

function close(actual: number, expected: number, share: number, what: string): void {
  assert.ok(
    Math.abs(actual - expected) <= share * Math.abs(expected) + 1e-300,
    `${what}: ${actual}, not ${expected}`,
  );
}

/** U scaled to a spectral norm. */
function stretch({ layers }: NetworkParameters<MatrixData>, to: number): void {
  for (const { U, b } of layers.flatMap(listDirections)) {
    const now = spectralNorm(U, b.length);
    U.forEach((value, i) => (U[i] = (value * to) / now));
  }
}

/**
 * NetworkParameters and a sentence of 9 tokens whose error, at the fifth, gets through one step at least in
 * each layer and direction: with ReLU, units may be shut.
 */
function drawOpen(sizes: Sizes, activation: Activation) {
  for (let seed = 1; ; seed++) {
    const parameters = randomNumbers(sizes, seed);
    const sentence = drawSentence(sizes.K, sizes.L, 9, 4, seed);
    const expected = flowByHand(parameters, activation, sentence.words, sentence.labels, sentence.t);
    if (expected.every(({ deltas }) => norm(deltas[1]) > 0)) return { parameters, sentence, expected };
  }
}

describe('gradient flow', () => {
  const networks: [string, Partial<Sizes>][] = [
    ['one layer, left to right', {}],
    ['one layer, both directions', { directions: both }],
    ['two layers, left to right', { layers: 2 }],
    ['two layers, both directions', { layers: 2, directions: both }],
    ['two layers, both directions, features', { E: 3, layers: 2, directions: both }],
  ];
  for (const [name, form] of networks) {
    for (const activation of activationNames) {
      it(`is the product of the derivation: ${name}, ${activation}`, async () => {
        const { parameters, sentence, expected } = drawOpen({ ...base, ...form }, activation);
        const { results, sweeps } = await runFlow(
          device,
          parameters,
          networkWith(parameters, activation),
          [sentence],
          9,
        );
        assert.deepEqual(
          sweeps.map(({ layer, direction }) => [layer, direction]),
          expected.map(({ layer, direction }) => [layer, direction]),
        );
        expected.forEach(({ layer, direction, deltas, h }, i) => {
          const sweep = `${layer}, ${direction}`;
          const result = results[layer - 1][direction]!;
          const back = direction === 'leftToRight' ? -1 : 1;
          assert.equal(deltas.length, 5);
          deltas.forEach((delta, distance) =>
            close(
              result.norms[sentence.t + back * distance],
              norm(delta),
              1e-12,
              `‖δ‖ of ${sweep}, ${distance} steps back`,
            ),
          );
          result.h.forEach((value, n) =>
            assert.ok(Math.abs(value - h[Math.floor(n / base.H)][n % base.H]) < 1e-14),
          );
          deltas.forEach((delta, distance) =>
            close(
              sweeps[i].norms[distance],
              norm(delta) / norm(deltas[0]),
              0.006,
              `relative ‖δ‖ of ${sweep}, ${distance} steps back`,
            ),
          );
        });
      });
    }
  }

  it('is that of each sentence alone where several go together, padded, and their mean', async () => {
    const parameters = randomNumbers({ ...base, layers: 2, directions: both }, 3);
    const network = networkWith(parameters, 'tanh');
    const sentences = [
      drawSentence(base.K, base.L, 9, 4, 1),
      undefined,
      drawSentence(base.K, base.L, 6, 3, 2),
      drawSentence(base.K, base.L, 4, 2, 3),
    ];
    const { sweeps } = await runFlow(device, parameters, network, sentences, 11);
    const alone = sentences.flatMap((sentence) =>
      sentence ? [flowByHand(parameters, 'tanh', sentence.words, sentence.labels, sentence.t)] : [],
    );
    sweeps.forEach(({ norms }, i) => {
      const ratios = alone.map((of) => of[i].deltas.map((delta) => norm(delta) / norm(of[i].deltas[0])));
      const reached = (distance: number): number[] =>
        ratios.filter((of) => distance < of.length).map((of) => of[distance]);
      norms.forEach((value, distance) =>
        close(
          value,
          reached(distance).reduce((sum, ratio) => sum + ratio, 0) / reached(distance).length,
          0.006,
          `${distance} steps back`,
        ),
      );
      // As far as half of the three reach.
      assert.equal(norms.length, ratios.map((of) => of.length).sort((a, b) => b - a)[1]);
    });
  });

  it('is measured without dropout and without truncation', async () => {
    const parameters = randomNumbers({ ...base, E: 3 }, 3);
    const sentence = drawSentence(base.K, base.L, 9, 6, 1);
    const plain = await runFlow(device, parameters, networkWith(parameters, 'tanh'), [sentence], 9);
    const trained = await runFlow(
      device,
      parameters,
      networkWith(parameters, 'tanh', { truncation: 2, dropsInput: true, dropsStates: true }),
      [sentence],
      9,
    );
    assert.deepEqual(trained, plain);
    assert.ok(plain.sweeps[0].norms.every((value) => value > 0));
  });

  it('takes the error of the whole sentence’s labels where the loss is a CRF', async () => {
    const parameters = randomNumbers({ ...base, transitions: true }, 3);
    const sentence = drawSentence(base.K, base.L, 7, 5, 1);
    const crf = await runFlow(device, parameters, networkWith(parameters, 'tanh'), [sentence], 7);
    const softmax = await runFlow(
      device,
      parameters,
      networkWith(parameters, 'tanh', { transitions: false }),
      [sentence],
      7,
    );
    assert.equal(crf.sweeps[0].norms.length, 6);
    assert.notDeepEqual(crf.results[0].leftToRight.norms, softmax.results[0].leftToRight.norms);
  });

  it('vanishes at least as fast as the bound where γ is 1/2', async () => {
    for (const activation of ['tanh', 'relu'] as const) {
      const parameters = randomNumbers({ ...base, H: 12, layers: 2, directions: both }, 21);
      stretch(parameters, 0.5);
      const sentences = [1, 2, 3].map((seed) => drawSentence(base.K, base.L, 63, 31, seed));
      for (const { bound, norms } of (
        await runFlow(device, parameters, networkWith(parameters, activation), sentences, 63)
      ).sweeps) {
        assert.equal(bound, 0.5);
        assert.equal(norms.length, 32);
        norms.forEach((value, distance) =>
          assert.ok(value <= 1.005 * 0.5 ** distance, `${activation}, ${distance} steps back: ${value}`),
        );
        assert.ok(norms[31] < 1e-9);
      }
    }
  });

  it('has for the sigmoid a bound of a quarter of ‖U‖₂', async () => {
    const parameters = randomNumbers(base, 4);
    stretch(parameters, 2);
    const [{ bound, norms }] = (
      await runFlow(
        device,
        parameters,
        networkWith(parameters, 'sigmoid'),
        [drawSentence(base.K, base.L, 21, 20, 1)],
        21,
      )
    ).sweeps;
    assert.equal(bound, 0.5);
    norms.forEach((value, distance) => assert.ok(value <= 1.005 * 0.5 ** distance));
  });

  it('explodes where ReLU is linear and U lengthens, exactly by the bound', async () => {
    const parameters = randomNumbers({ ...base, H: 4 }, 2, 0.1);
    const { U, b } = parameters.layers[0].leftToRight;
    // Every s is over 0, and U is a rotation's double: a permutation.
    b.fill(1);
    U.fill(0);
    [1, 2, 3, 0].forEach((to, from) => (U[4 * from + to] = 2));
    const [{ bound, norms, saturated }] = (
      await runFlow(
        device,
        parameters,
        networkWith(parameters, 'relu'),
        [drawSentence(base.K, base.L, 31, 30, 6)],
        31,
      )
    ).sweeps;
    assert.equal(bound, 2);
    norms.forEach((value, distance) => close(value, 2 ** distance, 0.006, `${distance} steps back`));
    assert.equal(saturated, 0);
  });

  it('ends where a norm is not finite any more', async () => {
    const parameters = randomNumbers(base, 2, 0.1);
    parameters.layers[0].leftToRight.b.fill(1e-3);
    parameters.layers[0].leftToRight.U.fill(1e150);
    const [{ norms }] = (
      await runFlow(
        device,
        parameters,
        networkWith(parameters, 'relu'),
        [drawSentence(base.K, base.L, 9, 8, 6)],
        9,
      )
    ).sweeps;
    assert.ok(norms.length < 9 && norms.every(Number.isFinite));
  });

  it('counts the units whose f′ is under a twentieth of its largest', async () => {
    const shares: [Activation, readonly number[], number][] = [
      ['tanh', [2.1, -2.1, 2.3, -2.3], 0.5],
      ['sigmoid', [4.2, -4.2, 4.5, -4.5], 0.5],
      ['relu', [1e-9, 5, -1, 0], 0.5],
    ];
    for (const [activation, b, share] of shares) {
      const parameters = randomNumbers({ ...base, H: 4 }, 1, 0);
      parameters.layers[0].leftToRight.b.set(b);
      // Padding and a missing sentence do not count.
      const sentences = [
        drawSentence(base.K, base.L, 5, 2, 1),
        undefined,
        drawSentence(base.K, base.L, 2, 1, 1),
      ];
      assert.equal(
        (await runFlow(device, parameters, networkWith(parameters, activation), sentences, 8)).sweeps[0]
          .saturated,
        share,
        activation,
      );
    }
  });

  it('has no norms where there is no error, and is the same to the bit each time', async () => {
    const still = randomNumbers(base, 1, 0);
    const sentence = drawSentence(base.K, base.L, 5, 2, 1);
    assert.deepEqual(
      (await runFlow(device, still, networkWith(still, 'tanh'), [sentence], 5)).sweeps[0].norms,
      [],
    );
    const parameters = randomNumbers(base, 1);
    const once = await runFlow(device, parameters, networkWith(parameters, 'tanh'), [sentence], 5);
    assert.deepEqual(await runFlow(device, parameters, networkWith(parameters, 'tanh'), [sentence], 5), once);
  });
});

describe('the spectral norm', () => {
  it('is the largest factor of a diagonal matrix, and 0 of zeros', () => {
    assert.ok(Math.abs(spectralNorm(Float64Array.from([2, 0, 0, 0, -3, 0, 0, 0, 1]), 3) - 3) < 1e-5);
    assert.equal(spectralNorm(new Float64Array(9), 3), 0);
    assert.ok(Math.abs(spectralNorm(Float64Array.from([-1.5]), 1) - 1.5) < 1e-12);
  });

  it('is 1 of a permutation, and that of the root of the largest eigenvalue of AᵀA', () => {
    assert.ok(Math.abs(spectralNorm(Float32Array.from([0, 1, 0, 0, 0, 1, 1, 0, 0]), 3) - 1) < 1e-6);
    // AᵀA of [[1, 2], [3, 4]]: eigenvalues 15 ± √221.
    assert.ok(
      Math.abs(spectralNorm(Float64Array.from([1, 2, 3, 4]), 2) - Math.sqrt(15 + Math.sqrt(221))) < 1e-6,
    );
  });

  it('bounds what a matrix does to any vector', () => {
    const parameters = randomNumbers({ ...base, H: 30 }, 8);
    const bound = spectralNorm(parameters.layers[0].leftToRight.U, 30);
    const rows = rowsOf(parameters, 'U1>', 30);
    for (let seed = 0; seed < 50; seed++) {
      const v = [...randomNumbers({ ...base, H: 30 }, 100 + seed).layers[0].leftToRight.b];
      const image = rows.map((row) => row.reduce((sum, value, i) => sum + value * v[i], 0));
      assert.ok(norm(image) <= 1.001 * bound * norm(v));
    }
  });
});

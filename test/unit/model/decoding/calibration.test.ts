import assert from 'node:assert/strict';
import fc from 'fast-check';
import { uniform } from '../../../../src/common/random';
import {
  applyTemperature,
  calibrate,
  expectedCalibrationError,
  fitTemperature,
} from '../../../../src/model/decoding/calibration';

const L = 5;

/**
 * N tokens whose gold labels are drawn from softmax(z), told by a model that says softmax(z·T): its
 * temperature is T. Sentences of 1 to 9 tokens.
 */
function drawn(N: number, T: number, seed = 1) {
  const yHat = new Float32Array(N * L);
  const gold = new Int32Array(N);
  const sentenceStart = [0];
  for (let n = 0; n < N; n++) {
    const z = Array.from({ length: L }, (_, l) => 4 * (uniform(seed, n, l) + uniform(seed, n, l, 1) - 1));
    const truth = softmax(z);
    yHat.set(softmax(z.map((value) => value * T)), n * L);
    let left = uniform(seed, n, L);
    while (gold[n] < L - 1 && left >= truth[gold[n]]) left -= truth[gold[n]++];
    if (n + 1 - sentenceStart[sentenceStart.length - 1] > uniform(seed, n, L + 1) * 9)
      sentenceStart.push(n + 1);
  }
  if (sentenceStart[sentenceStart.length - 1] !== N) sentenceStart.push(N);
  return { yHat, gold, sentenceStart, L };
}

function softmax(z: readonly number[]): number[] {
  const terms = z.map(Math.exp);
  const sum = terms.reduce((a, b) => a + b);
  return terms.map((term) => term / sum);
}

/** Mean −log of the gold labels’ probabilities at a temperature. */
function loss(yHat: Float32Array<ArrayBuffer>, gold: Int32Array, temperature: number): number {
  let sum = 0;
  gold.forEach((label, n) => {
    const row = Float64Array.from(yHat.subarray(n * L, (n + 1) * L));
    applyTemperature(row, 0, L, temperature);
    sum -= Math.log(row[label]);
  });
  return sum / gold.length;
}

const all = (N: number): number[] => Array.from({ length: N }, (_, n) => n);

describe('temperature scaling', () => {
  it('finds the temperature of models that are too sure, too unsure and neither', () => {
    for (const T of [0.4, 1, 1.7, 3, 6]) {
      const { temperature } = calibrate(drawn(40_000, T))!;
      assert.ok(Math.abs(temperature / T - 1) < 0.04, `${temperature}, not ${T}`);
    }
  });

  it('corrects confidences that were too high or too low', () => {
    const found = calibrate(drawn(40_000, 3))!;
    assert.ok(found.eceUncalibrated > 0.1, String(found.eceUncalibrated));
    assert.ok(found.ece < 0.015, String(found.ece));
  });

  it('ends at the least loss', () => {
    for (const T of [0.4, 1, 3]) {
      const { yHat, gold } = drawn(300, T, 7);
      const found = fitTemperature(yHat, L, gold, all(300));
      for (const factor of [0.5, 0.99, 1.01, 2])
        assert.ok(loss(yHat, gold, found) < loss(yHat, gold, found * factor), `${T}: ${found} · ${factor}`);
    }
  });

  it('fits on sentences with even numbers and measures on the others', () => {
    const set = drawn(2000, 2);
    const odd = (n: number): boolean => set.sentenceStart.filter((start) => start <= n).length % 2 === 0;
    const spoilt = { ...set, gold: set.gold.map((label, n) => (odd(n) ? (label + 1) % L : label)) };
    const found = calibrate(set)!;
    assert.equal(calibrate(spoilt)!.temperature, found.temperature);
    assert.notEqual(calibrate(spoilt)!.ece, found.ece);
    assert.equal(
      fitTemperature(
        set.yHat,
        L,
        set.gold,
        all(2000).filter((n) => !odd(n)),
      ),
      found.temperature,
    );
  });

  it('leaves unknown gold labels out of the fit and counts them as wrong', () => {
    const yHat = Float32Array.of(0.8, 0.2, 0.8, 0.2, 0.6, 0.4, 0.8, 0.2, 0.8, 0.2);
    const sentenceStart = [0, 3, 5];
    const found = calibrate({ yHat, L: 2, gold: Int32Array.of(0, 1, -1, 0, -1), sentenceStart })!;
    // One of two right at 0.8: the fit goes as far as it may, towards 0.5 each.
    const scaled = 1 / (1 + 4 ** (-1 / 10));
    assert.ok(Math.abs(found.temperature - 10) < 1e-3);
    assert.ok(Math.abs(found.eceUncalibrated - 0.3) < 1e-6);
    assert.ok(Math.abs(found.ece - (scaled - 0.5)) < 1e-4);
  });

  it('uses the labels that decoding chose, even where they are not the most probable', () => {
    const yHat = Float32Array.of(0.75, 0.25, 0.25, 0.75, 0.75, 0.25);
    const set = { yHat, L: 2, gold: Int32Array.of(0, 0, 0), sentenceStart: [0, 1, 3] };
    assert.equal(calibrate(set)!.eceUncalibrated, 0.25);
    assert.equal(calibrate({ ...set, chosen: Uint16Array.of(0, 0, 0) })!.eceUncalibrated, 0.5);
    assert.equal(calibrate({ ...set, chosen: Uint16Array.of(0, 1, 1) })!.eceUncalibrated, 0.5);
  });

  it('gives no temperature where one half of the sentences is empty', () => {
    const yHat = Float32Array.of(0.5, 0.5);
    assert.equal(calibrate({ yHat, L: 2, gold: [0], sentenceStart: [0, 1] }), undefined);
    assert.equal(calibrate({ yHat, L: 2, gold: [0], sentenceStart: [0, 0, 1] }), undefined);
    assert.equal(
      calibrate({ yHat: Float32Array.of(1, 0, 1, 0), L: 2, gold: [-1, 0], sentenceStart: [0, 1, 2] }),
      undefined,
    );
    assert.equal(calibrate({ yHat: new Float32Array(0), L: 2, gold: [], sentenceStart: [0] }), undefined);
  });

  it('stays within its bounds and finite for sets without mistakes, with nothing else, and with zeros', () => {
    const fit = (rows: number[], gold: number[]): number =>
      fitTemperature(Float32Array.from(rows), 2, gold, all(gold.length));
    assert.ok(Math.abs(fit([0.9, 0.1], [0]) - 0.1) < 1e-3);
    assert.ok(Math.abs(fit([0.9, 0.1], [1]) - 10) < 0.1);
    assert.equal(fit([0.5, 0.5, 0.5, 0.5], [1, 0]), 1);
    fc.assert(
      fc.property(
        fc.array(fc.record({ p: fc.constantFrom(0, 1, 0.5, 1e-40, 0.3), label: fc.constantFrom(0, 1) }), {
          minLength: 1,
        }),
        (tokens) => {
          const found = fit(
            tokens.flatMap(({ p }) => [p, 1 - p]),
            tokens.map(({ label }) => label),
          );
          assert.ok(found >= 0.0999 && found <= 10.001, String(found));
        },
      ),
    );
  });

  it('is softmax(z/T), keeps the order of labels, and does nothing at T = 1', () => {
    const z = [-1, 2, 0.5, 3];
    const row = Float64Array.of(9, ...softmax(z), 9);
    applyTemperature(row, 1, 4, 2.5);
    assert.deepEqual([row[0], row[5]], [9, 9]);
    softmax(z.map((value) => value / 2.5)).forEach((value, l) =>
      assert.ok(Math.abs(row[1 + l] - value) < 1e-12),
    );
    const same = Float32Array.from(softmax(z));
    applyTemperature(same, 0, 4, 1);
    assert.deepEqual(same, Float32Array.from(softmax(z)));
    const certain = Float32Array.of(0, 1, 0);
    applyTemperature(certain, 0, 3, 3);
    assert.deepEqual([...certain], [0, 1, 0]);
  });
});

describe('the expected calibration error', () => {
  it('weighs each bin’s gap by its tokens', () => {
    assert.ok(
      Math.abs(
        expectedCalibrationError([0.95, 0.95, 0.95, 0.95, 0.5], [1, 1, 0, 1, 1]) - (4 * 0.2 + 0.5) / 5,
      ) < 1e-12,
    );
    assert.ok(
      Math.abs(expectedCalibrationError([0.2, 0.4, 0.6, 0.8], [0, 1, 0, 1], 2) - (0.4 + 0.4) / 4) < 1e-12,
    );
    assert.equal(expectedCalibrationError([1, 1, 0], [1, 1, 0]), 0);
    assert.equal(expectedCalibrationError([], []), 0);
  });

  it('puts a bound into the lower of its bins', () => {
    assert.equal(expectedCalibrationError([0.5, 0.25], [1, 0], 2), 0.125);
    assert.equal(expectedCalibrationError([0.5, 0.75], [1, 0], 2), 0.625);
  });

  it('is near 0 where confidences are true', () => {
    const confidence = Array.from({ length: 50_000 }, (_, n) => uniform(3, n));
    const correct = confidence.map((value, n) => Number(uniform(4, n) < value));
    assert.ok(expectedCalibrationError(confidence, correct) < 0.01);
    assert.ok(
      expectedCalibrationError(
        confidence,
        correct.map((value) => 1 - value),
      ) > 0.3,
    );
  });
});

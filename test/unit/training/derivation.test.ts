import assert from 'node:assert/strict';
import { parseCommand } from '../../../src/cli/usage';
import { initialParameters } from '../../../src/model/initialise';
import { plainArrays } from '../../../src/model/parameters';
import { networkOf, sizesOf } from '../../../src/model/settings/networkOf';
import { epochData } from '../../../src/training/epochData';
import { encoderOf, featuresOf } from '../../../src/training/features';
import { resolveSettings } from '../../../src/training/resolveSettings';
import { corpusOf, smallLanguage } from './corpora';
import { resolved } from './resolved';
import { run } from './runs';

const command = parseCommand(
  'train corpus --input one-hot --batch 1 --optimizer sgd --hidden 128'.split(' '),
);
assert.ok(command.name === 'train');
const settings = resolved(command.settings);

type Matrix = number[][];
type Vector = number[];

interface Plain {
  readonly U: Matrix;
  readonly V: Matrix;
  /** By column: W x_t of each word. */
  readonly W: Matrix;
  readonly b: Vector;
  readonly c: Vector;
}

const times = (M: Matrix, v: Vector): Vector => M.map((row) => row.reduce((sum, m, j) => sum + m * v[j], 0));
const timesTransposed = (M: Matrix, v: Vector): Vector =>
  M[0].map((_, j) => M.reduce((sum, row, i) => sum + row[j] * v[i], 0));
const plus = (...vectors: Vector[]): Vector =>
  vectors[0].map((_, i) => vectors.reduce((sum, v) => sum + v[i], 0));

/**
 * One step of the derivation's gradient descent, on one sentence: for each t the error E_t goes back through
 * all k ≤ t by itself. Gives Σ E_t.
 */
function step(
  { U, V, W, b, c }: Plain,
  words: readonly number[],
  labels: readonly number[],
  rate: number,
): number {
  const H = b.length;
  const T = words.length;
  const h: Matrix = [];
  const yHat: Matrix = [];
  for (let t = 0; t < T; t++) {
    h.push(plus(times(U, h[t - 1] ?? new Array<number>(H).fill(0)), W[words[t]], b).map(Math.tanh));
    const exponentials = plus(times(V, h[t]), c).map(Math.exp);
    const total = exponentials.reduce((sum, e) => sum + e, 0);
    yHat.push(exponentials.map((e) => e / total));
  }
  const zeros = (M: Matrix): Matrix => M.map((row) => row.map(() => 0));
  const [dU, dV, dW, db, dc] = [zeros(U), zeros(V), zeros(W), b.map(() => 0), c.map(() => 0)];
  const addOuter = (M: Matrix, left: Vector, right: Vector): void =>
    left.forEach((l, i) => right.forEach((r, j) => (M[i][j] += l * r)));
  const add = (v: Vector, w: Vector): void => w.forEach((x, i) => (v[i] += x));
  let loss = 0;
  for (let t = 0; t < T; t++) {
    const error = yHat[t].map((y, l) => y - (l === labels[t] ? 1 : 0));
    loss -= Math.log(yHat[t][labels[t]]);
    addOuter(dV, error, h[t]);
    add(dc, error);
    // δ_t = Vᵀ(ŷ_t − y_t) ∘ f′(s_t), δ_k = Uᵀ δ_{k+1} ∘ f′(s_k)
    let back = timesTransposed(V, error);
    for (let k = t; k >= 0; k--) {
      const delta = back.map((d, i) => d * (1 - h[k][i] ** 2));
      if (k > 0) addOuter(dU, delta, h[k - 1]);
      add(dW[words[k]], delta);
      add(db, delta);
      back = timesTransposed(U, delta);
    }
  }
  const descend = (M: Matrix, dM: Matrix): void =>
    M.forEach((row, i) => row.forEach((_, j) => (row[j] -= rate * dM[i][j])));
  descend(U, dU);
  descend(V, dV);
  descend(W, dW);
  descend([b], [db]);
  descend([c], [dc]);
  return loss;
}

const rows = (values: ArrayLike<number>, columns: number): Matrix =>
  Array.from({ length: values.length / columns }, (_, i) =>
    Array.from({ length: columns }, (_, j) => values[i * columns + j]),
  );

describe('--input one-hot --batch 1 --optimizer sgd --hidden 128', () => {
  it('is the derivation’s network and nothing else', () => {
    assert.deepEqual(networkOf(settings, 17), {
      E: 0,
      H: 128,
      L: 17,
      layers: 1,
      directions: ['leftToRight'],
      transitions: false,
      activation: 'tanh',
      truncation: 0,
      dropsInput: false,
      dropsStates: false,
    });
    const ofSpans = resolveSettings(settings, { scheme: 'IOB2', labels: [], sentences: { training: 100 } });
    assert.deepEqual(ofSpans, settings, 'for spans too');
    const { optimizer, batch, schedule, clip, tableRate, inputDropout, dropout, averaging, patience } =
      settings;
    assert.deepEqual(
      { optimizer, batch, schedule, clip, tableRate, inputDropout, dropout, averaging, patience },
      {
        optimizer: 'sgd',
        batch: 1,
        schedule: 'constant',
        clip: 0,
        tableRate: 1,
        inputDropout: 0,
        dropout: 0,
        averaging: false,
        patience: 0,
      },
    );
  });

  it('trains as the derivation written out by hand, to a billionth', async () => {
    // Each word occurs more than once: none is taken for the unknown word.
    const training = smallLanguage(4, 1).flatMap((sentence) => [sentence, sentence]);
    const corpus = corpusOf({ training });
    const { labels, splits } = corpus;
    const encoder = encoderOf(corpus, featuresOf(corpus, settings));
    const K = corpus.words.length + 1;
    assert.equal(encoder.rows, K);
    const initial = initialParameters(
      sizesOf(networkOf(settings, labels.length), K),
      settings.activation,
      settings.seed,
      plainArrays('float64'),
    );
    const { U, b, W } = initial.layers[0].leftToRight;
    assert.deepEqual(initial, {
      layers: [{ leftToRight: { U, b, W: [W[0]] } }],
      V: [initial.V[0]],
      c: initial.c,
    });
    const plain: Plain = {
      U: rows(U, 128),
      V: rows(initial.V[0], 128),
      W: rows(W[0], 128),
      b: [...b],
      c: [...initial.c],
    };

    const { result, epochs } = await run(corpus, { ...settings, epochs: 2, learningRate: 0.1 });
    const { start, words, labels: gold } = splits.training;
    const expected: number[] = [];
    for (const epoch of [1, 2]) {
      const { batches } = epochData(corpus, settings, epoch);
      assert.equal(batches.sweeps, training.length);
      let loss = 0;
      for (let index = 0; index < batches.sweeps; index++) {
        const [sentence] = batches.sweep(index).sentences;
        const [from, to] = [start[sentence], start[sentence + 1]];
        // Rows of W: the unknown word first, then the words by number.
        loss += step(
          plain,
          Array.from(words.subarray(from, to), (word) => word + 1),
          [...gold.subarray(from, to)],
          0.1,
        );
      }
      expected.push(loss / splits.training.tokens);
    }
    const near = (actual: ArrayLike<number>, wanted: readonly number[], what: string): void =>
      wanted.forEach((value, i) =>
        assert.ok(Math.abs(actual[i] - value) < 1e-9, `${what}[${i}] is ${actual[i]}, not ${value}`),
      );
    near(
      epochs.map(({ loss }) => loss),
      expected,
      'loss',
    );
    const { layers, V, c } = result.model.parameters;
    near(layers[0].leftToRight.U, plain.U.flat(), 'U');
    near(V[0], plain.V.flat(), 'V');
    near(layers[0].leftToRight.W[0], plain.W.flat(), 'W');
    near(layers[0].leftToRight.b, plain.b, 'b');
    near(c, plain.c, 'c');
    assert.notDeepEqual(rows(U, 128), plain.U, 'something was learned');
  });
});

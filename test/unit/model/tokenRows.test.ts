import assert from 'node:assert/strict';
import { FeatureEncoder } from '../../../src/corpus/features/encoder';
import { oneHotTemplates } from '../../../src/corpus/features/lists';
import type { Sweep } from '../../../src/model/batches';
import { TokenRows } from '../../../src/model/tokenRows';
import type { FeatureSource } from '../../../src/model/tokenRows';
import { featuresFrom } from './minibatches';

/** Sentences of words 0, 1, 2 and of 3, 4, 5, 6. */
const sentences = { start: Uint32Array.of(0, 3, 7), words: Uint32Array.of(0, 1, 2, 3, 4, 5, 6) };
const sweepOf = (offset: number, length: number, ...numbers: number[]): Sweep => ({
  sentences: Int32Array.from(numbers),
  count: 2,
  offset,
  length,
  tokens: 7,
});

function filled(features: FeatureSource, sweep: Sweep, withheld?: Uint8Array) {
  const B = sweep.sentences.length;
  const rows = new TokenRows(features);
  const [mask, y] = [new Float32Array(sweep.length * B).fill(9), new Float32Array(sweep.length * B).fill(9)];
  rows.fill(
    { sweep, first: 0, B, T: sweep.length },
    { ...sentences, ...(withheld && { withheld }) },
    mask,
    y,
    Int32Array.of(10, 11, 12, 13, 14, 15, 16),
  );
  const ids = Array.from({ length: mask.length }, (_, r) =>
    [...rows.ids.subarray(rows.starts[r], rows.starts[r + 1])].sort((a, b) => a - b),
  );
  assert.equal(rows.count, ids.flat().length);
  return { mask: [...mask], y: [...y], ids };
}

describe('the rows of a sweep', () => {
  const list = [[5], [6, 7], [], [8], [9], [1, 2, 3], [4]];

  it('are tokens in the order of time, with their features, labels and mask', () => {
    const { mask, y, ids } = filled(featuresFrom(list), sweepOf(0, 4, 1, -1, 0));
    assert.deepEqual(ids, [[8], [], [5], [9], [], [6, 7], [1, 2, 3], [], [], [4], [], []]);
    assert.deepEqual(y, [13, 0, 10, 14, 0, 11, 15, 0, 12, 16, 0, 0]);
    assert.deepEqual(mask, [1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0]);
  });

  it('go on where the window before ended', () => {
    const { mask, ids } = filled(featuresFrom(list), sweepOf(2, 2, 0, 1));
    assert.deepEqual(ids, [[], [1, 2, 3], [], [4]]);
    assert.deepEqual(mask, [1, 1, 0, 1]);
  });

  it('take any number of features', () => {
    const many = list.map((_, word) => Array.from({ length: 1000 }, (__, n) => word * 1000 + n));
    assert.deepEqual(
      filled(featuresFrom(many), sweepOf(0, 4, 0, 1)).ids,
      [0, 3, 1, 4, 2, 5, undefined, 6].map((word) => (word === undefined ? [] : many[word])),
    );
  });
});

describe('a sentence of thousands of windows', () => {
  it('is gone through once: room is asked for the tokens of each window alone', () => {
    const [windows, T] = [4000, 5];
    const tokens = windows * T - 2;
    let asked = 0;
    let written = 0;
    const rows = new TokenRows({
      write: (_, _first, _end, at, out, to) => {
        written++;
        out[to] = at;
        return to + 1;
      },
      roomFor: (_, first, end) => {
        asked += end - first;
        return end - first;
      },
    });
    const whole = { start: Uint32Array.of(0, tokens), words: new Uint32Array(tokens) };
    for (let window = 0; window < windows; window++) {
      const sweep = sweepOf(window * T, T, 0);
      rows.fill({ sweep, first: 0, B: 1, T }, whole, new Float32Array(T));
      assert.deepEqual(
        [...rows.ids.subarray(0, rows.count)],
        Array.from({ length: Math.min(T, tokens - window * T) }, (_, t) => window * T + t),
      );
    }
    assert.deepEqual({ asked, written }, { asked: tokens, written: tokens });
  });
});

describe('words that are withheld', () => {
  const words = ['the', 'cat', 'sat', 'A', 'cat', 'or', 'a'];
  const withheld = Uint8Array.of(0, 1, 0, 1, 0, 0, 0);

  function ids(encoder: FeatureEncoder): number[][] {
    words.forEach((word) => encoder.typeOf(word));
    const types = words.map((word) => encoder.typeOf(word));
    const source: FeatureSource = {
      write: (_, first, end, at, out, to, held) => encoder.write(types, first, end, at, out, to, held),
      roomFor: (_, first, end) => encoder.roomFor(types, first, end),
    };
    return [sweepOf(0, 3, 0), sweepOf(0, 4, 1)].flatMap((sweep) => filled(source, sweep, withheld).ids);
  }

  it('are the unknown word with one-hot input', () => {
    const encoder = new FeatureEncoder({
      templates: oneHotTemplates,
      attributes: [{ name: 'word', values: ['<unknown>', 'the', 'cat', 'sat', 'a', 'or'] }],
      oneHot: true,
    });
    assert.deepEqual(ids(encoder), [[1], [0], [3], [0], [2], [5], [4]]);
  });

  it('keep their form with features, and are unknown to their neighbours too', () => {
    const templates = [
      { attribute: 'word', offset: 0 },
      { attribute: 'suffix:1', offset: 0 },
      { attribute: 'word', offset: -1 },
      { attribute: 'pair', offset: -1 },
    ];
    const attributes = [
      { name: 'word', values: ['the', 'cat', 'A'] },
      { name: 'suffix:1', values: ['t', 'e', 'a'] },
      { name: 'pair', values: ['the\ncat', 'cat\nor'] },
    ];
    // Word 0 to 2 and the unknown one 3; suffix 4 to 6; the word before 7 to 9, its edge 10, the unknown one
    // 11; pair 12 and 13.
    assert.deepEqual(ids(new FeatureEncoder({ templates, attributes, oneHot: false })), [
      [0, 5, 10],
      [3, 4, 7],
      [3, 4, 11],
      [3, 6, 10],
      [1, 4, 11],
      [3, 8, 13],
      [3, 6, 11],
    ]);
  });
});

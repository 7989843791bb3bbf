import assert from 'node:assert/strict';
import type { Measured, Times } from '../../../bench/step/participants';
import { stepFigures, stepReaches, stepTable } from '../../../bench/step/stepReport';

const shape = { B: 32, T: 25, E: 64, H: 128, L: 17, K: 10_000 };
const ours = (name: string, threads: number, ...times: number[]): Times => ({
  name,
  threads,
  input: 'table',
  peer: false,
  times,
});
const theirs = (name: string, threads: number, ...times: number[]): Times => ({
  name,
  threads,
  input: 'table',
  peer: true,
  times,
  peakBytes: 2 ** 28,
});
const oneHot: Times = { name: 'simd', threads: 1, input: 'one-hot', peer: false, times: [0.1, 0.1] };

const measured: Measured = {
  all: [
    ours('simd', 1, 4, 4),
    ours('simd', 2, 2, 2),
    ours('webasm', 1, 60, 60),
    oneHot,
    theirs('PyTorch', 1, 3, 3),
    theirs('PyTorch', 2, 5, 5),
    theirs('PyTorch, OpenBLAS on 1', 2, 2.5, 2.5),
    theirs('TensorFlow.js wasm', 1, 100, 100),
  ],
  limits: [50, 50],
};

describe('bench: step report', () => {
  it('holds one thread against one, all cores against the fastest setting, and sentences against the fastest too', () => {
    const { sentence, minibatch, allCores, tfjsSentence, tfjsMinibatch, threads } = stepReaches(
      measured,
      measured,
    );
    assert.deepEqual(
      { sentence, minibatch, allCores, tfjsSentence, tfjsMinibatch, threads },
      {
        sentence: 2.5 / 4,
        minibatch: 3 / 4,
        allCores: 2.5 / 2,
        tfjsSentence: 25,
        tfjsMinibatch: 25,
        threads: 2,
      },
    );
  });

  it('leaves a bar open where ours or theirs is missing', () => {
    const without = (name: string): Measured => ({
      ...measured,
      all: measured.all.filter((times) => !times.name.startsWith(name)),
    });
    const missing = (reached: ReturnType<typeof stepReaches>) =>
      Object.entries(reached)
        .filter(([, value]) => typeof value !== 'number')
        .map(([name]) => name);
    assert.deepEqual(missing(stepReaches(without('PyTorch'), without('PyTorch'))), [
      'sentence',
      'minibatch',
      'allCores',
    ]);
    assert.deepEqual(missing(stepReaches(measured, without('TensorFlow.js'))), ['tfjsMinibatch']);
    assert.equal(missing(stepReaches(without('simd'), without('simd'))).length, 6);
    assert.equal(missing(stepReaches(undefined, undefined)).length, 6);
  });

  it('shows the share of the limit of as many cores as there are threads', () => {
    // 3·2·800·128·(64 + 128 + 17) operations: 128.4 million.
    const { columns, rows, notes } = stepTable(shape, 'table', measured, ['TensorFlow.js: not installed']);
    const share = columns.indexOf('of limit');
    const row = (name: string, threads: string) =>
      rows.find((cells) => cells[0] === name && cells[1] === threads)!;
    assert.equal(row('simd', '1')[share], '64.2 %');
    assert.equal(row('simd', '2')[share], '64.2 %');
    assert.equal(row('simd', '1')[columns.indexOf('against PyTorch')], '0.625×');
    assert.ok(!rows.some((cells) => cells.includes('0.1')), 'one-hot steps are another table');
    assert.ok(
      notes!.some((note) => note.includes('OpenBLAS on 1, 2 threads')) &&
        notes!.some((note) => note.includes('not installed')),
    );
  });

  it('compares one-hot steps with no peer', () => {
    const { columns, rows } = stepTable(shape, 'one-hot', measured, []);
    assert.equal(rows.length, 1);
    assert.ok(!columns.includes('against PyTorch'));
    const { contenders } = stepFigures(shape, measured) as { contenders: Record<string, unknown>[] };
    assert.deepEqual(
      contenders.map((entry) => 'againstPyTorch' in entry),
      measured.all.map(({ input }) => input === 'table'),
    );
  });
});

import assert from 'node:assert/strict';
import { barTable, bars, judge } from '../../../bench/bars';
import { benchmarks, parseOptions, UsageError } from '../../../bench/options';
import { figure, megabytes, renderTable, threadCount } from '../../../bench/table';

describe('bench: tables', () => {
  it('puts columns under each other, numbers to the right', () => {
    const text = renderTable({
      title: 'Times',
      columns: ['', 'ms', 'what'],
      rows: [
        ['simd', '1.5', 'né'],
        ['PyTorch', '12', '–'],
      ],
      notes: ['Two.'],
    });
    assert.deepEqual(text.split('\n'), [
      'Times',
      '',
      '          ms  what',
      '───────  ───  ────',
      'simd     1.5  né',
      'PyTorch   12  –',
      '  Two.',
    ]);
  });

  it('counts a letter with an accent of its own as one column', () => {
    const [, , head, rule] = renderTable({ title: '', columns: ['e\u0301'], rows: [] }).split('\n');
    assert.deepEqual([head, rule], ['e\u0301', '─']);
  });

  it('writes three significant digits', () => {
    assert.deepEqual([0.012345, 1.2345, 12.345, 123.45, 1234567, NaN].map(figure), [
      '0.0123',
      '1.23',
      '12.3',
      '123',
      '1,234,567',
      '–',
    ]);
    assert.deepEqual([megabytes(undefined), megabytes(3 * 2 ** 20)], ['', '3 MB']);
    assert.deepEqual([0, 1, 2].map(threadCount), ['its own threads', '1 thread', '2 threads']);
  });
});

describe('bench: bars', () => {
  it('says of each figure whether the bar is met: at least it, or below it', () => {
    const met = (reached: Parameters<typeof judge>[0]) => judge(reached).map((bar) => bar.met);
    assert.deepEqual(met({ sentence: bars.sentence.limit }), [true]);
    assert.deepEqual(met({ sentence: bars.sentence.limit - 0.01 }), [false]);
    assert.deepEqual(met({ hostDelay: bars.hostDelay.limit - 0.01 }), [true]);
    assert.deepEqual(met({ hostDelay: bars.hostDelay.limit }), [false]);
    assert.deepEqual(met({ memory: NaN, sentence: NaN }), [false, false]);
  });

  it('shows a bar for which there is no figure with the reason, and neither as met nor as missed', () => {
    const judged = judge({ tagging: { missing: 'no simd' } });
    assert.deepEqual(
      judged.map(({ met, figure: reached }) => [met, reached]),
      [[undefined, undefined]],
    );
    assert.deepEqual(barTable(judged).rows, [
      [bars.tagging.what, '≥ 400,000 tokens/s', 'not measured: no simd', ''],
    ]);
  });

  it('keeps the order of the bars, not that of the benchmarks', () => {
    assert.deepEqual(
      judge({ memory: 1, sentence: 7 }).map(({ name }) => name),
      ['sentence', 'memory'],
    );
  });
});

describe('bench: options', () => {
  it('runs everything unless told otherwise, in its own order', () => {
    assert.deepEqual(parseOptions([]).only, [...benchmarks]);
    assert.deepEqual(parseOptions(['--only', 'tag,step']).only, ['step', 'tag']);
    const { quick, json } = parseOptions(['--quick', '--json']);
    assert.deepEqual([quick, json], [true, true]);
  });

  it('refuses what it does not know, naming what there is', () => {
    assert.throws(
      () => parseOptions(['--only', 'step,steps']),
      (error) =>
        error instanceof UsageError && error.message.includes('"steps"') && error.message.includes('memory'),
    );
    for (const args of [['--onyl', 'step'], ['step'], ['--only']])
      assert.throws(() => parseOptions(args), UsageError);
  });
});

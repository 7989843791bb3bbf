import assert from 'node:assert/strict';
import { readHistory } from '../../../src/record/historyRecord';
import { readRunRecord } from '../../../src/record/readRunRecord';
import { cellText } from '../../../src/report/csv';
import { formatOf, reportText, textFormats } from '../../../src/report/formats';
import type { ReportedRun } from '../../../src/report/reportedRun';
import { emptyHistory } from '../../../src/run/history';
import { historyTo, stepsPerEpoch } from '../../panel/runs';
import { doneRun, hostile, hostileRun } from './runs';

const english = { language: 'en' };

/** Cells of a line of Markdown's table: bars that are escaped part nothing. */
const cellsOf = (line: string): number => line.split(/(?<!\\)\|/).length - 2;

describe('what is written of a run', () => {
  it('is chosen by the ending', () => {
    assert.deepEqual(
      ['a.html', 'a.HTM', 'a.b.csv', 'a.json', 'a.md', 'a.markdown', 'a.svg', 'a.png', 'a.pdf', 'html'].map(
        formatOf,
      ),
      ['html', 'html', 'csv', 'json', 'md', 'md', 'svg', 'png', undefined, undefined],
    );
  });

  it('holds hostile names as text only', () => {
    for (const format of ['html', 'svg'] as const) {
      const text = reportText(hostileRun(), format, english);
      assert.doesNotMatch(text, /<img|<\/?script|onerror=alert\(1\)>/, format);
      assert.match(text, /&lt;img src=x onerror=alert\(1\)&gt;/);
    }
    const markdown = reportText(hostileRun(), 'md', english);
    assert.doesNotMatch(markdown, /(?<!\\)<img/);
    for (const format of textFormats) assert.ok(reportText(hostileRun(), format, english).length > 0);
  });

  it('is drawn of one point, and of none', () => {
    const single = doneRun({ history: historyTo(1), notices: [] });
    assert.match(reportText(single, 'svg', { ...english, chart: 'loss' }), /<circle /);
    const none = doneRun({ history: emptyHistory, step: 0 });
    for (const format of textFormats) {
      const text = reportText(none, format, english);
      assert.doesNotMatch(text, /NaN|undefined|Infinity/, format);
    }
  });

  it('has no figure that is no number, also where losses are none', () => {
    const history = historyTo(700);
    const losses = history.losses.map((loss, i) => (i > 500 ? NaN : loss));
    const run = doneRun({ history: { ...history, losses } });
    assert.doesNotMatch(reportText(run, 'svg', english), /NaN|Infinity/);
    assert.doesNotMatch(reportText(run, 'csv', english), /NaN|Infinity/);
  });
});

describe('the page of a run', () => {
  const page = reportText(doneRun(), 'html', english);

  it('says what the loss panel says', () => {
    for (const text of [
      'UD_English-EWT · UPOS',
      'Done · epoch 12 of 20 · 2 min 06 s',
      'a tenth of the documents is held out',
      'simd, 2 threads',
      'lower is better',
      'Gradient flow',
      'WebAssembly SIMD, 2 threads',
      'about 9,010',
      'learningRate',
    ])
      assert.ok(page.includes(text), text);
    assert.equal(page.match(/<svg /g)?.length, 6);
  });

  it('loads nothing and runs nothing', () => {
    assert.match(page, /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; /);
    assert.doesNotMatch(page, /<script|<link|<img|<iframe|\bsrc=|\bhref=|url\(|@import/);
  });
});

describe('the history as CSV', () => {
  const rows = reportText(doneRun(), 'csv', english).trimEnd().split('\r\n');
  const names = rows[0].split(',');

  it('has a row for each point, and each epoch beside its last step', () => {
    const { history } = doneRun().state;
    assert.equal(rows.length - 1, history.steps.length);
    const steps = rows.slice(1).map((row) => Number(row.split(',')[names.indexOf('step')]));
    assert.deepEqual(steps, history.steps);
    const losses = rows.slice(1).map((row) => Number(row.split(',')[names.indexOf('training_loss')]));
    assert.deepEqual(losses, history.losses);
    const accuracies = rows.slice(1).map((row) => row.split(',')[names.indexOf('accuracy')]);
    assert.deepEqual(
      accuracies.filter((cell) => cell !== '').map(Number),
      history.epochs.map(({ development }) => development?.accuracy),
    );
    for (const row of rows) assert.equal(row.split(',').length, names.length);
  });

  it('has no cell that a spreadsheet takes for a formula', () => {
    for (const text of ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '-'])
      assert.equal(cellText(text), `'${text}`);
    assert.equal(cellText('\r=1'), '"\'\r=1"');
    assert.equal(cellText('=HYPERLINK("a","b")'), '"\'=HYPERLINK(""a"",""b"")"');
  });

  it('leaves numbers as they are', () => {
    assert.deepEqual([-0.5, 1e-7, 3, NaN, undefined].map(cellText), ['-0.5', '1e-7', '3', '', '']);
    assert.deepEqual(['-0.5', '-1e-7', '12'].map(cellText), ['-0.5', '-1e-7', '12']);
  });
});

describe('F1 of labels by epoch', () => {
  const labels = ['=1+1', '@SUM(A1)', hostile, ''];
  const f1 = (label: number, epoch: number): number => Math.min(1, (10 * epoch) / (1000 * (label + 1)));
  /** The score is best in epoch 41. */
  const runOf = (epochs: number): ReportedRun => {
    const { epochs: records } = historyTo(stepsPerEpoch * epochs);
    const scored = records.map((record) => ({
      ...record,
      development: { ...record.development!, accuracy: record.epoch === 41 ? 0.99 : 0.9 },
      labels: labels.map((label, i) => [label, f1(i, record.epoch)] as const),
    }));
    return doneRun({ history: { steps: [1], losses: [1], epochs: scored } });
  };

  it('is a table of Markdown, of many epochs the first, the best, the last and some between', () => {
    const lines = reportText(runOf(100), 'md', english).split('\n');
    const title = lines.indexOf('## F1 by label and epoch');
    const cells = (line: string): string[] =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim());
    const [head, , ...rows] = lines.slice(title + 2, title + 8).map(cells);
    assert.deepEqual(head, [
      'Label',
      ...['1', '15', '29', '41\\, the best', '58', '72', '86', '100'].map((n) => `Epoch ${n}`),
      'Learned by epoch',
    ]);
    assert.deepEqual(rows[0], [
      '\\=1\\+1',
      ...['1.0', '15.0', '29.0', '41.0', '58.0', '72.0', '86.0', '100.0'].map(
        (n) => `${n.replace('.', '\\.')} \\%`,
      ),
      '90',
    ]);
    assert.equal(rows.length, labels.length);
    assert.equal(rows[3][0], '\\(no type\\)');
    assert.match(
      lines[title + 9],
      /^Of 100 epochs the first\\, the best\\, the last and some between them\\. Of the labels/,
    );
  });

  it('is a table of all epochs, where there are few', () => {
    const text = reportText(runOf(8), 'md', english);
    assert.match(text, /^\| Label \|( Epoch \d \|){7} Epoch 8\\, the best \| Learned by epoch \|$/m);
    assert.doesNotMatch(text, /Of 8 epochs/);
    assert.doesNotMatch(reportText(doneRun(), 'md', english), /F1 by label/);
  });

  it('is small curves on the page, each told in words', () => {
    const page = reportText(runOf(100), 'html', english);
    const curves: readonly string[] = page.match(/<td class="curve"><svg .*?<\/svg>/g) ?? [];
    assert.equal(curves.length, labels.length);
    assert.match(curves[0], /aria-label="from 1\.0 % after epoch 1 to 100\.0 % after epoch 100"/);
    assert.match(curves[0], /<polyline points="2,18.8 /);
    assert.match(page, /<th scope="row">&lt;img src=x/);
    assert.doesNotMatch(page, /<script|<img/);
  });

  it('is rows of CSV behind that of its epoch, and no label in them is a formula', () => {
    const run = runOf(12);
    const rows = reportText(run, 'csv', english)
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(','));
    const [names] = rows;
    const of = rows.slice(1).filter((row) => row[names.indexOf('label_f1')] !== '');
    assert.equal(of.length, 12 * labels.length);
    const figures = of.map((row) => [
      row[names.indexOf('epoch')],
      row[names.indexOf('label')],
      Number(row[names.indexOf('label_f1')]),
    ]);
    assert.deepEqual(figures.slice(4, 6), [
      ['2', "'=1+1", f1(0, 2)],
      ['2', "'@SUM(A1)", f1(1, 2)],
    ]);
    for (const row of of) assert.equal(row[names.indexOf('training_loss')], '');
    // The rows of steps are as many as without labels.
    assert.equal(rows.length - 1 - of.length, 13);
    for (const row of rows) assert.equal(row.length, names.length);
  });

  it('is in the JSON, from which the same is written again', async () => {
    const run = runOf(12);
    const text = reportText(run, 'json', english);
    const { history } = await readHistory(new TextEncoder().encode(text));
    assert.deepEqual(history, run.state.history);
  });
});

describe('the history as JSON', () => {
  it('is read again as it was', async () => {
    const run = doneRun();
    const text = reportText(run, 'json', english);
    const { history, damaged } = await readHistory(new TextEncoder().encode(text));
    assert.equal(damaged, false);
    assert.deepEqual(history, run.state.history);
    const { record } = readRunRecord(text, 'run-1');
    assert.equal(record.corpusName, 'UD_English-EWT');
    assert.deepEqual(record.settings, run.record.settings);
  });
});

describe('the tables as Markdown', () => {
  it('have as many cells in each row as in their head, whatever stands in them', () => {
    const lines = reportText(hostileRun(), 'md', english)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    const heads = lines.flatMap((line, i) => (/^\|( (:--|--:) \|)+$/.test(line) ? [i - 1] : []));
    assert.equal(heads.length, 3);
    let head = 0;
    lines.forEach((line, i) => {
      if (heads.includes(i)) head = cellsOf(line);
      assert.equal(cellsOf(line), head, line);
    });
    assert.ok(hostile.includes('|'));
  });
});

import assert from 'node:assert/strict';
import { readHistory } from '../../../src/record/historyRecord';
import { readRunRecord } from '../../../src/record/readRunRecord';
import { cellText } from '../../../src/report/csv';
import { formatOf, reportText, textFormats } from '../../../src/report/formats';
import { emptyHistory } from '../../../src/run/history';
import { historyTo } from '../../panel/runs';
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

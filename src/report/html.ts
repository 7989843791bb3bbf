import * as l10n from '../common/l10n';
import { runTitle } from '../record/runTitle';
import { drawChart } from './chart';
import type { RunChart } from './chart';
import { runPalette } from './drawing';
import type { Palette } from './drawing';
import { markup, openingTag } from './markup';
import type { Markup } from './markup';
import type { ReportedRun } from './reportedRun';
import { runCharts } from './runCharts';
import { drawSparkline } from './sparkline';
import { styles } from './styles';
import { svgOf } from './svg';
import type { RowCurve, Table } from './table';
import { figuresOf, notesOf, runLine, tablesOf } from './tables';

/** Loads nothing and runs nothing: all that the page allows is its own styles. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The colours that the page's styles give for light and dark. */
const palette: Palette = {
  text: 'var(--text)',
  faint: 'var(--faint)',
  grid: 'var(--grid)',
  background: 'var(--background)',
  training: 'var(--training)',
  development: 'var(--development)',
  score: 'var(--score)',
  ...runPalette,
};

const chartSize = { width: 720, height: 300, heading: false };

/**
 * A page that tells of a run what the loss panel shows: one file, without scripts, that loads nothing.
 * @param language of the texts, such as `en` or `zh-cn`.
 */
export function reportPage(run: ReportedRun, language: string): string {
  const title = runTitle(run.record);
  const head = [
    openingTag('meta', { charset: 'utf-8' }),
    openingTag('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    openingTag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    markup('title', {}, title).text,
    `<style>${styles}</style>`,
  ];
  const body = markup(
    'main',
    {},
    markup('h1', {}, title),
    markup('p', { class: 'line' }, runLine(run)),
    ...notesOf(run).map((note) => markup('p', { class: 'note' }, note)),
    figureList(run),
    ...runCharts(run.state).map(chartSection),
    ...tablesOf(run).map(tableSection),
  );
  return [
    '<!DOCTYPE html>',
    openingTag('html', { lang: language }),
    `<head>\n${head.join('\n')}\n</head>`,
    `<body>\n${body.text}\n</body>`,
    '</html>',
    '',
  ].join('\n');
}

function figureList(run: ReportedRun): Markup {
  const figures = figuresOf(run).map(([name, value]) =>
    markup('div', {}, markup('dt', {}, name), markup('dd', {}, value)),
  );
  return markup('dl', {}, ...figures);
}

function chartSection(chart: RunChart): Markup {
  const { id, title, unit, description } = chart;
  const said = { title, description };
  return markup(
    'section',
    { 'aria-labelledby': `${id}-title` },
    markup('h2', { id: `${id}-title` }, title, ' ', markup('small', {}, unit)),
    scroller(
      l10n.t('Chart: {0}', title),
      markup('figure', {}, svgOf(drawChart(chart, chartSize), palette, said, false)),
    ),
  );
}

function tableSection({ title, head, rows, text = [], best, curves, note }: Table, index: number): Markup {
  const id = `table-${index + 1}`;
  const classOf = (column: number): Record<string, string> =>
    text.includes(column) ? { class: 'text' } : {};
  const [firstName, ...names] = head.map((name, column) =>
    markup('th', { ...classOf(column), scope: 'col' }, name),
  );
  const header = markup(
    'tr',
    {},
    firstName,
    ...(curves ? [markup('th', { class: 'curve', scope: 'col' }, curves.title)] : []),
    ...names,
  );
  const body = rows.map(([first, ...rest], i) =>
    markup(
      'tr',
      i === best ? { class: 'best' } : {},
      markup('th', { scope: 'row' }, first),
      ...(curves ? [markup('td', { class: 'curve' }, curveOf(curves.rows[i]))] : []),
      ...rest.map((cell, column) => markup('td', classOf(column + 1), cell)),
    ),
  );
  const table = markup(
    'table',
    { 'aria-labelledby': id },
    markup('thead', {}, header),
    markup('tbody', {}, ...body),
  );
  return markup(
    'section',
    {},
    markup('h2', { id }, title),
    scroller(title, table),
    ...(note === undefined ? [] : [markup('p', { class: 'line' }, note)]),
  );
}

/** A small curve in a table's cell. */
function curveOf({ shares, description }: RowCurve): Markup {
  return svgOf(drawSparkline(shares), palette, { title: description }, false);
}

/** What is wider than the window is moved by itself, with the keyboard, too. */
function scroller(name: string, content: Markup): Markup {
  return markup('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': name }, content);
}

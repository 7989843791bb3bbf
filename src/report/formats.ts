/** What a run can be written as. */
import { runTitle } from '../record/runTitle';
import { drawChart } from './chart';
import { historyCsv } from './csv';
import { lightPalette, stacked } from './drawing';
import type { Drawing } from './drawing';
import { reportPage } from './html';
import { reportMarkdown } from './markdown';
import type { ReportedRun } from './reportedRun';
import { runCharts } from './runCharts';
import { svgOf } from './svg';

/** Those that are text; a picture as PNG is painted by a page. */
export const textFormats = ['html', 'csv', 'json', 'md', 'svg'] as const;

export type TextFormat = (typeof textFormats)[number];

/** The format that a file's ending names; undefined where it names none. */
export function formatOf(file: string): TextFormat | 'png' | undefined {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1].toLowerCase();
  if (ending === 'htm') return 'html';
  if (ending === 'markdown') return 'md';
  return [...textFormats, 'png' as const].find((format) => format === ending);
}

export interface ReportOptions {
  /** Of the texts, such as `en`. */
  readonly language: string;
  /** Of a picture: the one chart that it shows; all, one below the other, where none is named. */
  readonly chart?: string;
}

/** A run in a format. */
export function reportText(run: ReportedRun, format: TextFormat, options: ReportOptions): string {
  switch (format) {
    case 'html':
      return reportPage(run, options.language);
    case 'csv':
      return historyCsv(run);
    case 'json':
      // What is kept of a run, in one file: it can be reported, too. A loss that is not finite is null there.
      return `${JSON.stringify({ ...run.record, ...run.state.history })}\n`;
    case 'md':
      return reportMarkdown(run);
    case 'svg': {
      const { text } = svgOf(pictureOf(run, options.chart), lightPalette, pictureText(run), true);
      return `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
    }
  }
}

const chartSize = { width: 800, height: 360, heading: true };

/** A run's chart as a picture, or all of them, with title, legend and axes, and the runs that are drawn over it. */
export function pictureOf({ state, over }: ReportedRun, chart: string | undefined): Drawing {
  const charts = runCharts(state, over).filter(({ id }) => chart === undefined || id === chart);
  return stacked(charts.map((one) => drawChart(one, chartSize)));
}

function pictureText({ record }: ReportedRun): { title: string } {
  return { title: runTitle(record) };
}

import type uPlot from 'uplot';
import { formatCount, formatLoss } from '../../common/figures';
import type { History } from '../../run/history';
import type { RunState } from '../../run/runState';
import { Chart } from './chart';
import type { ChartOptions } from './chart';
import { lastStep, lossColumns } from './curves';
import { element, section } from './dom';
import { decimalsFor } from './format';
import { Legend, LegendEntry } from './legend';

/** Training loss by step, as it is and smoothed, and development loss by epoch on the same axes. */
export class LossChart {
  readonly root: HTMLElement;
  private readonly training = new LegendEntry('Training', 'training raw', false);
  private readonly smoothed = new LegendEntry('Smoothed', 'training', false);
  private readonly development = new LegendEntry('Development', 'development', true);
  private readonly legend = new Legend([this.training, this.smoothed, this.development]);
  private readonly chart: Chart;
  private readonly latest = { training: '', smoothed: '', development: '' };
  private end = 1;

  /** @param smoothing the control that sets how much is smoothed. */
  constructor(smoothing: HTMLElement) {
    this.chart = new Chart(this.options(), (values) => this.showValues(values));
    const { root, header } = section('loss', 'Loss');
    header.append(element('span', 'unit', 'nats per token'), smoothing);
    root.append(this.legend.root, this.chart.root);
    this.root = root;
  }

  /** @param spanSteps how far the smoothed curve looks back. */
  draw({ history, step }: RunState, spanSteps: number): void {
    const last = lastStep(history);
    this.end = Math.max(1, last, step);
    const columns = lossColumns(history, spanSteps);
    this.latest.training = lastValue(columns[1]);
    this.latest.smoothed = lastValue(columns[2]);
    this.latest.development = lastValue(columns[3]);
    this.chart.draw(columns, last > 0 ? undefined : 'The curve begins with the first step.');
  }

  /** Brings the chart's description for screen readers up to date, once it is drawn. */
  describe(history: History): void {
    const last = history.epochs.at(-1);
    const parts = ['Training loss by step and development loss by epoch, in nats per token.'];
    if (history.steps.length > 0)
      parts.push(
        `At step ${formatCount(lastStep(history))} the smoothed training loss is ${this.latest.smoothed}.`,
      );
    if (last?.development)
      parts.push(`After epoch ${last.epoch} the development loss is ${formatLoss(last.development.loss)}.`);
    parts.push('The table of epochs has the figures.');
    this.chart.description = parts.join(' ');
  }

  restyle(): void {
    this.chart.restyle();
  }

  private showValues(values: (number | null | undefined)[] | undefined): void {
    this.legend.at = values ? `Step ${formatCount(values[0] ?? 0)}` : '';
    this.training.value = values ? formatLoss(values[1]) : this.latest.training;
    this.smoothed.value = values ? formatLoss(values[2]) : this.latest.smoothed;
    this.development.value = values ? formatLoss(values[3]) : this.latest.development;
  }

  private options(): ChartOptions {
    return (theme) => ({
      series: [
        {},
        { stroke: theme.training, width: 1, alpha: 0.35, spanGaps: true, points: { size: 4 } },
        { stroke: theme.training, width: 2, spanGaps: true, points: { show: false } },
        {
          stroke: theme.development,
          width: 2,
          dash: [6, 4],
          spanGaps: true,
          points: { show: true, size: 7, width: 2, fill: theme.background, dash: [] },
        },
      ],
      scales: {
        x: { time: false, range: () => [0, this.end] },
        y: { range: (_plot, _min, max) => [0, (max > 0 ? max : 1) * 1.05] },
      },
      axes: [
        { label: 'Step', space: 70, incrs: wholeNumbers, values: (_plot, splits) => splits.map(formatCount) },
        {
          values: (_plot, splits, _axis, _space, distance) =>
            splits.map((loss) => (loss >= 1e5 ? loss.toExponential(0) : loss.toFixed(decimalsFor(distance)))),
        },
      ],
    });
  }
}

/** Distances between figures of an axis that counts: 1, 2, 5, 10, … */
export const wholeNumbers = Array.from({ length: 30 }, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));

function lastValue(column: uPlot.AlignedData[number]): string {
  for (let i = column.length - 1; i >= 0; i--)
    if (typeof column[i] === 'number') return formatLoss(column[i]);
  return '';
}

import { formatCount, formatPercent } from '../../common/figures';
import type { RunState } from '../../run/runState';
import { Chart } from './chart';
import type { ChartOptions } from './chart';
import { lastStep, scoreColumns, scoreOf } from './curves';
import { element, section } from './dom';
import { decimalsFor } from './format';
import { Legend, LegendEntry } from './legend';
import { wholeNumbers } from './lossChart';

/** The least range of scores that fills the chart, so that noise does not look like a leap. */
const leastRange = 0.02;

/** The score on development data by epoch, below the losses of the same time. */
export class ScoreChart {
  readonly root: HTMLElement;
  private readonly heading: HTMLElement;
  private readonly score = new LegendEntry('Development', 'score', true);
  private readonly legend = new Legend([this.score]);
  private readonly chart: Chart;
  private latest = '';
  private end = 1;

  constructor() {
    this.chart = new Chart(this.options(), (values) => this.showValues(values));
    const { root, header } = section('score', '');
    this.heading = header.firstElementChild as HTMLElement;
    header.append(element('span', 'unit', 'on development data'));
    root.append(this.legend.root, this.chart.root);
    this.root = root;
  }

  draw(state: RunState): void {
    const { history, step, stepsPerEpoch } = state;
    const { epochs } = history;
    this.heading.textContent = scoreTitle(state);
    this.end = Math.max(
      1,
      epochs.at(-1)?.epoch ?? 0,
      stepsPerEpoch > 0 ? Math.max(lastStep(history), step) / stepsPerEpoch : 0,
    );
    const columns = scoreColumns(state);
    const last = columns[1].findLast((score) => score !== undefined);
    this.latest = last === undefined ? '' : formatPercent(last);
    const missing =
      epochs.length === 0
        ? 'The first score comes with the end of the first epoch.'
        : 'No epoch has a score: there is no development data.';
    this.chart.draw(columns, last === undefined ? missing : undefined);
  }

  /** Brings the chart's description for screen readers up to date. */
  describe(state: RunState): void {
    const last = state.history.epochs.at(-1);
    const score = last && scoreOf(last, state);
    const latest = score === undefined ? '' : ` After epoch ${last?.epoch} it is ${formatPercent(score)}.`;
    this.chart.description = `${scoreTitle(state)} on development data by epoch.${latest} The table of epochs has the figures.`;
  }

  restyle(): void {
    this.chart.restyle();
  }

  private showValues(values: (number | null | undefined)[] | undefined): void {
    this.legend.at = values ? `Epoch ${formatCount(values[0] ?? 0)}` : '';
    this.score.value = values ? formatPercent(values[1]) : this.latest;
  }

  private options(): ChartOptions {
    return (theme) => ({
      series: [
        {},
        {
          stroke: theme.score,
          width: 2,
          spanGaps: true,
          points: { show: true, size: 7, width: 2, fill: theme.score },
        },
      ],
      scales: {
        x: { time: false, range: () => [0, this.end] },
        y: { range: (_plot, min, max) => scoreRange(min, max) },
      },
      axes: [
        { label: 'Epoch', incrs: wholeNumbers, values: (_plot, splits) => splits.map(formatCount) },
        {
          values: (_plot, splits, _axis, _space, distance) =>
            splits.map((share) => formatPercent(share, decimalsFor(100 * distance))),
        },
      ],
    });
  }
}

export function scoreTitle({ spans }: RunState): string {
  return spans ? 'Span F1' : 'Accuracy';
}

/** The scores with a margin, inside 0 to 1. */
function scoreRange(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null) return [0, 1];
  const margin = Math.max(leastRange, max - min) * 0.1;
  const middle = (min + max) / 2;
  const half = Math.max(leastRange / 2, (max - min) / 2) + margin;
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

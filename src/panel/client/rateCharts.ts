import { formatCount } from '../../common/figures';
import * as l10n from '../../common/l10n';
import { epochColumns } from '../../run/curves';
import { rates } from '../../run/rates';
import type { Rate } from '../../run/rates';
import type { RunState } from '../../run/runState';
import { Chart, haveRoom } from './chart';
import type { ChartOptions, HoveredValues } from './chart';
import { element } from './dom';
import { Legend, LegendEntry } from './legend';
import type { RunAxis } from './runAxis';
import type { Comparison } from './runs/comparison';
import type { Overlay } from './runs/overlay';

/** What else is known of each epoch: gradient norm, learning rate and speed, below the losses of the same time. */
export class RateCharts {
  readonly root = element('div', 'rate-charts');
  private readonly charts: readonly RateChart[];

  constructor(axis: RunAxis, comparison: Comparison) {
    this.charts = rates.map((rate, i) => new RateChart(rate, axis, comparison, comparison.rates[i]));
    this.root.append(...this.charts.map(({ root }) => root));
  }

  draw(state: RunState): void {
    for (const chart of this.charts) chart.draw(state);
  }

  describe(state: RunState): void {
    for (const chart of this.charts) chart.describe(state);
  }

  restyle(): void {
    for (const chart of this.charts) chart.restyle();
  }
}

class RateChart {
  readonly root: HTMLElement;
  private readonly entries: readonly LegendEntry[];
  private readonly legend: Legend;
  private readonly chart: Chart;
  private latest: readonly string[] = [];

  constructor(
    private readonly rate: Rate,
    private readonly axis: RunAxis,
    comparison: Comparison,
    private readonly others: Overlay,
  ) {
    this.root = element('div', `rate ${rate.id}`);
    this.entries = rate.curves.map(({ name, look }) => new LegendEntry(name, look, true));
    this.legend = new Legend(this.entries);
    this.chart = new Chart(
      this.options(),
      (values) => this.showValues(values),
      axis,
      comparison.picking(
        others,
        rate.curves.map((_, i) => i + 1),
      ),
    );
    const header = element('div', 'section-header', element('h3', '', rate.title));
    header.append(element('span', 'unit', rate.unit));
    this.root.append(header, this.legend.root, this.chart.root, others.note);
  }

  draw({ history }: RunState): void {
    const [steps, ...columns] = epochColumns(history, ...this.rate.curves.map(({ figure }) => figure));
    this.latest = columns.map((column) => this.rate.format(column.findLast((value) => value !== undefined)));
    const isEmpty = columns.every((column) => column.every((value) => value === undefined));
    const x = steps.map((step) => this.axis.of(step));
    this.chart.draw(
      [[...x, ...this.others.placesAfter(x.at(-1) ?? 0)], ...columns],
      isEmpty && this.others.curves.length === 0 ? this.rate.missing : undefined,
    );
  }

  /** Brings the chart's description for screen readers up to date. */
  describe({ history }: RunState): void {
    const { title, unit, curves, format } = this.rate;
    const last = history.epochs.at(-1);
    const parts = [l10n.t('{0}, {1}.', title, unit)];
    if (last)
      for (const { name, figure } of curves)
        parts.push(l10n.t('After epoch {0}, {1}: {2}.', formatCount(last.epoch), name, format(figure(last))));
    this.chart.description = [...parts, ...this.others.inWords(format)].join(' ');
  }

  restyle(): void {
    this.chart.restyle();
  }

  private showValues(values: HoveredValues): void {
    this.legend.at = values ? this.axis.text(values[0] ?? 0) : '';
    this.entries.forEach((entry, i) => {
      entry.value = values ? this.rate.format(values[i + 1]) : (this.latest[i] ?? '');
    });
  }

  private options(): ChartOptions {
    return (theme) => ({
      plugins: [this.others.plugin(theme)],
      series: [
        {},
        ...this.rate.curves.map(({ look }) => ({
          stroke: theme[look],
          width: 2,
          dash: look === 'development' ? [6, 4] : [],
          spanGaps: true,
          points: { show: haveRoom, size: 6, width: 2, fill: theme.background, dash: [] },
        })),
      ],
      y: {
        range: (_plot, _min, own) => {
          const max = Math.max(own ?? 0, ...this.others.values(...this.axis.range));
          return [0, max > 0 ? max * 1.05 : 1];
        },
      },
      yAxis: { values: (_plot, splits) => splits.map(this.rate.format) },
    });
  }
}

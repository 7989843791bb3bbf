import { formatPercent } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import type { Reliability } from '../../../run/learned';
import { Chart } from '../chart';
import type { ChartOptions, HoveredValues } from '../chart';
import { element } from '../dom';
import { Legend, LegendEntry } from '../legend';

/** The share of right labels by the mean confidence of each bin; on the dotted line the two would be the same. */
export class ReliabilityChart {
  readonly root = element('div', 'reliability-chart');
  private readonly right = new LegendEntry(l10n.t('Share right'), 'score', true);
  private readonly same = new LegendEntry(l10n.t('As sure as right'), 'as-sure', false);
  private readonly legend = new Legend([this.right, this.same]);
  private readonly chart = new Chart(this.options(), (values) => this.showValues(values));

  constructor() {
    this.root.append(this.legend.root, this.chart.root);
  }

  /** @param words the chart in words, for screen readers. */
  draw({ bins }: Reliability, words: string): void {
    const points = bins.filter(({ tokens }) => tokens > 0);
    const x = [0, ...points.map(({ confidence }) => confidence), 1];
    const right = [null, ...points.map(({ accuracy }) => accuracy), null];
    this.chart.draw([x, right, x], undefined);
    this.chart.description = `${words} ${l10n.t('The table below has the figures.')}`;
  }

  restyle(): void {
    this.chart.restyle();
  }

  private showValues(values: HoveredValues): void {
    const share = values?.[1];
    const isBin = typeof share === 'number';
    this.legend.at = isBin ? l10n.t('{0} sure', formatPercent(values?.[0])) : '';
    this.right.value = isBin ? formatPercent(share) : '';
  }

  private options(): ChartOptions {
    const percent = (_plot: unknown, splits: number[]): string[] =>
      splits.map((share) => formatPercent(share, 0));
    return (theme) => ({
      series: [
        {},
        {
          stroke: theme.score,
          width: 2,
          spanGaps: true,
          points: { show: true, size: 7, width: 2, fill: theme.score },
        },
        { stroke: theme.text, width: 1, dash: [1, 4], points: { show: false } },
      ],
      x: {
        scale: { time: false, range: () => [0, 1] },
        axis: { label: l10n.t('Confidence'), values: percent },
      },
      y: { range: () => [0, 1] },
      yAxis: { values: percent },
    });
  }
}

import { formatCount, formatPercent, decimalsFor } from '../../common/figures';
import * as l10n from '../../common/l10n';
import { bestEpoch, epochColumns, scoreOf, scoreRange, scoreTitle } from '../../run/curves';
import type { RunState } from '../../run/runState';
import { BestMark } from './bestMark';
import { Chart, haveRoom } from './chart';
import type { ChartOptions, HoveredValues } from './chart';
import { element, section } from './dom';
import { Legend, LegendEntry } from './legend';
import type { RunAxis } from './runAxis';
import type { Comparison } from './runs/comparison';

/** The score on development data by epoch, below the losses of the same time. */
export class ScoreChart {
  readonly root: HTMLElement;
  private readonly heading: HTMLElement;
  private readonly score = new LegendEntry(l10n.t('Development'), 'score', true);
  private readonly legend = new Legend([this.score]);
  private readonly best: BestMark;
  private readonly chart: Chart;
  private latest = '';

  constructor(
    private readonly axis: RunAxis,
    private readonly comparison: Comparison,
  ) {
    this.best = new BestMark(axis, 'bottom');
    this.chart = new Chart(
      this.options(),
      (values) => this.showValues(values),
      axis,
      comparison.picking(comparison.score, [1]),
    );
    const { root, header } = section('score', '');
    this.heading = header.firstElementChild as HTMLElement;
    header.append(element('span', 'unit', l10n.t('on development data')));
    root.append(this.legend.root, this.chart.root, comparison.score.note);
    this.root = root;
  }

  draw(state: RunState): void {
    const { epochs } = state.history;
    this.heading.textContent = scoreTitle(state);
    const [steps, scores] = epochColumns(state.history, (record) => scoreOf(record, state));
    const last = scores.findLast((score) => score !== undefined);
    this.latest = last === undefined ? '' : formatPercent(last);
    this.best.update(state);
    const missing =
      epochs.length === 0
        ? l10n.t('The first score comes with the end of the first epoch.')
        : l10n.t('No epoch has a score: there is no development data.');
    const x = steps.map((step) => this.axis.of(step));
    const others = this.comparison.score;
    this.chart.draw(
      [[...x, ...others.placesAfter(x.at(-1) ?? 0)], scores],
      last === undefined && others.curves.length === 0 ? missing : undefined,
    );
  }

  /** Brings the chart's description for screen readers up to date. */
  describe(state: RunState): void {
    const last = state.history.epochs.at(-1);
    const score = last && scoreOf(last, state);
    const parts = [l10n.t('{0} on development data by epoch.', scoreTitle(state))];
    if (last && score !== undefined)
      parts.push(l10n.t('After epoch {0} it is {1}.', last.epoch, formatPercent(score)));
    const best = bestEpoch(state);
    if (best)
      parts.push(
        l10n.t('The best is epoch {0}, with {1}.', formatCount(best.epoch), formatPercent(best.score)),
      );
    parts.push(
      ...this.comparison.score.inWords(formatPercent),
      l10n.t('The table of epochs has the figures.'),
    );
    this.chart.description = parts.join(' ');
  }

  restyle(): void {
    this.chart.restyle();
  }

  private showValues(values: HoveredValues): void {
    this.legend.at = values ? this.axis.text(values[0] ?? 0) : '';
    this.score.value = values ? formatPercent(values[1]) : this.latest;
  }

  private options(): ChartOptions {
    return (theme) => ({
      plugins: [this.comparison.score.plugin(theme), this.best.plugin(theme.text, theme.font)],
      series: [
        {},
        {
          stroke: theme.score,
          width: 2,
          spanGaps: true,
          points: { show: haveRoom, size: 7, width: 2, fill: theme.score },
        },
      ],
      y: {
        range: (_plot, min, max) => {
          const scores = [min, max, ...this.comparison.score.values(...this.axis.range)].filter(
            (score) => score !== null,
          );
          return scores.length > 0
            ? scoreRange(Math.min(...scores), Math.max(...scores))
            : scoreRange(min, max);
        },
      },
      yAxis: {
        values: (_plot, splits, _axis, _space, distance) =>
          splits.map((share) => formatPercent(share, decimalsFor(100 * distance))),
      },
    });
  }
}

import type uPlot from 'uplot';
import { formatCount, formatLoss, decimalsFor } from '../../common/figures';
import * as l10n from '../../common/l10n';
import { lastStep, lossColumns, lossEnvelope } from '../../run/curves';
import type { History } from '../../run/history';
import { smoothingSpan } from '../../run/smoothing';
import type { ShownRun } from '../protocol';
import { BestMark } from './bestMark';
import { Chart, haveRoom } from './chart';
import type { ChartOptions, HoveredValues } from './chart';
import { element, section } from './dom';
import { Legend, LegendEntry } from './legend';
import { logarithmicFigures, lossRange } from './lossScale';
import type { RunAxis } from './runAxis';
import type { Comparison } from './runs/comparison';

/** Training loss by step, as it is and smoothed, and development loss by epoch on the same axes. */
export class LossChart {
  readonly root: HTMLElement;
  private readonly training = new LegendEntry(l10n.t('Training'), 'training raw', false);
  private readonly smoothed = new LegendEntry(l10n.t('Smoothed'), 'training', false);
  private readonly development = new LegendEntry(l10n.t('Development'), 'development', true);
  private readonly legend = new Legend([this.training, this.smoothed, this.development]);
  private readonly best: BestMark;
  private readonly chart: Chart;
  private readonly latest = { training: '', smoothed: '', development: '' };

  /** @param toolbar what is chosen of all charts. */
  constructor(
    private readonly axis: RunAxis,
    toolbar: HTMLElement,
    private readonly comparison: Comparison,
  ) {
    this.best = new BestMark(axis, 'top');
    this.chart = new Chart(
      this.options(),
      (values) => this.showValues(values),
      axis,
      comparison.picking(comparison.loss, [2, 3]),
    );
    const { root, header } = section('loss', l10n.t('Loss'));
    header.append(element('span', 'unit', l10n.t('lower is better')));
    root.append(toolbar, this.legend.root, this.chart.root, comparison.loss.note, comparison.root);
    this.root = root;
  }

  draw({ id, state }: ShownRun): void {
    const { history, stepsPerEpoch } = state;
    this.best.update(state);
    const span = smoothingSpan(this.axis.view.choices.smoothing, stepsPerEpoch);
    const [steps, ...losses] = lossColumns(history, span);
    this.latest.training = lastValue(losses[0]);
    this.latest.smoothed = lastValue(losses[1]);
    this.latest.development = lastValue(losses[2]);
    const isEmpty = lastStep(history) === 0 && this.comparison.loss.curves.length === 0;
    const x = steps.map((step) => this.axis.of(step));
    const envelope = lossEnvelope(history);
    this.comparison.loss.envelope = envelope && {
      ...envelope,
      x: envelope.steps.map((step) => this.axis.of(step)),
    };
    this.comparison.showsMain(id, x, losses[1]);
    this.chart.draw(
      [[...x, ...this.comparison.loss.placesAfter(x.at(-1) ?? 0)], ...losses],
      isEmpty ? l10n.t('The curve begins with the first step.') : undefined,
    );
  }

  /** Brings the chart's description for screen readers up to date, once it is drawn. */
  describe(history: History): void {
    const last = history.epochs.at(-1);
    const parts = [l10n.t('Training loss by step and development loss by epoch; lower is better.')];
    if (history.steps.length > 0)
      parts.push(
        l10n.t(
          'At step {0} the smoothed training loss is {1}.',
          formatCount(lastStep(history)),
          this.latest.smoothed,
        ),
      );
    if (last?.development)
      parts.push(
        l10n.t('After epoch {0} the development loss is {1}.', last.epoch, formatLoss(last.development.loss)),
      );
    parts.push(...this.comparison.loss.inWords(formatLoss), l10n.t('The table of epochs has the figures.'));
    this.chart.description = parts.join(' ');
  }

  restyle(): void {
    this.chart.restyle();
  }

  private showValues(values: HoveredValues): void {
    this.comparison.readAt(values ? (values[0] ?? 0) : undefined);
    this.legend.at = values ? this.axis.text(values[0] ?? 0) : '';
    this.training.value = values ? formatLoss(values[1]) : this.latest.training;
    this.smoothed.value = values ? formatLoss(values[2]) : this.latest.smoothed;
    this.development.value = values ? formatLoss(values[3]) : this.latest.development;
  }

  private options(): ChartOptions {
    return (theme) => ({
      plugins: [this.comparison.loss.plugin(theme), this.best.plugin(theme.text, theme.font)],
      series: [
        {},
        { stroke: theme.training, width: 1, alpha: 0.35, spanGaps: true, points: { size: 4 } },
        {
          stroke: theme.training,
          width: 2,
          spanGaps: true,
          // One step alone has no line: it is seen by its dot.
          points: { show: ({ data }, series) => isSingle(data[series]), size: 7, fill: theme.training },
        },
        {
          stroke: theme.development,
          width: 2,
          dash: [6, 4],
          spanGaps: true,
          points: { show: haveRoom, size: 7, width: 2, fill: theme.background, dash: [] },
        },
      ],
      y: {
        distr: this.axis.view.choices.logarithmic ? 3 : 1,
        range: (plot) => {
          const { loss } = this.comparison;
          const { range, view } = this.axis;
          // Spikes are what is cut.
          const spikes = view.choices.cutOutliers ? [] : loss.spikes(...range);
          return lossRange(plot, this.axis, [...loss.values(...range), ...spikes]);
        },
      },
      yAxis: {
        ...(this.axis.view.choices.logarithmic && logarithmicFigures),
        values: (_plot, splits, _axis, _space, distance) =>
          splits.map((loss) => {
            if (loss >= 1e5 || (loss > 0 && loss < 1e-4)) return loss.toExponential(0);
            return this.axis.view.choices.logarithmic ? String(loss) : loss.toFixed(decimalsFor(distance));
          }),
      },
    });
  }
}

function isSingle(column: uPlot.AlignedData[number]): boolean {
  let values = 0;
  for (let i = 0; i < column.length && values < 2; i++) if (typeof column[i] === 'number') values++;
  return values === 1;
}

function lastValue(column: uPlot.AlignedData[number]): string {
  for (let i = column.length - 1; i >= 0; i--)
    if (typeof column[i] === 'number') return formatLoss(column[i]);
  return '';
}

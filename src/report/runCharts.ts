/** The charts of a run, as the loss panel has them: each that has something to show. */
import { formatCount, formatFactor, formatLoss, formatPercent } from '../common/figures';
import * as l10n from '../common/l10n';
import {
  epochColumns,
  lastStep,
  lossColumns,
  lossEnvelope,
  scoreOf,
  scoreRange,
  scoreTitle,
} from '../run/curves';
import { flowCurves, formatPower, layersOf, powersAround, powersFrom, sweepTitle } from '../run/flowCurves';
import { rates } from '../run/rates';
import type { Rate } from '../run/rates';
import type { RunState } from '../run/runState';
import { smoothingSpan } from '../run/smoothing';
import { evenAxis } from './axis';
import type { Axis } from './axis';
import type { ChartCurve, RunChart } from './chart';
import { lossesOver, rateOver, scoreOver } from './runsOver';
import type { ReportedOver } from './runsOver';

/** How strongly curves are smoothed, as in a panel where nothing was chosen. */
export const smoothing = 25;

const mostAcross = 8;
const mostUp = 6;

/** Names of charts, for whoever wants one of them. */
export const chartIds = ['loss', 'score', ...rates.map(({ id }) => id), 'gradient-flow'] as const;

/**
 * In the panel's order; those without any value are left out.
 * @param over runs that are drawn over it.
 */
export function runCharts(state: RunState, over: readonly ReportedOver[] = []): readonly RunChart[] {
  return [
    lossChart(state, over),
    scoreChart(state, over),
    ...rates.map((rate) => rateChart(rate, state, over)),
    flowChart(state),
  ].filter((chart) => chart !== undefined);
}

function lossChart(state: RunState, over: readonly ReportedOver[]): RunChart | undefined {
  const { history, stepsPerEpoch } = state;
  const [x, training, smoothed, development] = lossColumns(history, smoothingSpan(smoothing, stepsPerEpoch));
  const columns = [training, smoothed, development];
  const envelope = lossEnvelope(history);
  const others = over.flatMap(lossesOver);
  const largest = largestOf([...columns, ...others.map(({ y }) => y), ...(envelope ? [envelope.high] : [])]);
  if (largest === undefined) return undefined;
  const [last, lastSmoothed, lastDevelopment] = columns.map((column) => formatLoss(lastOf(column)));
  const curves: readonly ChartCurve[] = [
    { name: l10n.t('Training'), ink: 'training', width: 1, opacity: 0.45, y: training, figure: last },
    { name: l10n.t('Smoothed'), ink: 'training', width: 2, y: smoothed, figure: lastSmoothed },
    {
      name: l10n.t('Development'),
      ink: 'development',
      width: 2,
      dash: [6, 4],
      marker: 'background',
      y: development,
      figure: lastDevelopment,
    },
  ];
  return {
    id: 'loss',
    title: l10n.t('Loss'),
    unit: l10n.t('lower is better'),
    description: l10n.t('Training loss by step and development loss by epoch; lower is better.'),
    ...stepAxis(state, over),
    x,
    yAxis: evenAxis(0, largest > 0 ? largest * 1.05 : 1, mostUp, lossFigure),
    curves: [...curves.filter(({ y }) => lastOf(y) !== undefined), ...others],
    ...(envelope && { band: { ...envelope, x: envelope.steps, ink: 'training', opacity: 0.25 } }),
  };
}

function scoreChart(state: RunState, over: readonly ReportedOver[]): RunChart | undefined {
  const [x, scores] = epochColumns(state.history, (record) => scoreOf(record, state));
  const known = scores.filter((score) => score !== undefined);
  if (known.length === 0) return undefined;
  const others = over.flatMap((run) => scoreOver(run, state.spans));
  const all = [...known, ...others.flatMap(({ y }) => y.filter((score) => typeof score === 'number'))];
  const [from, to] = scoreRange(Math.min(...all), Math.max(...all));
  const title = scoreTitle(state);
  return {
    id: 'score',
    title,
    unit: l10n.t('on development data'),
    description: l10n.t('{0} on development data by epoch.', title),
    ...stepAxis(state, over),
    x,
    yAxis: evenAxis(from, to, mostUp, (share, decimals) => formatPercent(share, Math.max(0, decimals - 2))),
    curves: [
      {
        name: l10n.t('Development'),
        ink: 'score',
        width: 2,
        marker: 'score',
        y: scores,
        figure: formatPercent(known.at(-1)),
      },
      ...others,
    ],
  };
}

function rateChart(rate: Rate, state: RunState, over: readonly ReportedOver[]): RunChart | undefined {
  const { id, title, unit, curves, format } = rate;
  const [x, ...columns] = epochColumns(state.history, ...curves.map(({ figure }) => figure));
  if (largestOf(columns) === undefined) return undefined;
  const others = over.flatMap((run) => rateOver(run, rate));
  const largest = largestOf([...columns, ...others.map(({ y }) => y)]) ?? 0;
  return {
    id,
    title,
    unit,
    description: l10n.t('{0}, {1}.', title, unit),
    ...stepAxis(state, over),
    x,
    yAxis: evenAxis(0, largest > 0 ? largest * 1.05 : 1, mostUp, (value, decimals) =>
      decimals > 0 && decimals < 6 ? value.toFixed(decimals) : format(value),
    ),
    curves: [
      ...curves.map(({ name, look }, i): ChartCurve => ({
        name,
        ink: look,
        width: 2,
        dash: look === 'development' ? [6, 4] : [],
        marker: 'background',
        y: columns[i],
        figure: format(lastOf(columns[i])),
      })),
      ...others,
    ],
  };
}

/** Of the last epoch in which it was measured. */
function flowChart({ history }: RunState): RunChart | undefined {
  const record = history.epochs.findLast(({ flow }) => flow && flow.sweeps.length > 0);
  const sweeps = record?.flow?.sweeps ?? [];
  const layers = layersOf(sweeps);
  const drawn = flowCurves.flatMap(({ place, direction }) => {
    const sweep = sweeps.find((one) => one.layer === layers[place] && one.direction === direction);
    return sweep ? [{ place, direction, sweep }] : [];
  });
  const length = Math.max(0, ...drawn.map(({ sweep }) => sweep.norms.length));
  if (!record || length < 2) return undefined;
  const x = Array.from({ length }, (_, distance) => distance);
  const values = drawn.flatMap(({ sweep }) => sweep.norms.filter((norm) => norm > 0));
  const [from, to] = powersAround(Math.min(...values), Math.max(...values));
  const figures = powersFrom(from, to).map((at) => ({ at, text: formatPower(at) }));
  const inks = ['training', 'development', 'score'] as const;
  const measured = drawn.map(({ place, direction, sweep }): ChartCurve => ({
    name: sweepTitle(sweep),
    ink: inks[place],
    width: 2,
    dash: direction === 'rightToLeft' ? [6, 4] : [],
    ...(place > 0 && { marker: place === 1 ? 'background' : 'score' }),
    // Below the axis nothing is left of an error.
    y: x.map((distance) => sweep.norms[distance]).map((norm) => (norm >= from ? norm : undefined)),
    figure: formatFactor(sweep.norms.at(-1)),
  }));
  // γ^{t−k}, as far as it is in the picture.
  const bounds = drawn.map(({ place, sweep }): ChartCurve => ({
    ink: inks[place],
    width: 1,
    dash: [1, 4],
    y: x.map((distance) => sweep.bound ** distance).map((at) => (at >= from && at <= to ? at : undefined)),
  }));
  return {
    id: 'gradient-flow',
    title: l10n.t('Gradient flow'),
    unit: l10n.t('after epoch {0}', formatCount(record.epoch)),
    description: l10n.t('The norm of δ by steps from the error, relative to that at the error.'),
    x,
    xAxis: evenAxis(0, length - 1, mostAcross, formatCount, 1),
    xTitle: l10n.t('Steps from the error'),
    yAxis: { from, to, logarithmic: true, figures },
    curves: [...measured, ...bounds],
  };
}

function stepAxis(
  { history }: RunState,
  over: readonly ReportedOver[],
): { readonly xAxis: Axis; readonly xTitle: string } {
  const last = Math.max(1, lastStep(history), ...over.map(({ curves }) => curves.step));
  return {
    xAxis: evenAxis(0, last, mostAcross, formatCount, 1),
    xTitle: l10n.t('Step'),
  };
}

function lossFigure(loss: number, decimals: number): string {
  return loss >= 1e5 || (loss > 0 && loss < 1e-4) ? loss.toExponential(0) : loss.toFixed(decimals);
}

function largestOf(columns: readonly ChartCurve['y'][]): number | undefined {
  let largest: number | undefined;
  for (const column of columns)
    for (const value of column)
      if (typeof value === 'number' && !(value <= (largest ?? -Infinity))) largest = value;
  return largest;
}

function lastOf(column: ChartCurve['y']): number | undefined {
  return column.findLast((value) => typeof value === 'number') ?? undefined;
}

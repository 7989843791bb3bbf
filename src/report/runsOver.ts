/** Runs that are drawn over the one that is written of, as the loss panel draws them. */
import { formatLoss, formatPercent } from '../common/figures';
import { finite } from '../run/curves';
import type { Rate } from '../run/rates';
import type { CurveEpoch, RunCurves } from '../run/runCurves';
import { dashOf } from '../run/runLook';
import type { RunLook } from '../run/runLook';
import type { ChartCurve } from './chart';
import type { RunInk } from './drawing';

export interface ReportedOver {
  readonly name: string;
  readonly look: RunLook;
  readonly curves: RunCurves;
}

type Values = readonly (number | undefined)[];

/** Training loss, smoothed, and development loss. */
export function lossesOver({ name, look, curves }: ReportedOver): ChartCurve[] {
  const { steps, smoothed, epochs } = curves;
  const line = curveOf(look, steps, smoothed);
  return withValues([
    { ...line, name, figure: formatLoss(smoothed.at(-1)) },
    { ...markersOf(look), ...ofEpochs(look, epochs, ({ loss }) => loss) },
  ]);
}

/** None where its score is another one. */
export function scoreOver({ name, look, curves }: ReportedOver, spans: boolean): ChartCurve[] {
  if (curves.spans !== spans) return [];
  const curve = ofEpochs(look, curves.epochs, ({ score }) => score);
  return withValues([{ ...markersOf(look), ...curve, name, figure: formatPercent(lastOf(curve.y)) }]);
}

/** Of two curves the first has markers. */
export function rateOver({ name, look, curves: { epochs } }: ReportedOver, rate: Rate): ChartCurve[] {
  return withValues(
    rate.curves.map(({ figure }, i) => {
      const curve = ofEpochs(look, epochs, figure);
      return i > 0 ? curve : { ...markersOf(look), ...curve, name, figure: rate.format(lastOf(curve.y)) };
    }),
  );
}

const inkOf = ({ color }: RunLook): RunInk => `run-${color + 1}` as RunInk;

const markersOf = (look: RunLook): Pick<ChartCurve, 'marker' | 'place'> => ({
  marker: inkOf(look),
  place: look.place,
});

function curveOf(look: RunLook, x: readonly number[], y: Values): ChartCurve & { readonly y: Values } {
  return { ink: inkOf(look), width: 1.5, dash: dashOf(look.place), x, y };
}

function ofEpochs(
  look: RunLook,
  epochs: readonly CurveEpoch[],
  figure: (epoch: CurveEpoch) => number | undefined,
): ChartCurve & { readonly y: Values } {
  return curveOf(
    look,
    epochs.map(({ step }) => step),
    epochs.map((epoch) => finite(figure(epoch))),
  );
}

const lastOf = (y: Values): number | undefined => y.findLast((value) => value !== undefined);

const withValues = (curves: readonly ChartCurve[]): ChartCurve[] =>
  curves.filter(({ y }) => y.some((value) => typeof value === 'number'));

/** Why a run that is to be drawn over the one that is shown is missing in a chart: in sentences, for below it. */
import * as l10n from '../../../common/l10n';
import { scoreName } from '../../../run/curves';
import { xScale } from '../xAxis';
import type { XAxis } from '../xAxis';
import { courseOf } from './overlaidCurves';
import type { DrawnRun, Overlaid } from './overlaidCurves';

/** Of runs that do not say what the x axis counts: they are in no chart. */
export function notOnAxis(runs: readonly DrawnRun[], axis: XAxis): string[] {
  return runs
    .filter(({ curves }) => !xScale(axis, courseOf(curves)))
    .map(({ listed }) => axisReason(axis, listed.title));
}

export function withoutLosses({ name, training, development }: Overlaid): string[] {
  return training || development ? [] : [l10n.t('{0} is not drawn here: it has no losses.', name)];
}

/** @param spans whether the chart's score is span F1. */
export function withoutScore({ name, score, isOtherScore }: Overlaid, spans: boolean): string[] {
  if (isOtherScore)
    return [l10n.t('{0} is not drawn here: its score is {1}.', name, scoreName({ spans: !spans }))];
  return score ? [] : [l10n.t('{0} is not drawn here: it has no score.', name)];
}

/** @param rate its index. */
export function withoutRate({ name, rates }: Overlaid, rate: number): string[] {
  return rates[rate].length > 0 ? [] : [l10n.t('{0} is not drawn here: it has no such figures.', name)];
}

function axisReason(axis: XAxis, name: string): string {
  switch (axis) {
    case 'tokens':
      return l10n.t('{0} is not drawn: it has no count of its tokens.', name);
    case 'time':
      return l10n.t('{0} is not drawn: it has no training time.', name);
    case 'step':
    case 'epoch':
      return l10n.t('{0} is not drawn: it has no count of the steps of an epoch.', name);
  }
}

/** What the gradient's flow comes to, in words for who does not know the derivation. */
import { formatCount, formatFactor } from '../../common/figures';
import * as l10n from '../../common/l10n';
import type { SweepFlow } from '../../model/network/gradientFlow';
import { sweepTitle } from '../../run/flowCurves';
import type { ChangedSettings } from '../protocol';

/** What may help a run whose gradient vanishes or explodes: a setting, and why. */
export interface Remedy {
  readonly why: string;
  /** What the button says that trains so. */
  readonly title: string;
  readonly changes: ChangedSettings;
}

/** Of an error whose norm is a hundredth, words so far away learn nothing to speak of. */
const littleLeft = 0.01;

/** From so many times the norm on, the gradient grows without use. */
const grown = 10;

/** How the gradient of a layer and direction ends: it vanishes, it explodes, or it reaches far. */
type FlowEnd =
  | { readonly kind: 'vanishes'; readonly after: number }
  | { readonly kind: 'explodes'; readonly after: number; readonly factor: number }
  | { readonly kind: 'lasts'; readonly steps: number; readonly left: number };

/** Undefined where it was not measured over any distance. */
function endOfFlow({ norms }: Pick<SweepFlow, 'norms'>): FlowEnd | undefined {
  if (norms.length < 2) return undefined;
  const largest = norms.reduce((best, norm, distance) => (norm > norms[best] ? distance : best), 0);
  if (norms[largest] >= grown) return { kind: 'explodes', after: largest, factor: norms[largest] };
  const after = norms.findIndex((norm) => norm < littleLeft);
  if (after > 0) return { kind: 'vanishes', after };
  return { kind: 'lasts', steps: norms.length - 1, left: norms[norms.length - 1] };
}

/** A sentence for a layer and direction; undefined where it was not measured. */
export function flowWords(sweep: SweepFlow): string | undefined {
  const end = endOfFlow(sweep);
  if (!end) return undefined;
  const title = sweepTitle(sweep);
  const isBackward = sweep.direction === 'rightToLeft';
  switch (end.kind) {
    case 'vanishes':
      if (end.after === 1)
        return isBackward
          ? l10n.t(
              '{0}: after one step less than 1 % is left. It learns nothing from the words after.',
              title,
            )
          : l10n.t(
              '{0}: after one step less than 1 % is left. It learns nothing from the words before.',
              title,
            );
      return isBackward
        ? l10n.t(
            '{0}: after {1} steps less than 1 % is left. Words further on teach it nothing.',
            title,
            formatCount(end.after),
          )
        : l10n.t(
            '{0}: after {1} steps less than 1 % is left. Words further back teach it nothing.',
            title,
            formatCount(end.after),
          );
    case 'explodes':
      return l10n.t(
        '{0}: it grows, to {1} times after {2} steps. Far words drown what near ones teach.',
        title,
        formatFactor(end.factor),
        formatCount(end.after),
      );
    case 'lasts':
      return lastingWords(title, end);
  }
}

function lastingWords(title: string, { steps, left }: Extract<FlowEnd, { kind: 'lasts' }>): string {
  const isLarger = left > 1;
  if (steps === 1)
    return isLarger
      ? l10n.t('{0}: after one step it is {1} times as large.', title, formatFactor(left))
      : l10n.t('{0}: after one step {1} of it is left.', title, formatFactor(left));
  return isLarger
    ? l10n.t('{0}: after {1} steps it is {2} times as large.', title, formatCount(steps), formatFactor(left))
    : l10n.t('{0}: after {1} steps {2} of it is left.', title, formatCount(steps), formatFactor(left));
}

/** What may help a run with these settings; undefined where nothing is amiss, or they have it already. */
export function remedyFor(
  sweeps: readonly SweepFlow[],
  { activation, clip }: Required<ChangedSettings>,
): Remedy | undefined {
  const ends = sweeps.map((sweep) => endOfFlow(sweep)?.kind);
  if (ends.includes('explodes') && clip === 0)
    return {
      why: l10n.t('Clipping keeps such a gradient from throwing the weights off.'),
      title: l10n.t('Train with Clipping'),
      changes: { clip: 5 },
    };
  if (ends.includes('vanishes') && activation !== 'relu')
    return {
      why: l10n.t(
        'ReLU hands an error on as it is wherever a unit is active, so that more of it reaches far words.',
      ),
      title: l10n.t('Train with ReLU'),
      changes: { activation: 'relu' },
    };
  return undefined;
}

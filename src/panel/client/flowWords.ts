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

/** An error whose norm is under a hundredth hardly arrives. */
const littleLeft = 0.01;

/** From so many times the norm on, the gradient grows without use. */
const grown = 10;

/** With fewer units saturated it is not tanh that the error is lost by. */
const manySaturated = 1 / 3;

/** How the gradient of a layer and direction ends: it vanishes, it explodes, or it reaches far. */
type FlowEnd =
  | { readonly kind: 'vanishes'; readonly reach: number }
  | { readonly kind: 'explodes'; readonly after: number; readonly factor: number }
  | { readonly kind: 'lasts'; readonly steps: number; readonly left: number };

/** Undefined where it was not measured over any distance. */
function endOfFlow({ norms }: Pick<SweepFlow, 'norms'>): FlowEnd | undefined {
  if (norms.length < 2) return undefined;
  const largest = norms.reduce((best, norm, distance) => (norm > norms[best] ? distance : best), 0);
  if (norms[largest] >= grown) return { kind: 'explodes', after: largest, factor: norms[largest] };
  const reach = norms.findLastIndex((norm) => norm >= littleLeft);
  if (reach < norms.length - 1) return { kind: 'vanishes', reach };
  return { kind: 'lasts', steps: norms.length - 1, left: norms[norms.length - 1] };
}

/**
 * A sentence for a layer and direction; undefined where it was not measured.
 * @param word where the error is, if it is at one word.
 */
export function flowWords(sweep: SweepFlow, word?: string): string | undefined {
  const end = endOfFlow(sweep);
  if (!end) return undefined;
  const title = sweepTitle(sweep);
  switch (end.kind) {
    case 'vanishes': {
      const error = word === undefined ? l10n.t('the error') : l10n.t('the error at “{0}”', word);
      return vanishingWords(title, error, end.reach, sweep.direction === 'rightToLeft');
    }
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

/** @param reach as many words further at least 1 % of the error arrives. */
function vanishingWords(title: string, error: string, reach: number, isBackward: boolean): string {
  const words = formatCount(reach);
  if (reach === 0)
    return isBackward
      ? l10n.t('{0}: less than 1 % of {1} arrives at the word after.', title, error)
      : l10n.t('{0}: less than 1 % of {1} arrives at the word before.', title, error);
  if (reach === 1)
    return isBackward
      ? l10n.t('{0}: {1} reaches 1 word on: less than 1 % of it arrives further.', title, error)
      : l10n.t('{0}: {1} reaches 1 word back: less than 1 % of it arrives further.', title, error);
  return isBackward
    ? l10n.t('{0}: {1} reaches {2} words on: less than 1 % of it arrives further.', title, error, words)
    : l10n.t('{0}: {1} reaches {2} words back: less than 1 % of it arrives further.', title, error, words);
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
  const canBeHelped = (saturated: number): boolean =>
    activation === 'sigmoid' || (activation === 'tanh' && saturated >= manySaturated);
  if (sweeps.some(({ saturated }, n) => ends[n] === 'vanishes' && canBeHelped(saturated)))
    return {
      why: l10n.t(
        'ReLU hands an error on as it is wherever a unit is active, and may let more of it through: compare the two runs.',
      ),
      title: l10n.t('Train with ReLU'),
      changes: { activation: 'relu' },
    };
  return undefined;
}

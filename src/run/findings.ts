/** What a person should notice in a run's curves: over-fitting when it begins, and a fall of the score. */
import { formatCount, formatPercent } from '../common/figures';
import * as l10n from '../common/l10n';
import { scoreOf } from './curves';
import type { EpochRecord } from './epochRecord';
import type { History } from './history';
import type { RunState } from './runState';

export type Finding =
  /** The development loss rises since the end of that epoch, while the training loss falls. */
  | { readonly type: 'overfitting'; readonly since: number }
  /** The score fell in an epoch, both as shares. */
  | {
      readonly type: 'fall';
      readonly epoch: number;
      readonly from: number;
      readonly to: number;
      /** A single loss of the epoch was far above those of the epoch before. */
      readonly spike: boolean;
    };

/** One epoch may be chance. */
const epochsOfRise = 2;
/** How much of its lowest value the development loss must have risen by. */
const leastRise = 0.01;
/** A fall of that many points, and that share of the score: less is noise. */
const leastFall = 0.03;
const leastShareLost = 0.2;
/** How far above the largest loss of the epoch before a spike is. */
const spikeFactor = 1.5;
/** Falls that are told, the last ones. */
const mostFalls = 3;

export function findingsOf(state: Pick<RunState, 'history' | 'spans'>): readonly Finding[] {
  const since = overfittingSince(state.history.epochs);
  return [
    ...fallsOf(state).slice(-mostFalls),
    ...(since === undefined ? [] : [{ type: 'overfitting', since } as const]),
  ];
}

/** A finding in words. */
export function findingText(finding: Finding, { spans }: Pick<RunState, 'spans'>): string {
  if (finding.type === 'overfitting')
    return l10n.t(
      'Since epoch {0} the development loss rises while the training loss falls: the model begins to learn its training data by heart.',
      formatCount(finding.since),
    );
  const { epoch, from, to, spike } = finding;
  const figures = [formatCount(epoch), formatPercent(from), formatPercent(to)] as const;
  if (spans)
    return spike
      ? l10n.t('Epoch {0}: span F1 fell from {1} to {2} after a spike of the loss.', ...figures)
      : l10n.t('Epoch {0}: span F1 fell from {1} to {2}.', ...figures);
  return spike
    ? l10n.t('Epoch {0}: accuracy fell from {1} to {2} after a spike of the loss.', ...figures)
    : l10n.t('Epoch {0}: accuracy fell from {1} to {2}.', ...figures);
}

/** The epoch with the lowest development loss, where it has risen since and the training loss has not. */
function overfittingSince(epochs: readonly EpochRecord[]): number | undefined {
  const scored = epochs.filter(({ development }) => Number.isFinite(development?.loss));
  const lossOf = ({ development }: EpochRecord): number => development?.loss ?? Infinity;
  let lowest = 0;
  scored.forEach((record, i) => {
    if (lossOf(record) < lossOf(scored[lowest])) lowest = i;
  });
  const last = scored.at(-1);
  if (!last || scored.length - 1 - lowest < epochsOfRise) return undefined;
  const rises = lossOf(last) > lossOf(scored[lowest]) * (1 + leastRise);
  return rises && last.loss < scored[lowest].loss ? scored[lowest].epoch : undefined;
}

function fallsOf({ history, spans }: Pick<RunState, 'history' | 'spans'>): readonly Finding[] {
  const { epochs } = history;
  return epochs.flatMap((record, i): Finding[] => {
    const [from, to] = [i > 0 ? scoreOf(epochs[i - 1], { spans }) : undefined, scoreOf(record, { spans })];
    // Of very many epochs only some are kept: what lies between two of them is no fall of one epoch.
    if (from === undefined || to === undefined || epochs[i - 1].epoch !== record.epoch - 1) return [];
    if (from - to < leastFall || from - to < leastShareLost * from) return [];
    return [{ type: 'fall', epoch: record.epoch, from, to, spike: hasSpike(history, i) }];
  });
}

/** Whether a loss of the epoch at that index stands far above all of the one before. */
function hasSpike({ steps, losses, epochs }: History, index: number): boolean {
  const largest = (from: number, to: number): number => {
    let most = -Infinity;
    for (let i = 0; i < steps.length && steps[i] <= to; i++)
      if (steps[i] > from && losses[i] > most) most = losses[i];
    return most;
  };
  const [start, middle, end] = [epochs[index - 2]?.step ?? 0, epochs[index - 1].step, epochs[index].step];
  const before = largest(start, middle);
  return Number.isFinite(before) && largest(middle, end) > spikeFactor * before;
}

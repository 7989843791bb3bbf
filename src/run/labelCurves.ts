/** How F1 of the labels went from epoch to epoch. */
import { formatCount, formatPercent } from '../common/figures';
import * as l10n from '../common/l10n';
import type { EpochRecord } from './epochRecord';

/** The course of a label. */
export interface LabelCurve {
  readonly label: string;
  /** F1 after each epoch that has such figures; undefined where the label is not among that epoch's. */
  readonly f1: readonly (number | undefined)[];
  /** The first epoch after which F1 has not been below nine tenths of its last value; undefined where that is 0. */
  readonly learnedBy: number | undefined;
}

/** Of what is reached in the end. */
const mostOfIt = 0.9;

/** Those epochs that have figures, and the courses of the last one's labels, by support. */
export function labelCurves(epochs: readonly EpochRecord[]): {
  readonly epochs: readonly EpochRecord[];
  readonly curves: readonly LabelCurve[];
} {
  const scored = epochs.filter(({ labels }) => labels && labels.length > 0);
  const byLabel = scored.map(({ labels }) => new Map(labels));
  const last = scored.at(-1)?.labels ?? [];
  const curves = last.map(([label, end]): LabelCurve => {
    const f1 = byLabel.map((figures) => figures.get(label));
    const lastBelow = f1.findLastIndex((value) => value === undefined || value < mostOfIt * end);
    return { label, f1, learnedBy: end > 0 ? scored[lastBelow + 1].epoch : undefined };
  });
  return { epochs: scored, curves };
}

/** The ends of a label's course, for who cannot see its curve. @param epochs those of the curves. */
export function labelCurveText({ f1 }: LabelCurve, epochs: readonly EpochRecord[]): string {
  const first = f1.findIndex((value) => value !== undefined);
  return l10n.t(
    'from {0} after epoch {1} to {2} after epoch {3}',
    formatPercent(f1[first]),
    formatCount(epochs[first].epoch),
    formatPercent(f1.at(-1)),
    formatCount(epochs[f1.length - 1].epoch),
  );
}

/** What stands below the labels. */
export function learnedByText(): string {
  return l10n.t(
    'Of the labels with the most support. Learned by: since the end of that epoch, F1 has not been below nine tenths of what it is in the end.',
  );
}

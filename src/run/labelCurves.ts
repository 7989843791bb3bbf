/** How F1 of the labels went from epoch to epoch. */
import type { EpochRecord } from './epochRecord';

/** The course of a label. */
export interface LabelCurve {
  readonly label: string;
  /** F1 after each epoch that has such figures; undefined where the label is not among that epoch's. */
  readonly f1: readonly (number | undefined)[];
  /** The first epoch after which F1 has not been below nine tenths of its last value. */
  readonly learnedBy: number;
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
    return { label, f1, learnedBy: scored[lastBelow + 1].epoch };
  });
  return { epochs: scored, curves };
}

/** Scores label by label, as tables for a person. */
import { formatCount, formatPercent } from '../common/figures';
import { shownName } from '../common/shownText';
import type { Confusion, LabelScores, ScoreDetails } from '../training/scores';

const shownLabels = 50;
const shownConfusions = 10;

/** A table by label and the most frequent confusions. Lines, each with its end. */
export function describeDetails({ labels, confusions }: ScoreDetails): string {
  const wrong = confusions.filter(([gold, predicted]) => gold !== predicted);
  return labelTable(labels) + confusionTable(wrong);
}

function labelTable(labels: readonly LabelScores[]): string {
  // Words that labels without types cut have one row, that of the whole.
  if (labels.every(({ label }) => label === '')) return '';
  const rows = labels
    .slice(0, shownLabels)
    .map(({ label, precision, recall, f1, gold, predicted, correct }) => [
      label === '' ? '(no type)' : shownName(label),
      ...[precision, recall, f1].map((share) => formatPercent(share)),
      ...[gold, predicted, correct].map(formatCount),
    ]);
  return (
    table([['label', 'precision', 'recall', 'F1', 'gold', 'predicted', 'correct'], ...rows], 1) +
    more(labels.length - shownLabels)
  );
}

function confusionTable(wrong: readonly Confusion[]): string {
  if (wrong.length === 0) return '';
  const rows = wrong
    .slice(0, shownConfusions)
    .map(([gold, predicted, tokens]) => [shownName(gold), shownName(predicted), formatCount(tokens)]);
  return table([['gold', 'predicted', 'tokens'], ...rows], 2) + more(wrong.length - shownConfusions);
}

/** @param left how many columns stand at the left; figures stand at the right. */
function table(rows: readonly (readonly string[])[], left: number): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i < left ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return `\n${rows.map((row) => `${line(row)}\n`).join('')}`;
}

function more(hidden: number): string {
  return hidden > 0 ? `… and ${formatCount(hidden)} more (--json has all).\n` : '';
}

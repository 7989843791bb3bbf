import type { Confusion, LabelScores } from '../../src/model/scores';
import type { ShownDetails } from '../../src/panel/learnedProtocol';
import type { History } from '../../src/run/history';

/** Labels as someone may have written them, markup included. */
export const hostile = '<img src=x onerror=alert(1)>';

/** Epochs in which labels are learned one after the other, as a run keeps them. */
export function withLabels(history: History): History {
  const labels = ['NOUN', 'PUNCT', 'VERB', hostile];
  const f1 = (place: number, epoch: number): number =>
    Number((1 - 0.8 / (1 + Math.max(0, epoch - 3 * place))).toFixed(3));
  const epochs = history.epochs.map((record) => ({
    ...record,
    labels: labels.map((label, place) => [label, f1(place, record.epoch)] as const),
  }));
  return { ...history, epochs };
}

/** Scores by label that follow from a confusion matrix of tokens. */
function labelsOf(confusions: readonly Confusion[]): LabelScores[] {
  const labels = [...new Set(confusions.flatMap(([gold, predicted]) => [gold, predicted]))];
  const sum = (of: (confusion: Confusion) => boolean): number =>
    confusions.filter(of).reduce((all, [, , count]) => all + count, 0);
  return labels
    .map((label) => {
      const gold = sum(([own]) => own === label);
      const predicted = sum(([, own]) => own === label);
      const correct = sum(([own, other]) => own === label && other === label);
      const precision = predicted > 0 ? correct / predicted : 0;
      const recall = gold > 0 ? correct / gold : 0;
      return { label, precision, recall, f1: (2 * correct) / (gold + predicted), gold, predicted, correct };
    })
    .sort((a, b) => b.gold - a.gold);
}

export const confusions: readonly Confusion[] = [
  ['NOUN', 'NOUN', 700],
  ['PUNCT', 'PUNCT', 520],
  ['VERB', 'VERB', 380],
  ['PROPN', 'PROPN', 210],
  ['ADJ', 'ADJ', 180],
  ['PROPN', 'NOUN', 61],
  ['NOUN', 'PROPN', 34],
  ['VERB', 'NOUN', 19],
  ['ADJ', 'NOUN', 17],
  [hostile, 'ADJ', 3],
  ['VERB', 'ADJ', 1],
];

/** Many labels, each confused with the next. */
export function manyConfusions(labels: number): Confusion[] {
  return Array.from({ length: labels }, (_, i): Confusion[] => [
    [`L${i}`, `L${i}`, 10 * (labels - i)],
    [`L${i}`, `L${(i + 1) % labels}`, labels - i],
  ])
    .flat()
    .sort((a, b) => b[2] - a[2]);
}

export function detailsOf(of: readonly Confusion[] = confusions): ShownDetails {
  return {
    development: { labels: labelsOf(of), confusions: of },
    learned: {
      reliability: {
        tokens: 1240,
        ece: 0.0213,
        bins: Array.from({ length: 15 }, (_, bin) => {
          const tokens = bin < 3 ? 0 : bin === 14 ? 800 : 5 * bin;
          return {
            tokens,
            confidence: tokens > 0 ? (bin + 0.6) / 15 : 0,
            accuracy: tokens > 0 ? (bin + 0.4) / 15 : 0,
          };
        }),
      },
      knownWords: { tokens: 1800, correct: 1710 },
      unknownWords: { tokens: 325, correct: 221 },
      opened: of.map(([gold, predicted]) => [gold, predicted] as const),
      worst: Array.from({ length: 14 }, (_, i) => ({
        tokens: 20 - i,
        errors: i === 13 ? 0 : 9 - Math.floor(i / 2),
        token: 2,
        loss: 31.5 - 2 * i,
        words: i === 1 ? `They wrote ${hostile} in it` : `The ${i} th of the worst sentences of all`,
      })),
    },
  };
}

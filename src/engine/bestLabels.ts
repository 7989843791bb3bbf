import type { Prediction } from '../model/predictor';

/** How many labels a hover lists. */
const bestCount = 5;

/** The most probable labels of token t, first the most probable. */
export function bestLabels(
  { probabilities }: Pick<Prediction, 'probabilities'>,
  t: number,
  labels: readonly string[],
  count = bestCount,
): { label: string; probability: number }[] {
  const row = probabilities.subarray(t * labels.length, (t + 1) * labels.length);
  // Not sorted as a whole: there may be thousands of labels.
  const best: number[] = [];
  row.forEach((probability, label) => {
    if (best.length === count && !(probability > row[best[count - 1]])) return;
    let place = best.length;
    while (place > 0 && probability > row[best[place - 1]]) place--;
    best.splice(place, 0, label);
    if (best.length > count) best.pop();
  });
  return best.map((label) => ({ label: labels[label], probability: row[label] }));
}

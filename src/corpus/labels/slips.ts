/** Labels that are likely slips: rare, and like one that is far more frequent. */

/** A label that occurs at most so often may be a slip for one that occurs so many times as often. */
const rareLabel = 3;
const timesAsOften = 20;

/** Of more labels than this, those like others are not looked for: each is compared with each. */
const mostCompared = 2000;

/** The label that a rare one may have been meant to be, if there is one. */
export function likelyMeant(
  label: string,
  count: number,
  labels: readonly { readonly label: string; readonly count: number }[],
): string | undefined {
  if (count > rareLabel || labels.length > mostCompared) return undefined;
  return labels.find((other) => other.count >= timesAsOften * count && isLike(label, other.label))?.label;
}

/** Whether one letter, or nothing but case and spaces, tells two labels apart. Digits tell apart what is meant. */
export function isLike(a: string, b: string): boolean {
  if (a === b) return false;
  if (isLikeButForCase(a, b)) return true;
  if (Math.min(a.length, b.length) < 3 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [restA, restB] = [a.slice(start, endA), b.slice(start, endB)];
  if (/\d/.test(restA + restB)) return false;
  const isSwapped = restA.length === 2 && restA === `${restB[1]}${restB[0]}`;
  return isSwapped || (restA.length <= 1 && restB.length <= 1);
}

/** Whether nothing but case and spaces tells two labels apart. */
export function isLikeButForCase(a: string, b: string): boolean {
  return a !== b && a.trim().toLowerCase() === b.trim().toLowerCase();
}

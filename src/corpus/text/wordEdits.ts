/** Which words of a text gave way to which, where a whole part of it was replaced. */
import type { TextEdit } from '../textEdits';

/** Pieces that differ between two texts at most; where more do, the whole part counts as replaced. */
const mostDiffering = 400;

/** A letter of a script without spaces, a word, or any other sign. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{N}\p{M}]+|./gsu;
const line = /[^\n]*\n|[^\n]+/g;

/**
 * Edits that make one text of another, by whole words: words that are in both, in the same order, stay. A word
 * that gave way to a similar one counts as changed inside.
 */
export function wordEdits(before: string, after: string): TextEdit[] {
  return differing(before, after, line).flatMap((hunk) =>
    differing(before.slice(hunk.start, hunk.end), hunk.text, word).map((edit) =>
      shifted(insideOfWord(before.slice(hunk.start, hunk.end), edit), hunk.start),
    ),
  );
}

const shifted = ({ start, end, text }: TextEdit, by: number): TextEdit => ({
  start: start + by,
  end: end + by,
  text,
});

/** Without the beginning and the end that both have, where these are half of the word or more. */
function insideOfWord(before: string, edit: TextEdit): TextEdit {
  const old = [...before.slice(edit.start, edit.end)];
  const now = [...edit.text];
  if (old.length === 0 || now.length === 0 || /\s/.test(old.join('') + edit.text)) return edit;
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  if (2 * (head + tail) < Math.max(old.length, now.length)) return edit;
  return {
    start: edit.start + old.slice(0, head).join('').length,
    end: edit.end - old.slice(old.length - tail).join('').length,
    text: now.slice(head, now.length - tail).join(''),
  };
}

/** The parts that differ, by pieces. */
function differing(before: string, after: string, pieces: RegExp): TextEdit[] {
  const old = before.match(pieces) ?? [];
  const now = after.match(pieces) ?? [];
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++;
  let tail = 0;
  const shorter = Math.min(old.length, now.length) - head;
  while (tail < shorter && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const [a, b] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  const edits: TextEdit[] = [];
  let at = old.slice(0, head).join('').length;
  let [i, j] = [0, 0];
  for (const [x, y] of [...commonPieces(a, b), [a.length, b.length] as const]) {
    const removed = a.slice(i, x).join('');
    const text = b.slice(j, y).join('');
    if (removed !== '' || text !== '') edits.push({ start: at, end: at + removed.length, text });
    at += removed.length + (x < a.length ? a[x].length : 0);
    [i, j] = [x + 1, y + 1];
  }
  return edits;
}

/** Pairs of places of pieces that both have, in order: as many as can be (Myers 1986); none where too many differ. */
function commonPieces(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const most = Math.min(a.length + b.length, mostDiffering);
  const middle = most + 1;
  const furthest = new Int32Array(2 * most + 3);
  const steps: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    steps.push(furthest.slice());
    for (let k = -d; k <= d; k += 2) {
      const from = cameFrom(furthest, middle, d, k);
      let x = furthest[middle + from] + (from < k ? 1 : 0);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return pairsOn(steps, middle, a.length, b.length);
    }
  }
  return [];
}

/** The diagonal that a step came from. */
function cameFrom(furthest: Int32Array, middle: number, d: number, k: number): number {
  const isDown = k === -d || (k !== d && furthest[middle + k - 1] < furthest[middle + k + 1]);
  return isDown ? k + 1 : k - 1;
}

function pairsOn(
  steps: readonly Int32Array[],
  middle: number,
  length: number,
  otherLength: number,
): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let [x, y] = [length, otherLength];
  for (let d = steps.length - 1; d >= 0; d--) {
    const from = cameFrom(steps[d], middle, d, x - y);
    const fromX = steps[d][middle + from];
    const fromY = fromX - from;
    while (x > fromX && y > fromY) pairs.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}

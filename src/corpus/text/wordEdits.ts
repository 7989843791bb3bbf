/** Which words of a text gave way to which, where a whole part of it was replaced. */
import type { TextEdit } from '../textEdits';

/** Pieces that differ between two texts at most; where more do, only pieces that occur once lead on. */
const mostDiffering = 400;

/** A letter of a script without spaces, a word, or any other sign. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{N}\p{M}]+|\r\n|./gsu;
const line = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+/g;

/** A text as words, letters of scripts without spaces, and other signs. */
export function piecesOf(text: string): readonly string[] {
  return text.match(word) ?? [];
}

/**
 * Edits that make one text of another, by whole words: words that are in both, in the same order, stay, also
 * where all line ends have become others. A word that gave way to a similar one counts as changed inside.
 */
export function wordEdits(before: string, after: string): TextEdit[] {
  return (
    whiteEdits(before, after) ??
    differing(before, after, line).flatMap((hunk) =>
      differing(before.slice(hunk.start, hunk.end), hunk.text, word).map((edit) =>
        shifted(insideOfWord(before.slice(hunk.start, hunk.end), edit), hunk.start),
      ),
    )
  );
}

/** The edits between texts that differ in their white space alone: line ends, wrapped lines. */
function whiteEdits(before: string, after: string): TextEdit[] | undefined {
  const [old, now] = [before, after].map((text) => text.match(/\s+|\S+/g) ?? []);
  const edits: TextEdit[] = [];
  let at = 0;
  for (let i = 0, j = 0; i < old.length || j < now.length;) {
    const [a = '', b = ''] = [old.at(i), now.at(j)];
    const [hasWhite, isWhite] = [/^\s/.test(a), /^\s/.test(b)];
    if (!hasWhite && !isWhite && a !== b) return undefined;
    // White space at the beginning or the end may be missing in one of the two.
    const removed = hasWhite || !isWhite ? a : '';
    const text = isWhite || !hasWhite ? b : '';
    if (removed !== text && i > 0 && i + 1 < old.length && removed.length * text.length === 0)
      return undefined;
    if (removed !== text) edits.push({ start: at, end: at + removed.length, text });
    at += removed.length;
    if (removed !== '') i++;
    if (text !== '') j++;
  }
  return edits;
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

/** What two pieces have to have in common: any line end is as good as another. */
const keyOf = (piece: string): string => piece.replace(/[\r\n]+$/, '\n');

/** The parts that differ, by pieces; of pieces that are the same but for their line ends these. */
function differing(before: string, after: string, pieces: RegExp): TextEdit[] {
  const old = before.match(pieces) ?? [];
  const now = after.match(pieces) ?? [];
  const edits: TextEdit[] = [];
  let at = 0;
  let [i, j] = [0, 0];
  const common = wordsFirst(old.map(keyOf), now.map(keyOf));
  for (const [x, y] of [...common, [old.length, now.length] as const]) {
    const removed = old.slice(i, x).join('');
    const text = now.slice(j, y).join('');
    if (removed !== '' || text !== '') edits.push({ start: at, end: at + removed.length, text });
    at += removed.length;
    [i, j] = [x + 1, y + 1];
    if (x === old.length) break;
    if (old[x] !== now[y]) edits.push(otherEnd(old[x], now[y], at));
    at += old[x].length;
  }
  return edits;
}

/** What makes the line end of a line that of another. */
function otherEnd(old: string, now: string, at: number): TextEdit {
  const text = now.replace(/[\r\n]+$/, '');
  return { start: at + text.length, end: at + old.length, text: now.slice(text.length) };
}

type Pairs = (readonly [number, number])[];

/** Pairs of places of pieces that both have, in order: white space only as words leave it. */
function wordsFirst(old: readonly string[], now: readonly string[]): Pairs {
  const [a, b] = [old, now].map((pieces) => [...pieces.keys()].filter((i) => /\S/.test(pieces[i])));
  const words = inOrder(
    a.map((i) => old[i]),
    b.map((i) => now[i]),
  ).map(([x, y]) => [a[x], b[y]] as const);
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...words, [old.length, now.length] as const]) {
    for (const [k, l] of inOrder(old.slice(i, x), now.slice(j, y))) pairs.push([i + k, j + l]);
    if (x < old.length) pairs.push([x, y]);
    [i, j] = [x + 1, y + 1];
  }
  return pairs;
}

/** Pairs of places of pieces that both have, in order. */
function inOrder(old: readonly string[], now: readonly string[]): Pairs {
  const pairs: Pairs = [];
  const parts = [[0, old.length, 0, now.length]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    let [from, to, nowFrom, nowTo] = part;
    while (from < to && nowFrom < nowTo && old[from] === now[nowFrom]) pairs.push([from++, nowFrom++]);
    while (from < to && nowFrom < nowTo && old[to - 1] === now[nowTo - 1]) pairs.push([--to, --nowTo]);
    if (from === to || nowFrom === nowTo) continue;
    const common = commonPieces(old.slice(from, to), now.slice(nowFrom, nowTo));
    if (common) {
      for (const [x, y] of common) pairs.push([from + x, nowFrom + y]);
      continue;
    }
    const once = piecesOnce(old, now, from, to, nowFrom, nowTo);
    let [i, j] = [from, nowFrom];
    for (const [x, y] of once) {
      pairs.push([x, y]);
      parts.push([i, x, j, y]);
      [i, j] = [x + 1, y + 1];
    }
    if (once.length > 0) parts.push([i, to, j, nowTo]);
  }
  return pairs.sort(([a], [b]) => a - b);
}

/** Pieces that occur once in both parts, as many as are in the same order (patience diff). */
function piecesOnce(
  old: readonly string[],
  now: readonly string[],
  from: number,
  to: number,
  nowFrom: number,
  nowTo: number,
): Pairs {
  const places = new Map<string, { count: number; nowCount: number; at: number }>();
  for (let i = from; i < to; i++) {
    const place = places.get(old[i]);
    if (place) place.count++;
    else places.set(old[i], { count: 1, nowCount: 0, at: i });
  }
  for (let j = nowFrom; j < nowTo; j++) {
    const place = places.get(now[j]);
    if (place) place.nowCount++;
  }
  // The longest run of rising places, by piles.
  const found: { readonly pair: readonly [number, number]; readonly before: number }[] = [];
  const piles: number[] = [];
  for (let j = nowFrom; j < nowTo; j++) {
    const place = places.get(now[j]);
    if (place?.count !== 1 || place.nowCount !== 1) continue;
    let low = 0;
    let high = piles.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (found[piles[middle]].pair[0] < place.at) low = middle + 1;
      else high = middle;
    }
    found.push({ pair: [place.at, j], before: low > 0 ? piles[low - 1] : -1 });
    piles[low] = found.length - 1;
  }
  const pairs: Pairs = [];
  for (let i = piles.at(-1) ?? -1; i >= 0; i = found[i].before) pairs.push(found[i].pair);
  return pairs.reverse();
}

/** Pairs of places of pieces that both have, in order: as many as can be (Myers 1986); undefined where too many differ. */
function commonPieces(a: readonly string[], b: readonly string[]): Pairs | undefined {
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
  return undefined;
}

/** The diagonal that a step came from. */
function cameFrom(furthest: Int32Array, middle: number, d: number, k: number): number {
  const isDown = k === -d || (k !== d && furthest[middle + k - 1] < furthest[middle + k + 1]);
  return isDown ? k + 1 : k - 1;
}

function pairsOn(steps: readonly Int32Array[], middle: number, length: number, otherLength: number): Pairs {
  const pairs: Pairs = [];
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

/** How a text has changed since it was as it was, and where its parts are now. */
import { isUnspaced } from '../script';
import type { TextEdit } from '../textEdits';
import { wordEdits } from './wordEdits';

/** A part of a text, in UTF-16 units; the end is exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The edits of a text that make of it what edits and one more change made.
 *
 * @param edits in the order of the text `before`, apart from each other.
 * @param change of the text that the edits made.
 */
export function withChange(before: string, edits: readonly TextEdit[], change: TextEdit): TextEdit[] {
  // What is deleted right beside other words was not replaced by them.
  const isBeside = (edit: TextEdit): boolean =>
    change.text === '' && edit.text !== '' && change.start < change.end;
  /** From the text before to the text now. */
  let shift = 0;
  let i = 0;
  for (; i < edits.length; i++) {
    const to = edits[i].start + shift + edits[i].text.length;
    if (to > change.start || (to === change.start && !isBeside(edits[i]))) break;
    shift += growthOf(edits[i]);
  }
  const first = edits.slice(0, i);
  let start = change.start - shift;
  let end = change.end - shift;
  let head = '';
  let tail = '';
  let touched = false;
  /** All that is touched was inserted. */
  let isInserted = true;
  for (; i < edits.length; i++) {
    const edit = edits[i];
    const from = edit.start + shift;
    if (from > change.end || (from === change.end && isBeside(edit))) break;
    if (!touched) {
      start = Math.min(edit.start, change.start - shift);
      head = edit.text.slice(0, Math.max(0, change.start - from));
    }
    touched = true;
    isInserted &&= edit.start === edit.end;
    tail = edit.text.slice(Math.max(0, change.end - from));
    end = Math.max(edit.end, change.end - shift - growthOf(edit));
    shift += growthOf(edit);
  }
  const last = edits.slice(i);
  const own =
    touched && isInserted && change.text === '' && start < end
      ? // What is left of insertions beside what was deleted did not take its place.
        [
          { start, end: start, text: head },
          { start, end, text: '' },
          { start: end, end, text: tail },
        ].filter((edit) => edit.start < edit.end || edit.text !== '')
      : withoutUndone(before, { start, end, text: head + change.text + tail });
  const near = withoutReturned(before, [...first.splice(-1), ...own, ...last.splice(0, 1)]);
  return first.concat(near, last);
}

/**
 * Edits without those two of which one puts back what the other deletes: of `a b c` without ` b` the text is the
 * same as without `b `, so that `b ` may be put back beside what is told as deleted.
 */
function withoutReturned(before: string, edits: TextEdit[]): TextEdit[] {
  const i = edits.findIndex((edit, at) => {
    const next = edits.at(at + 1);
    if (!next || growthOf(edit) + growthOf(next) !== 0) return false;
    const now = edit.text + before.slice(edit.end, next.start) + next.text;
    return before.startsWith(now, edit.start);
  });
  return i < 0 ? edits : [...edits.slice(0, i), ...edits.slice(i + 2)];
}

/** An edit without what it only puts back: all of it, what is beside an insertion, or words at its ends. */
function withoutUndone(before: string, { start, end, text }: TextEdit): TextEdit[] {
  const old = before.slice(start, end);
  if (old === text) return [];
  if (old !== '' && text.endsWith(old))
    return [{ start, end: start, text: text.slice(0, text.length - old.length) }];
  if (old !== '' && text.startsWith(old)) return [{ start: end, end, text: text.slice(old.length) }];
  const head = sameWordsAtStart(old, text);
  const tail = sameWordsAtEnd(old.slice(head), text.slice(head));
  return [{ start: start + head, end: end - tail, text: text.slice(head, text.length - tail) }];
}

/** The length of the whole words that two texts begin with. */
function sameWordsAtStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  while (length > 0 && !(isBorder(a, length) && isBorder(b, length))) length--;
  return ofWord.test(a.slice(0, length)) ? length : 0;
}

/** The length of the whole words that two texts end with. */
function sameWordsAtEnd(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  while (length > 0 && !(isBorder(a, a.length - length) && isBorder(b, b.length - length))) length--;
  return ofWord.test(a.slice(a.length - length)) ? length : 0;
}

/** Whether a word, a surrogate pair or a line end is not cut at a place. */
function isBorder(text: string, at: number): boolean {
  const beside = text.slice(Math.max(0, at - 1), at + 1);
  if (/^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(beside)) return false;
  return (
    !isOfWord(lastLetter(text.slice(Math.max(0, at - 2), at))) ||
    !isOfWord(firstLetter(text.slice(at, at + 2)))
  );
}

const growthOf = ({ start, end, text }: TextEdit): number => text.length - (end - start);

/** Edits in which what was replaced is told word by word. */
export function byWords(before: string, edits: readonly TextEdit[]): TextEdit[] {
  return edits.flatMap(({ start, end, text }) =>
    start === end || text === ''
      ? [{ start, end, text }]
      : wordEdits(before.slice(start, end), text).map((edit) => ({
          start: start + edit.start,
          end: start + edit.end,
          text: edit.text,
        })),
  );
}

/**
 * Where ranges of a text are behind its edits: moved, longer where a word of theirs got longer, shorter where a
 * part of them is gone, without white space at their ends. Undefined for a range of which nothing is left.
 *
 * @param edits see {@link byWords}.
 * @param after the text behind the edits.
 */
export function movedRanges(
  before: string,
  after: string,
  edits: readonly TextEdit[],
  ranges: readonly Range[],
): (Range | undefined)[] {
  /** How far the text behind each edit has moved. */
  const shifts: number[] = [];
  let shift = 0;
  for (const edit of edits) shifts.push((shift += growthOf(edit)));
  return ranges.map(({ start, end }) => {
    const from = firstEndingFrom(edits, start);
    let newStart = start + (from > 0 ? shifts[from - 1] : 0);
    let i = from;
    for (; i < edits.length && edits[i].start <= start; i++) {
      const edit = edits[i];
      const isReplaced = edit.start < edit.end;
      if (isReplaced && edit.start === start && edit.end < end) break;
      if (edit.start <= start && edit.end >= end && isReplaced && start < end) return undefined;
      newStart = Math.max(start, edit.end) + shifts[i];
      const isBegun = edits[i + 1]?.start === start && edits[i + 1].end > start;
      if (edit.end <= start && !isBegun) newStart -= gluedEnd(before, start, edit);
    }
    let last = i;
    while (last < edits.length && edits[last].end <= end && edits[last].start < end) last++;
    let newEnd = end + (last > 0 ? shifts[last - 1] : 0);
    const border = edits.at(last);
    if (last < edits.length && border) {
      if (border.start < end) newEnd = border.start + (last > 0 ? shifts[last - 1] : 0);
      // Nothing is of a word whose end is gone.
      else if (border.start === end && !(last > 0 && edits[last - 1].end === end))
        newEnd += gluedStart(before, end, border);
    }
    if (after.slice(newStart, newEnd) === before.slice(start, end)) return { start: newStart, end: newEnd };
    while (newStart < newEnd && /\s/.test(after[newStart])) newStart++;
    while (newEnd > newStart && /\s/.test(after[newEnd - 1])) newEnd--;
    // Of words that were labelled, signs alone are not enough.
    const isLeft =
      !ofWord.test(before.slice(start, end)) || ofWord.test(whatIsLeft(before, edits, from, start, end));
    return isLeft && newStart < newEnd ? { start: newStart, end: newEnd } : undefined;
  });
}

/** Whether edits take something out of a range. */
export function isCut(edits: readonly TextEdit[], { start, end }: Range): boolean {
  for (let i = firstEndingFrom(edits, start); i < edits.length && edits[i].start < end; i++)
    if (Math.max(edits[i].start, start) < Math.min(edits[i].end, end)) return true;
  return false;
}

/** What edits leave of a part of the text. */
function whatIsLeft(
  before: string,
  edits: readonly TextEdit[],
  from: number,
  start: number,
  end: number,
): string {
  let left = '';
  let at = start;
  for (let i = from; i < edits.length && edits[i].start < end; i++) {
    left += before.slice(at, Math.max(at, edits[i].start));
    at = Math.max(at, edits[i].end);
  }
  return left + before.slice(at, Math.max(at, end));
}

/** The first edit that ends at a place or behind it. */
export function firstEndingFrom(edits: readonly TextEdit[], place: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edits[middle].end < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

const ofWord = /[\p{L}\p{N}\p{M}]/u;
const isOfWord = (letter: string): boolean => ofWord.test(letter) && !isUnspaced(letter);
const lastLetter = (text: string): string => [...text.slice(-2)].at(-1) ?? '';
const firstLetter = (text: string): string => [...text.slice(0, 2)][0] ?? '';

/** How much of what now stands before a place is of the word that begins there. */
function gluedEnd(before: string, place: number, { text }: TextEdit): number {
  if (!isOfWord(firstLetter(before.slice(place, place + 2)))) return 0;
  if (isOfWord(lastLetter(before.slice(Math.max(0, place - 2), place)))) return 0;
  const letters = [...text];
  let from = letters.length;
  while (from > 0 && isOfWord(letters[from - 1])) from--;
  return letters.slice(from).join('').length;
}

/** How much of what now stands behind a place is of the word that ends there. */
function gluedStart(before: string, place: number, { text }: TextEdit): number {
  if (!isOfWord(lastLetter(before.slice(Math.max(0, place - 2), place)))) return 0;
  if (isOfWord(firstLetter(before.slice(place, place + 2)))) return 0;
  const letters = [...text];
  let to = 0;
  while (to < letters.length && isOfWord(letters[to])) to++;
  return letters.slice(0, to).join('').length;
}

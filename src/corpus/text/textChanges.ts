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
  const first: TextEdit[] = [];
  const last: TextEdit[] = [];
  /** From the text before to the text now. */
  let shift = 0;
  let head = '';
  let tail = '';
  let { start, end } = change;
  let touched = false;
  for (const edit of edits) {
    const from = edit.start + shift;
    const to = from + edit.text.length;
    if (to < change.start) first.push(edit);
    else if (from > change.end) last.push(edit);
    else {
      if (!touched) {
        start = Math.min(edit.start, change.start - shift);
        head = edit.text.slice(0, Math.max(0, change.start - from));
      }
      touched = true;
      tail = edit.text.slice(Math.max(0, change.end - from));
      end = Math.max(edit.end, change.end - shift - growthOf(edit));
    }
    shift += growthOf(edit);
  }
  if (!touched) {
    const shiftBefore = first.reduce((sum, edit) => sum + growthOf(edit), 0);
    start = change.start - shiftBefore;
    end = change.end - shiftBefore;
  }
  const merged = { start, end, text: head + change.text + tail };
  // What was undone is no change.
  const isSame = before.slice(start, end) === merged.text;
  return [...first, ...(isSame ? [] : [merged]), ...last];
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
      if (edit.end <= start) newStart -= gluedEnd(before, start, edit);
    }
    let last = i;
    while (last < edits.length && edits[last].end <= end && edits[last].start < end) last++;
    let newEnd = end + (last > 0 ? shifts[last - 1] : 0);
    const border = edits.at(last);
    if (last < edits.length && border) {
      if (border.start < end) newEnd = border.start + (last > 0 ? shifts[last - 1] : 0);
      else if (border.start === end) newEnd += gluedStart(before, end, border);
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
function firstEndingFrom(edits: readonly TextEdit[], place: number): number {
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

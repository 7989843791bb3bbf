/** Where words of a text stand again that were replaced with what is around them, or moved with it. */
import { groupedBy } from '../../common/groupedBy';
import { isUnspaced } from '../script';
import { inverseEdits } from '../textEdits';
import type { TextEdit } from '../textEdits';
import { firstEndingFrom, movedRanges } from './textChanges';
import type { Range } from './textChanges';
import { piecesOf } from './wordEdits';

/** How much of what is around words is compared, on each side, in UTF-16 units. */
const mostContext = 60;

/** Of so many letters around words that stay with them, the words were moved. */
const leastContext = 3;

/** Pairs of places to compare for the same words; of more, those are that stand about where the words stood. */
const mostPairs = 100_000;

/** A part of the text that took the place of another. */
interface Part {
  readonly before: Range;
  readonly now: Range;
}

/** A range whose words do not stand any more where they stood; several of `ranges` may be the same. */
interface Lost extends Range {
  readonly indices: readonly number[];
  /** A part of it still stands there. */
  readonly isLeft: boolean;
}

interface Place extends Range {
  readonly part: Part;
}

/** A text and what it has become. */
interface Texts {
  readonly before: string;
  readonly after: string;
  readonly byWords: readonly TextEdit[];
}

/**
 * Where ranges of a text are behind its edits, as {@link movedRanges} says; but words that are not where they
 * were are looked for in what took their place, and in what was inserted elsewhere with what is around them.
 *
 * @param edits of the text, in its order, apart from each other.
 * @param byWords the same by words.
 */
export function followedRanges(
  before: string,
  after: string,
  edits: readonly TextEdit[],
  byWords: readonly TextEdit[],
  ranges: readonly Range[],
): (Range | undefined)[] {
  let sum = 0;
  const shifts = edits.map(({ start, end, text }) => (sum += text.length - (end - start)));
  /** Undefined where an edit touches the range. */
  const shiftOf = ({ start, end }: Range): number | undefined => {
    const from = firstEndingFrom(edits, start);
    if (from < edits.length && edits[from].start <= end) return undefined;
    return from === 0 ? 0 : shifts[from - 1];
  };
  const touched: number[] = [];
  // Of many ranges most are far from any edit: these are only moved, and what was inserted is none of them.
  const all = ranges.map((range, i): Range | undefined => {
    const shift = shiftOf(range);
    if (shift === undefined) touched.push(i);
    return shift === undefined ? undefined : { start: range.start + shift, end: range.end + shift };
  });
  const own = touched.map((i) => ranges[i]);
  followTouched(before, after, edits, byWords, own).forEach((now, i) => (all[touched[i]] = now));
  return all;
}

function followTouched(
  before: string,
  after: string,
  edits: readonly TextEdit[],
  byWords: readonly TextEdit[],
  ranges: readonly Range[],
): (Range | undefined)[] {
  const moved = movedRanges(before, after, byWords, ranges);
  const parts = partsOf(edits);
  if (parts.length === 0) return moved;
  const taken = new Set<string>();
  const away: number[] = [];
  moved.forEach((now, i) => {
    const words = before.slice(ranges[i].start, ranges[i].end);
    if (now && isSameInOneSpace(after.slice(now.start, now.end), words)) taken.add(keyOf(now));
    else if (/[^\s\p{P}]/u.test(words) && isWhole(before, ranges[i])) away.push(i);
  });
  const lost = [...groupedBy(away, (i) => keyOf(ranges[i])).values()].map((indices): Lost => ({
    start: ranges[indices[0]].start,
    end: ranges[indices[0]].end,
    indices,
    isLeft: moved[indices[0]] !== undefined,
  }));
  const byTheirWords = groupedBy(lost, ({ start, end }) => before.slice(start, end));
  const places = placesOf(after, parts, [...byTheirWords.keys()]);
  for (const [words, own] of byTheirWords) {
    const free = (places.get(words) ?? []).filter((place) => !taken.has(keyOf(place)));
    for (const [{ indices }, { start, end }] of paired({ before, after, byWords }, own, free))
      for (const i of indices) moved[i] = { start, end };
  }
  return moved;
}

const keyOf = ({ start, end }: Range): string => `${start} ${end}`;
const isSameInOneSpace = (a: string, b: string): boolean => a === b || inOneSpace(a) === inOneSpace(b);
const inOneSpace = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What edits put into the text. */
function partsOf(edits: readonly TextEdit[]): Part[] {
  let shift = 0;
  return edits.flatMap(({ start, end, text }) => {
    const from = start + shift;
    shift += text.length - (end - start);
    return text === '' ? [] : [{ before: { start, end }, now: { start: from, end: from + text.length } }];
  });
}

/** Where words stand as whole words in the parts, or reach into them. */
function placesOf(text: string, parts: readonly Part[], wanted: readonly string[]): Map<string, Place[]> {
  const byFirst = groupedBy(wanted, (words) => piecesOf(words)[0]);
  const longest = wanted.reduce((length, words) => Math.max(length, words.length), 0);
  const found = new Map<string, Place[]>();
  let done = 0;
  for (const part of parts) {
    let at = Math.max(done, startOfPiece(text, part.now.start - longest));
    for (const piece of piecesOf(text.slice(at, part.now.end))) {
      for (const words of byFirst.get(piece) ?? []) {
        const place = { start: at, end: at + words.length, part };
        if (place.end <= part.now.start || !text.startsWith(words, at) || !isWhole(text, place)) continue;
        const others = found.get(words);
        if (others) others.push(place);
        else found.set(words, [place]);
      }
      at += piece.length;
    }
    done = part.now.end;
  }
  return found;
}

/** Which of the lost stands where now: those first that have most in common around them. */
function paired(texts: Texts, lost: readonly Lost[], places: readonly Place[]): Map<Lost, Place> {
  const width = Math.ceil(mostPairs / lost.length);
  const near = (i: number): readonly Place[] => {
    const from = Math.round((i / lost.length) * places.length - width / 2);
    return places.length <= width ? places : places.slice(Math.max(0, from), Math.max(0, from + width));
  };
  const likenessOfOrigin = ofOrigins(texts, places);
  const possible = lost.flatMap((from, i) =>
    near(i).flatMap((to) => {
      const likeness = sameAround(texts, from, to);
      return mayBe(texts, from, to, likeness, likenessOfOrigin.get(to)) ? [{ from, to, likeness }] : [];
    }),
  );
  const pairs = new Map<Lost, Place>();
  const taken = new Set<Place>();
  for (const { from, to } of possible.sort((a, b) => b.likeness - a.likeness)) {
    if (pairs.has(from) || taken.has(to)) continue;
    pairs.set(from, to);
    taken.add(to);
  }
  return pairs;
}

/** Of places whose words were there before, at a place of their own: how like that is what is around them. */
function ofOrigins(texts: Texts, places: readonly Place[]): Map<Place, number> {
  const { before, after, byWords } = texts;
  const origins = movedRanges(after, before, inverseEdits(before, byWords), places);
  return new Map(
    places.flatMap((place, i) => {
      const origin = origins[i];
      const isSame = origin && before.slice(origin.start, origin.end) === after.slice(place.start, place.end);
      return isSame ? [[place, sameAround(texts, origin, place)] as const] : [];
    }),
  );
}

/** Whether words were replaced by these or moved there: with what is around them, or alone. */
function mayBe(
  { before, after }: Texts,
  from: Lost,
  { part }: Place,
  likeness: number,
  ofOrigin: number | undefined,
): boolean {
  if (ofOrigin !== undefined && (from.isLeft || likeness <= ofOrigin)) return false;
  if (part.before.start < from.end && from.start < part.before.end) return true;
  if (from.isLeft) return false;
  if (likeness >= leastContext) return true;
  return after.slice(part.now.start, part.now.end).trim() === before.slice(from.start, from.end);
}

/** How many letters and digits stand the same around two places; white space of any kind is the same. */
function sameAround({ before, after }: Texts, from: Range, to: Range): number {
  let same = 0;
  for (const [step, a, b] of [
    [-1, from.start - 1, to.start - 1],
    [1, from.end, to.end],
  ])
    for (let i = 0; i < mostContext; i++) {
      const [old, now] = [before.charAt(a + step * i), after.charAt(b + step * i)];
      if (old === '' || now === '') break;
      if (old !== now && !(/\s/.test(old) && /\s/.test(now))) break;
      if (ofWord.test(old)) same++;
    }
  return same;
}

const ofWord = /[\p{L}\p{N}\p{M}]/u;

/** Whether a range begins and ends at the borders of words. */
function isWhole(text: string, { start, end }: Range): boolean {
  return !isInWord(text, start) && !isInWord(text, end);
}

function isInWord(text: string, place: number): boolean {
  const left = [...text.slice(Math.max(0, place - 2), place)].at(-1) ?? '';
  const right = [...text.slice(place, place + 2)][0] ?? '';
  return [left, right].every((letter) => ofWord.test(letter) && !isUnspaced(letter));
}

/** A place at or before another at which no word is cut. */
function startOfPiece(text: string, place: number): number {
  let at = Math.max(0, place);
  while (at > 0 && !/\s/.test(text[at - 1])) at--;
  return at;
}

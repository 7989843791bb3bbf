/** Edits of brat's annotations that leave every other line as it is. */
import { readAnnotations } from './brat';
import type { Annotation } from './brat';
import { countPlaces } from './spans/places';
import { tokensOfText } from './spans/spanTokens';
import type { TextRange, TextSpan } from './spans/spanTokens';

/** A part of the annotations, in UTF-16 units, and what takes its place. */
export interface AnnotationEdit extends TextRange {
  readonly text: string;
}

/** A span of a text, in UTF-16 units of it, and the line of the annotations that says so. */
export interface FoundSpan extends TextSpan {
  readonly annotation: Annotation;
}

/** The spans of a text that lie inside of it, in the order of the annotations. */
export function spansIn(text: string, annotations: string): FoundSpan[] {
  const { spans } = readAnnotations(annotations);
  const { unitOf } = countPlaces(text, spans);
  return spans.flatMap((annotation) => {
    const start = unitOf(annotation.start);
    const end = unitOf(annotation.end);
    return start < end && end <= text.length ? [{ start, end, type: annotation.type, annotation }] : [];
  });
}

/** Those that are what they say to be. */
export function soundSpansIn(text: string, annotations: string): FoundSpan[] {
  const misquoted = new Set(misquotedLines(text, annotations));
  return spansIn(text, annotations).filter(({ annotation }) => !misquoted.has(annotation.line));
}

/** Lines of the annotations, from 0, whose span is not the text that it says to be: places cannot be trusted. */
export function misquotedLines(text: string, annotations: string): number[] {
  const { spans } = readAnnotations(annotations);
  return countPlaces(text, spans).misquoted.map((i) => spans[i].line);
}

/** The tokens that ranges of a text touch, each range as one; those without a token fall away. */
export function snapToTokens(text: string, ranges: readonly TextRange[], markdown = false): TextRange[] {
  const tokens = tokensOfText(text, markdown).flat();
  const snapped = ranges.flatMap(({ start, end }) => {
    const first = firstEndingBehind(tokens, start);
    // A cursor without a selection takes the token that it is in, or right behind.
    const from =
      start === end && tokens[first - 1]?.end === start && !(tokens[first]?.start <= start)
        ? first - 1
        : first;
    let to = from;
    while (to < tokens.length && (tokens[to].start < end || (start === end && tokens[to].start <= start)))
      to++;
    return to > from ? [{ start: tokens[from].start, end: tokens[to - 1].end }] : [];
  });
  return [...new Map(snapped.map((range) => [`${range.start} ${range.end}`, range])).values()];
}

/** Other places of a text where the same tokens stand as in a range of it; none overlaps one that is taken. */
export function placesLike(
  text: string,
  wanted: string,
  taken: readonly TextRange[],
  markdown = false,
): TextRange[] {
  if (wanted === '' || !text.includes(wanted)) return [];
  const tokens = tokensOfText(text, markdown).flat();
  const starts = new Set(tokens.map(({ start }) => start));
  const ends = new Set(tokens.map(({ end }) => end));
  const places = [...taken].sort((a, b) => a.start - b.start);
  const found: TextRange[] = [];
  let next = 0;
  let takenTo = 0;
  for (let at = text.indexOf(wanted); at >= 0;) {
    const range = { start: at, end: at + wanted.length };
    while (next < places.length && places[next].start < range.end)
      takenTo = Math.max(takenTo, places[next++].end);
    const isFree = takenTo <= range.start;
    const isWhole = starts.has(range.start) && ends.has(range.end);
    if (isFree && isWhole) found.push(range);
    at = text.indexOf(wanted, isFree && isWhole ? range.end : at + 1);
  }
  return found;
}

/** Adds spans with ids of their own at the end of the annotations. Spans that are there already stay once. */
export function addSpans(text: string, annotations: string, added: readonly TextSpan[]): AnnotationEdit[] {
  const { spans } = readAnnotations(annotations);
  const { countOf } = countPlaces(text, spans);
  const keyOf = ({ start, end, type }: TextSpan): string => `${start} ${end} ${type}`;
  const known = new Set(spansIn(text, annotations).map(keyOf));
  const lineEnd = annotations.includes('\r\n') ? '\r\n' : '\n';
  let id = 0;
  for (const [, number] of annotations.matchAll(/\bT(\d{1,9})\b/g)) id = Math.max(id, Number(number));
  const lines = added.flatMap((span) => {
    if (known.has(keyOf(span))) return [];
    known.add(keyOf(span));
    const quote = text.slice(span.start, span.end).replace(/\r\n|[\r\n\t]/g, (end) => ' '.repeat(end.length));
    return [`T${++id}\t${span.type} ${countOf(span.start)} ${countOf(span.end)}\t${quote}${lineEnd}`];
  });
  if (lines.length === 0) return [];
  const before = annotations === '' || /[\r\n]$/.test(annotations) ? '' : lineEnd;
  const { length } = annotations;
  return [{ start: length, end: length, text: before + lines.join('') }];
}

/** Gives spans another type; their ids stay. */
export function changeType(found: readonly FoundSpan[], type: string): AnnotationEdit[] {
  return found.flatMap(({ annotation: { typeStart, type: old } }) =>
    old === type ? [] : [{ start: typeStart, end: typeStart + old.length, text: type }],
  );
}

/** Removes spans. */
export function removeSpans(found: readonly FoundSpan[]): AnnotationEdit[] {
  return found.map(({ annotation: { lineStart, lineEnd } }) => ({
    start: lineStart,
    end: lineEnd,
    text: '',
  }));
}

/** Those of the spans that another line refers to: a note, a relation, an event or an attribute. */
export function referredTo(annotations: string, found: readonly FoundSpan[]): FoundSpan[] {
  const named = new Set<string>();
  for (const [line] of annotations.matchAll(/^[^T\s].*$/gm))
    for (const [id] of line.matchAll(/\bT\d+\b/g)) named.add(id);
  return found.filter(({ annotation: { lineStart } }) =>
    named.has(/^T\S*/.exec(annotations.slice(lineStart, lineStart + 20))?.[0] ?? ''),
  );
}

/** Whether a name can be a type of brat: it holds something to be seen, and no white space. */
export function isTypeName(name: string): boolean {
  return name !== '' && !/[\s\p{Cc}\p{Cf}]/u.test(name);
}

/** The annotations behind edits that do not overlap. */
export function withEdits(annotations: string, edits: readonly AnnotationEdit[]): string {
  let result = '';
  let written = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    result += annotations.slice(written, start) + text;
    written = end;
  }
  return result + annotations.slice(written);
}

/** The number of the first token that ends behind a place. */
function firstEndingBehind(tokens: readonly TextRange[], place: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle].end > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Annotations that follow their text where it is edited. */
import { followedRanges } from '../text/sameWords';
import { byWords, isCut } from '../text/textChanges';
import { applyEdits } from '../textEdits';
import type { TextEdit } from '../textEdits';
import { readAnnotations } from './brat';
import type { Annotation } from './brat';
import { counterOf, countPlaces } from './spans/places';
import type { PlaceUnit } from './spans/places';
import type { TextRange } from './spans/spanTokens';

export interface MovedAnnotations {
  readonly annotations: string;
  /** Spans whose text is gone, in the order of the annotations. */
  readonly dropped: readonly DroppedSpan[];
  /** The lines before of spans that are left without a part of their text. */
  readonly cut: readonly string[];
}

export interface DroppedSpan {
  readonly type: string;
  /** What it was of. */
  readonly quote: string;
  /** Its line in the annotations before, with its line's end. */
  readonly line: string;
}

/** Annotations whose lines are read, and whose places in their text are known. */
export interface PlacedAnnotations {
  readonly text: string;
  readonly annotations: string;
  readonly unit: PlaceUnit;
  /** In the order of the annotations, without those that are not of the text. */
  readonly spans: readonly PlacedSpan[];
  /** A line says of a span what the text does not have there. */
  readonly hasMisquoted: boolean;
}

interface PlacedSpan {
  readonly span: Annotation;
  /** In UTF-16 units of the text. */
  readonly pieces: readonly TextRange[];
}

/** Where spans are behind edits of their text. */
export interface MovedPlaces {
  readonly edits: readonly TextEdit[];
  readonly byWords: readonly TextEdit[];
  readonly after: string;
  /** Of all pieces, those of each span behind each other; undefined for those whose text is gone. */
  readonly ranges: readonly (TextRange | undefined)[];
}

export function placeAnnotations(text: string, annotations: string): PlacedAnnotations {
  const { spans, discontinuous } = readAnnotations(annotations);
  const { unit, unitOf, misquoted } = countPlaces(text, spans);
  const isMisquoted = new Set(misquoted.map((i) => spans[i]));
  const placed = [...spans, ...discontinuous]
    .filter((span) => !isMisquoted.has(span))
    .map((span) => ({
      span,
      pieces: [span, ...(span.furtherPieces ?? [])].map(({ start, end }) => ({
        start: unitOf(start),
        end: unitOf(end),
      })),
    }));
  const inside = placed.filter(({ pieces }) =>
    pieces.every(({ start, end }) => start < end && end <= text.length),
  );
  return {
    text,
    annotations,
    unit,
    spans: inside.sort((a, b) => a.span.lineStart - b.span.lineStart),
    hasMisquoted: isMisquoted.size > 0 || inside.length < placed.length,
  };
}

/** @param edits of the text, in its order, apart from each other. */
export function movedPlaces({ text, spans }: PlacedAnnotations, edits: readonly TextEdit[]): MovedPlaces {
  const after = applyEdits(text, edits);
  const words = byWords(text, edits);
  const pieces = spans.flatMap((span) => span.pieces);
  return { edits, byWords: words, after, ranges: followedRanges(text, after, edits, words, pieces) };
}

/**
 * The annotations of a text behind edits of it. Lines whose span is not of the text as it was are not touched,
 * nor are those that are no spans.
 *
 * @param edits of `text`, in its order, apart from each other.
 */
export function movedAnnotations(
  text: string,
  annotations: string,
  edits: readonly TextEdit[],
): MovedAnnotations {
  if (edits.length === 0) return { annotations, dropped: [], cut: [] };
  const placed = placeAnnotations(text, annotations);
  return annotationsAt(placed, movedPlaces(placed, edits));
}

/** The annotations with their spans at other places. */
export function annotationsAt(
  { text, annotations, unit, spans }: PlacedAnnotations,
  { edits, byWords: words, after, ranges }: MovedPlaces,
): MovedAnnotations {
  if (edits.length === 0) return { annotations, dropped: [], cut: [] };
  const countOf = counterOf(after, unit);
  const lines: TextEdit[] = [];
  const dropped: DroppedSpan[] = [];
  const cut: string[] = [];
  let next = 0;
  for (const { span, pieces } of spans) {
    const now = ranges.slice(next, next + pieces.length).filter((range) => range !== undefined);
    next += pieces.length;
    const { lineStart, lineEnd } = span;
    const isSame = (range: TextRange, i: number): boolean =>
      countOf(range.start) === [span, ...(span.furtherPieces ?? [])][i].start &&
      after.slice(range.start, range.end) === text.slice(pieces[i].start, pieces[i].end);
    if (now.length === pieces.length && now.every(isSame)) continue;
    const line = annotations.slice(lineStart, lineEnd);
    if (now.length === 0) {
      const quote = pieces.map(({ start, end }) => text.slice(start, end)).join(' ');
      dropped.push({ type: span.type, quote, line });
      lines.push({ start: lineStart, end: lineEnd, text: '' });
      continue;
    }
    if (now.length < pieces.length || pieces.some((piece) => isCut(words, piece))) cut.push(line);
    lines.push({ start: lineStart, end: lineEnd, text: spanLine(line, span, now, after, countOf) });
  }
  return { annotations: applyEdits(annotations, lines), dropped, cut };
}

/** A span's line with other places, and their text. */
function spanLine(
  line: string,
  { typeStart, lineStart, type, quote }: Annotation,
  pieces: readonly TextRange[],
  text: string,
  countOf: (unit: number) => number,
): string {
  const head = line.slice(0, typeStart - lineStart + type.length);
  const places = pieces.map(({ start, end }) => `${countOf(start)} ${countOf(end)}`).join(';');
  const lineEnd = /[\r\n]*$/.exec(line)?.[0] ?? '';
  const said = pieces.map(({ start, end }) => text.slice(start, end).replace(/[\r\n\t]/g, ' ')).join(' ');
  return `${head} ${places}${quote === undefined ? '' : `\t${said}`}${lineEnd}`;
}

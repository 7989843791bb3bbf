/** Annotations that follow their text where it is edited. */
import { followedRanges } from '../text/sameWords';
import { byWords } from '../text/textChanges';
import { applyEdits } from '../textEdits';
import type { TextEdit } from '../textEdits';
import { readAnnotations } from './brat';
import type { Annotation } from './brat';
import { counterOf, countPlaces } from './spans/places';
import type { TextRange } from './spans/spanTokens';

export interface MovedAnnotations {
  readonly annotations: string;
  /** Spans whose text is gone, in the order of the annotations. */
  readonly dropped: readonly DroppedSpan[];
}

export interface DroppedSpan {
  readonly type: string;
  /** What it was of. */
  readonly quote: string;
  /** Its line in the annotations before, with its line's end. */
  readonly line: string;
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
  if (edits.length === 0) return { annotations, dropped: [] };
  const { spans, discontinuous } = readAnnotations(annotations);
  const count = countPlaces(text, spans);
  const misquoted = new Set(count.misquoted.map((i) => spans[i]));
  const after = applyEdits(text, edits);
  const countOf = counterOf(after, count.unit);
  const known = [...spans, ...discontinuous]
    .filter((span) => !misquoted.has(span))
    .map((span) => ({
      span,
      pieces: [span, ...(span.furtherPieces ?? [])].map(({ start, end }) => ({
        start: count.unitOf(start),
        end: count.unitOf(end),
      })),
    }))
    .filter(({ pieces }) => pieces.every(({ start, end }) => start < end && end <= text.length))
    .sort((a, b) => a.span.lineStart - b.span.lineStart);
  const moved = followedRanges(
    text,
    after,
    edits,
    byWords(text, edits),
    known.flatMap(({ pieces }) => pieces),
  );
  const lines: TextEdit[] = [];
  const dropped: DroppedSpan[] = [];
  let next = 0;
  for (const { span, pieces } of known) {
    const now = moved.slice(next, next + pieces.length).filter((range) => range !== undefined);
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
    lines.push({ start: lineStart, end: lineEnd, text: spanLine(line, span, now, after, countOf) });
  }
  return { annotations: applyEdits(annotations, lines), dropped };
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

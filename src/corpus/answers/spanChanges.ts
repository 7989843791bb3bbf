/** Changes to the spans of one sentence. */
import type { Span } from '../corpus';

/** Tokens of a sentence, the end exclusive. */
export type TokenRange = Pick<Span, 'start' | 'end'>;

export const overlap = (a: TokenRange, b: TokenRange): boolean => a.start < b.end && b.start < a.end;

/** Without what stands in a range: spans that reach out of it keep the rest. */
export function without(spans: readonly Span[], range: TokenRange): Span[] {
  return spans.flatMap((span) => {
    if (!overlap(span, range)) return [span];
    const before = { ...span, end: range.start };
    const after = { ...span, start: range.end };
    return [before, after].filter(({ start, end }) => start < end);
  });
}

/** With a span of this type, of the others what it leaves. */
export function withSpan(spans: readonly Span[], span: Span): Span[] {
  return [...without(spans, span), span].sort((a, b) => a.start - b.start);
}

/** With these spans in the place of all that touch the range. */
export function replacedIn(spans: readonly Span[], range: TokenRange, inserted: readonly Span[]): Span[] {
  return [...spans.filter((span) => !overlap(span, range)), ...inserted].sort((a, b) => a.start - b.start);
}

/** A span with its start or end moved by one token; undefined where that leaves the sentence, or nothing. */
export function resized(span: Span, side: 'start' | 'end', by: 1 | -1, tokens: number): Span | undefined {
  const moved = side === 'start' ? { ...span, start: span.start - by } : { ...span, end: span.end + by };
  return moved.start < 0 || moved.end > tokens || moved.start >= moved.end ? undefined : moved;
}

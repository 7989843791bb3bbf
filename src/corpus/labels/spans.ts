import type { LabelScheme, Span } from '../corpus';
import { splitLabel } from './notation';
import type { LabelParts } from './notation';

/**
 * The spans of one sentence as `conlleval` counts them (Tjong Kim Sang and Buchholz 2000): a span starts at B
 * or S, where the type changes, and at I or E behind O, E or S; it ends at E or S and before the next start
 * or O. An I that no B opened begins a span: malformed spans are repaired, not dropped. The published script
 * knows B, I and E; that E and S end a span before any tag, and S starts one, is as in its extension to
 * IOBES. A label that is none of the scheme counts as O. Empty for the scheme `none`.
 */
export function spansOf(labels: readonly string[], scheme: LabelScheme): Span[] {
  const spans: Span[] = [];
  if (scheme === 'none') return spans;
  let start = -1;
  let before: LabelParts = { prefix: 'O', type: '' };
  for (let t = 0; t <= labels.length; t++) {
    const label: LabelParts = t < labels.length ? splitLabel(labels[t], scheme) : { prefix: 'O', type: '' };
    if (start >= 0 && !joins(before, label)) {
      spans.push({ start, end: t, type: before.type });
      start = -1;
    }
    if (start < 0 && label.prefix !== 'O') start = t;
    before = label;
  }
  return spans;
}

/** Whether a span that holds the token labelled `before` also holds its neighbour. */
export function joins(before: LabelParts, label: LabelParts): boolean {
  return (
    before.prefix !== 'O' &&
    before.prefix !== 'E' &&
    before.prefix !== 'S' &&
    (label.prefix === 'I' || label.prefix === 'E') &&
    before.type === label.type
  );
}

/** Stretches of tokens that overlapping spans are in, in order. */
export function regionsOf(spans: readonly Pick<Span, 'start' | 'end'>[]): { start: number; end: number }[] {
  const regions: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const open = regions.at(-1);
    if (open && start < open.end) open.end = Math.max(open.end, end);
    else regions.push({ start, end });
  }
  return regions;
}

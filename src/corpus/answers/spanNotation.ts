/** How a column writes the labels of spans: its letters, their case, what parts them from types, and O. */
import type { LabelScheme, Span } from '../corpus';
import { isOtherOutside, isOutside, lettersOf, partsUnder, splitLabel } from '../labels/notation';
import type { LabelParts } from '../labels/notation';
import { lettersIn } from '../labels/outOfPlace';
import { spansOf } from '../labels/spans';

export class SpanNotation {
  /** What the column writes for tokens in no span. */
  readonly outside: string;
  /** All tokens are in spans, which have no types, as in word segmentation. */
  readonly coversAll: boolean;
  private readonly letters: ReadonlyMap<LabelParts['prefix'], string>;
  private readonly border: string;
  private readonly isLowerCase: boolean;
  private readonly isSuffix: boolean;
  private readonly types: ReadonlySet<string>;

  /** @param labels of the column, the most frequent first. */
  constructor(
    readonly scheme: LabelScheme,
    labels: readonly string[],
  ) {
    this.isSuffix = scheme.endsWith('suffix');
    const marked = labels.filter((label) => (partsUnder(label, scheme)?.prefix ?? 'O') !== 'O');
    const outside = labels.filter((label) => isOutside(label) || isOtherOutside(label));
    this.outside = outside.find(isOutside) ?? outside[0] ?? 'O';
    this.letters = lettersIn(labels, scheme);
    const typed = scheme === 'IO' ? undefined : marked.find(({ length }) => length > 2);
    const typeless = scheme !== 'IO' && marked.length > 0 && typed === undefined;
    this.coversAll = typeless && outside.length === 0;
    this.border = (this.isSuffix ? typed?.at(-2) : typed?.[1]) ?? '-';
    const own = (this.isSuffix ? marked[0]?.at(-1) : marked[0]?.[0]) ?? 'B';
    this.isLowerCase = scheme !== 'IO' && own !== own.toUpperCase();
    this.types = new Set(marked.map((label) => splitLabel(label, scheme).type));
  }

  /**
   * The type that somebody means who gives a label: a type that the column has, or what follows the letter of a
   * label that is written out. Undefined for what says that a token is in no span.
   */
  typeOf(label: string): string | undefined {
    if (this.types.has(label)) return label;
    if (isOutside(label) || isOtherOutside(label)) return undefined;
    return (this.scheme === 'IO' ? undefined : partsUnder(label, this.scheme)?.type) ?? label;
  }

  /**
   * The labels of a span's tokens.
   *
   * @param touches whether a span of the same type ends right before it, and begins right behind it.
   */
  labelsOf(
    { start, end, type }: Span,
    touches: { readonly before: boolean; readonly after: boolean },
  ): string[] {
    const last = end - start - 1;
    return Array.from({ length: last + 1 }, (_, i) => this.write(this.prefixAt(i, last, touches), type));
  }

  private prefixAt(
    i: number,
    last: number,
    touches: { readonly before: boolean; readonly after: boolean },
  ): LabelParts['prefix'] {
    switch (lettersOf(this.scheme)) {
      case 'IOB1':
        return i === 0 && touches.before ? 'B' : 'I';
      case 'IOB2':
        return i === 0 ? 'B' : 'I';
      case 'IOE1':
        return i === last && touches.after ? 'E' : 'I';
      case 'IOE2':
        return i === last ? 'E' : 'I';
      case 'IOBES':
        return last === 0 ? 'S' : i === 0 ? 'B' : i === last ? 'E' : 'I';
      default:
        return 'I';
    }
  }

  private write(prefix: LabelParts['prefix'], type: string): string {
    if (this.scheme === 'IO') return type;
    const upper = this.letters.get(prefix) ?? prefix;
    const letter = this.isLowerCase ? upper.toLowerCase() : upper;
    if (type === '') return letter;
    return this.isSuffix ? `${type}${this.border}${letter}` : `${letter}${this.border}${type}`;
  }
}

const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end && a.type === b.type;

/**
 * The labels of a sentence with other spans. Labels of spans that stay are left as they are, also where they
 * are malformed; where that would be read otherwise, all are written anew.
 *
 * @returns undefined where the notation cannot say it.
 */
export function relabelled(
  labels: readonly string[],
  notation: SpanNotation,
  wanted: readonly Span[],
): string[] | undefined {
  const { scheme } = notation;
  const spans = scheme === 'IO' ? joined(wanted) : wanted;
  const old = spansOf(labels, scheme);
  for (const keep of [true, false]) {
    const written = writeSpans(labels, notation, old, spans, keep);
    const read = spansOf(written, scheme);
    if (read.length === spans.length && read.every((span, i) => sameSpan(span, spans[i]))) return written;
  }
  return undefined;
}

function writeSpans(
  labels: readonly string[],
  notation: SpanNotation,
  old: readonly Span[],
  spans: readonly Span[],
  keep: boolean,
): string[] {
  const written = [...labels];
  for (const { start, end } of old) written.fill(notation.outside, start, end);
  const touching = (all: readonly Span[], i: number): { before: boolean; after: boolean } => {
    const [a, b, c] = [all.at(i - 1), all[i], all.at(i + 1)];
    return {
      before: i > 0 && a?.end === b.start && a.type === b.type,
      after: i + 1 < all.length && c?.start === b.end && c.type === b.type,
    };
  };
  spans.forEach((span, i) => {
    const before = old.findIndex((other) => sameSpan(span, other));
    const touches = touching(spans, i);
    const own = before < 0 ? undefined : touching(old, before);
    const stays = keep && own?.before === touches.before && own.after === touches.after;
    const texts = stays ? labels.slice(span.start, span.end) : notation.labelsOf(span, touches);
    texts.forEach((label, t) => (written[span.start + t] = label));
  });
  return written;
}

/** Neighbours of one type as one span, where labels are types alone. */
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const before = all.at(-1);
    if (before?.end === span.start && before.type === span.type)
      all[all.length - 1] = { ...before, end: span.end };
    else all.push(span);
  }
  return all;
}

import type { Column, LabelScheme, SchemeEvidence } from '../corpus';

/** A label taken apart. BILOU's L and U, BMES's M, and W are read as E, S, I and S. */
export interface LabelParts {
  readonly prefix: 'B' | 'I' | 'O' | 'E' | 'S';
  /** Empty for `O` and for prefixes that stand alone. */
  readonly type: string;
}

const prefixes: Readonly<Record<string, LabelParts['prefix']>> = {
  B: 'B',
  I: 'I',
  M: 'I',
  E: 'E',
  L: 'E',
  S: 'S',
  U: 'S',
  W: 'S',
};
const outside: LabelParts = { prefix: 'O', type: '' };

/** The parts of a label such as `B-PER`, `M` or `O`; undefined for anything else. */
export function parseLabel(label: string): LabelParts | undefined {
  if (label === 'O') return outside;
  const prefix = prefixes[label[0]];
  if (!prefix || !Object.hasOwn(prefixes, label[0])) return undefined;
  if (label.length === 1) return { prefix, type: '' };
  return label[1] === '-' && label.length > 2 ? { prefix, type: label.slice(2) } : undefined;
}

/**
 * The parts of a label under a scheme. A label that does not fit counts as outside; without a scheme all do.
 */
export function splitLabel(label: string, scheme: LabelScheme): LabelParts {
  return (scheme === 'none' ? undefined : parseLabel(label)) ?? outside;
}

/**
 * At least these shares of a column's tokens must read as span labels, with and without types; the rest are
 * mistakes, to be reported.
 */
const typedShare = 0.8;
const bareShare = 0.95;

/** Whether the labels mark spans: most of them parse, and the prefixes are more than a class of words. */
export function marksSpans(evidence: SchemeEvidence): boolean {
  const { tokens, parsed, begin, inside, end, single } = evidence;
  if (evidence.typed > 0) return parsed >= typedShare * tokens;
  if (tokens === 0 || parsed < bareShare * tokens) return false;
  return evidence.outside > 0 ? begin + inside + end + single > 0 : begin > 0 && inside + end + single > 0;
}

/** Fewer E and S than this share of the B are slips in IOB2, not IOBES. */
const slipShare = 0.1;

/**
 * The scheme that the evidence speaks for.
 *
 * - S, or both B and E: IOBES. - E without B: IOE2 if spans end in E, else IOE1 (where E only parts
 *   neighbours of one type).
 * - otherwise IOB2 if spans start with B at least as often as with I, else IOB1 (where B only parts
 *   neighbours of one type).
 */
export function schemeOf(evidence: SchemeEvidence): LabelScheme {
  if (!marksSpans(evidence)) return 'none';
  const { begin, end, single } = evidence;
  if (end + single > slipShare * begin) {
    if (single > 0 || begin > 0) return 'IOBES';
    return evidence.insideAtEnd > end ? 'IOE1' : 'IOE2';
  }
  return evidence.beginAtStart >= evidence.insideAtStart ? 'IOB2' : 'IOB1';
}

/** The scheme of labels, given by sentence. */
export function detectScheme(sentences: Iterable<readonly string[]>): LabelScheme {
  const numbers = new Map<string, number>();
  const values: string[] = [];
  const ids: number[] = [];
  const starts: number[] = [];
  for (const sentence of sentences) {
    starts.push(ids.length);
    for (const label of sentence) {
      let id = numbers.get(label);
      if (id === undefined) {
        id = values.length;
        values.push(label);
        numbers.set(label, id);
      }
      ids.push(id);
    }
  }
  return schemeOf(gatherEvidence({ values, ids }, [...starts, ids.length]));
}

/** Counts what {@link schemeOf} needs over a column's sentences. */
export function gatherEvidence(
  column: { readonly values: readonly string[]; readonly ids: ArrayLike<number> } | Column,
  sentenceStart: ArrayLike<number>,
): SchemeEvidence {
  const parts = column.values.map(parseLabel);
  const count = {
    tokens: column.ids.length,
    parsed: 0,
    outside: 0,
    typed: 0,
    begin: 0,
    inside: 0,
    end: 0,
    single: 0,
    beginAtStart: 0,
    insideAtStart: 0,
    insideAtEnd: 0,
  };
  for (let sentence = 0; sentence + 1 < sentenceStart.length; sentence++) {
    /** Type of the span that the token before leaves open. */
    let open: string | undefined;
    const last = sentenceStart[sentence + 1] - 1;
    for (let t = sentenceStart[sentence]; t <= last; t++) {
      const label = parts[column.ids[t]];
      const before = open;
      open = undefined;
      if (!label) continue;
      count.parsed++;
      if (label.prefix === 'O') {
        count.outside++;
        continue;
      }
      if (label.type) count.typed++;
      if (label.prefix === 'E') {
        count.end++;
      } else if (label.prefix === 'S') {
        count.single++;
      } else {
        open = label.type;
        if (label.prefix === 'B') {
          count.begin++;
          if (before !== label.type) count.beginAtStart++;
        } else {
          count.inside++;
          if (before !== label.type) count.insideAtStart++;
          const next = t < last ? parts[column.ids[t + 1]] : undefined;
          const goesOn =
            next !== undefined && next.type === label.type && (next.prefix === 'I' || next.prefix === 'E');
          if (!goesOn) count.insideAtEnd++;
        }
      }
    }
  }
  return count;
}

/** The evidence of several files together. */
export function addEvidence(a: SchemeEvidence, b: SchemeEvidence): SchemeEvidence {
  return {
    tokens: a.tokens + b.tokens,
    parsed: a.parsed + b.parsed,
    outside: a.outside + b.outside,
    typed: a.typed + b.typed,
    begin: a.begin + b.begin,
    inside: a.inside + b.inside,
    end: a.end + b.end,
    single: a.single + b.single,
    beginAtStart: a.beginAtStart + b.beginAtStart,
    insideAtStart: a.insideAtStart + b.insideAtStart,
    insideAtEnd: a.insideAtEnd + b.insideAtEnd,
  };
}

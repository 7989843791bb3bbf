import type {
  Column,
  CorpusFile,
  LabelScheme,
  PrefixEvidence,
  PrefixScheme,
  SchemeEvidence,
} from '../corpus';
import { isOtherOutside, isOutside, parseLabel } from './notation';
import type { LabelParts, Notation } from './notation';

/**
 * At least these shares of a column's tokens must read as span labels, with and without types; the rest are
 * mistakes, to be reported.
 */
const typedShare = 0.8;
const bareShare = 0.95;

/** Whether the labels mark spans: most of them parse, and the letters are more than a class of words. */
function marksSpans(evidence: PrefixEvidence, tokens: number): boolean {
  const { parsed, otherOutside, begin, inside, end, single } = evidence;
  // Of the tokens in spans, at least half must have a letter: a type such as e-mail seems to have one.
  const labelled = tokens - evidence.outside - otherOutside;
  if (evidence.typed > 0) return parsed >= typedShare * tokens && evidence.typed >= labelled / 2;
  if (tokens === 0 || parsed - otherOutside < bareShare * tokens) return false;
  return evidence.outside > 0 ? begin + inside + end + single > 0 : begin > 0 && inside + end + single > 0;
}

/** Fewer E and S than this share of the B are slips in IOB2, not IOBES. */
const slipShare = 0.1;

/** Labels are types alone where at least this share is `O`, and no other label is as frequent. */
const outsideShare = 0.3;

/**
 * The scheme that the evidence speaks for: one whose letters stand before the types, or behind them where
 * more labels can be read so; else types alone (`IO`), where `O` is the most frequent label; else none.
 */
export function schemeOf(evidence: SchemeEvidence): LabelScheme {
  const { tokens, prefix, suffix, outside, mostFrequentOther } = evidence;
  if (suffix.typed > 0 && suffix.parsed > prefix.parsed && marksSpans(suffix, tokens))
    return `${prefixSchemeOf(suffix)} suffix`;
  if (marksSpans(prefix, tokens)) return prefixSchemeOf(prefix);
  const isIo = outside < tokens && outside >= mostFrequentOther && outside >= outsideShare * tokens;
  return isIo ? 'IO' : 'none';
}

/**
 * - S, or both B and E: IOBES. - E without B: IOE2 if spans end in E, else IOE1 (where E only parts
 *   neighbours of one type).
 * - otherwise IOB2 if spans start with B at least as often as with I, else IOB1 (where B only parts
 *   neighbours of one type).
 */
function prefixSchemeOf(evidence: PrefixEvidence): PrefixScheme {
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

const ofColumns = new WeakMap<Column, SchemeEvidence>();

/** The evidence of a column of a file: gathered once, since it is asked for several times. */
export function evidenceOf(
  { sentenceStart }: Pick<CorpusFile, 'sentenceStart'>,
  column: Column,
): SchemeEvidence {
  let evidence = ofColumns.get(column);
  if (!evidence) ofColumns.set(column, (evidence = gatherEvidence(column, sentenceStart)));
  return evidence;
}

/** Counts what {@link schemeOf} needs over a column's sentences. */
function gatherEvidence(
  column: { readonly values: readonly string[]; readonly ids: ArrayLike<number> } | Column,
  sentenceStart: ArrayLike<number>,
): SchemeEvidence {
  const { values, ids } = column;
  const counts = new Uint32Array(values.length);
  for (let t = 0; t < ids.length; t++) counts[ids[t]]++;
  let outside = 0;
  let mostFrequentOther = 0;
  values.forEach((value, id) => {
    if (isOutside(value)) outside += counts[id];
    else mostFrequentOther = Math.max(mostFrequentOther, counts[id]);
  });
  const of = (notation: Notation): PrefixEvidence => {
    const parts = values.map((value) => parseLabel(value, notation));
    if (notation === 'suffix' && !parts.some((label) => label?.type)) return nothing;
    return gatherPrefixes(values, ids, sentenceStart, parts);
  };
  return { tokens: ids.length, prefix: of('prefix'), suffix: of('suffix'), outside, mostFrequentOther };
}

const nothing: PrefixEvidence = {
  parsed: 0,
  outside: 0,
  otherOutside: 0,
  typed: 0,
  begin: 0,
  inside: 0,
  end: 0,
  single: 0,
  beginAtStart: 0,
  insideAtStart: 0,
  insideAtEnd: 0,
};

function gatherPrefixes(
  values: readonly string[],
  ids: ArrayLike<number>,
  sentenceStart: ArrayLike<number>,
  parts: readonly (LabelParts | undefined)[],
): PrefixEvidence {
  const count = { ...nothing };
  for (let sentence = 0; sentence + 1 < sentenceStart.length; sentence++) {
    /** Type of the span that the token before leaves open. */
    let open: string | undefined;
    const last = sentenceStart[sentence + 1] - 1;
    for (let t = sentenceStart[sentence]; t <= last; t++) {
      const label = parts[ids[t]];
      const before = open;
      open = undefined;
      if (!label) continue;
      count.parsed++;
      if (label.prefix === 'O') {
        if (isOtherOutside(values[ids[t]])) count.otherOutside++;
        else count.outside++;
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
          const next = t < last ? parts[ids[t + 1]] : undefined;
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
    prefix: addPrefixes(a.prefix, b.prefix),
    suffix: addPrefixes(a.suffix, b.suffix),
    outside: a.outside + b.outside,
    mostFrequentOther: a.mostFrequentOther + b.mostFrequentOther,
  };
}

function addPrefixes(a: PrefixEvidence, b: PrefixEvidence): PrefixEvidence {
  const names = Object.keys(nothing) as (keyof PrefixEvidence)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as PrefixEvidence;
}

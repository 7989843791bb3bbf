/** Spans of characters, as annotation tools keep them, as labels of tokens. */
import type { CorpusFile, LabelScheme } from '../../corpus';
import { parseLabel, partsUnder } from '../../labels/notation';
import type { LabelParts } from '../../labels/notation';
import { detectScheme } from '../../labels/scheme';
import { tokenizeText } from '../../text/tokenize';
import { isInvisible, isInvisibleLine } from '../rows/lineKinds';

/** A part of a text, in UTF-16 units; the end is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface TextSpan extends TextRange {
  readonly type: string;
}

export interface LabelledToken extends TextRange {
  /** IOB2. */
  readonly label: string;
}

/** Why a span is not among the labels. */
export type SpanFault =
  'outside the text' | 'without text' | 'without a type' | 'the same twice' | 'overlapping';

export interface LabelledText {
  readonly sentences: readonly (readonly LabelledToken[])[];
  /** For each span what keeps it out of the labels; undefined for those that are in. */
  readonly faults: readonly (SpanFault | undefined)[];
  /** The spans without the white space at their ends. */
  readonly ranges: readonly TextRange[];
}

/** Sentences of tokens of a plain text, or of Markdown without its markup, by their places in it. */
export function tokensOfText(text: string, markdown = false): TextRange[][] {
  const starts = lineStarts(text);
  const options = { firstLine: 0, firstColumn: 0, markdown, characters: false };
  return tokenizeText(text, options).map((sentence) =>
    sentence.map(({ line, startColumn, endColumn }) => ({
      start: starts[line] + startColumn,
      end: starts[line] + endColumn,
    })),
  );
}

/** Where each line of a text starts, as an editor counts lines. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** Tokens that are given, in the sentences that the text is cut into. */
export function intoSentences(text: string, tokens: readonly TextRange[]): TextRange[][] {
  const starts = tokensOfText(text).map(([first]) => first.start);
  const sentences: TextRange[][] = [];
  let next = 0;
  for (const token of tokens) {
    const begins = next < starts.length && token.start >= starts[next];
    while (next < starts.length && token.start >= starts[next]) next++;
    if (begins || sentences.length === 0) sentences.push([]);
    sentences[sentences.length - 1].push(token);
  }
  return sentences;
}

/**
 * Labels tokens with spans, in IOB2. A token that a span begins or ends in is cut there; a sentence that ends
 * in a span goes on. Of spans that overlap the longest is in the labels.
 *
 * @param sentences tokens in the order of the text, none of which overlap.
 */
export function labelText(
  text: string,
  sentences: readonly (readonly TextRange[])[],
  spans: readonly TextSpan[],
): LabelledText {
  const ranges = trimAll(text, spans);
  const faults: (SpanFault | undefined)[] = spans.map((span, i) => faultOf(text, span, ranges[i]));
  const owner = keepLongest(text, spans, ranges, faults);
  const kept = spans.map((_, i) => i).filter((i) => faults[i] === undefined);
  kept.sort((a, b) => ranges[a].start - ranges[b].start);
  const labelled: LabelledToken[][] = [];
  const begun = new Set<number>();
  let before = -1;
  for (const sentence of sentences) {
    const goesOn = sentence.length > 0 && before >= 0 && owner[sentence[0].start] === before;
    const tokens = goesOn ? (labelled.pop() ?? []) : [];
    for (const token of sentence)
      for (const part of cutAtBorders(token, owner)) {
        const span = owner[part.start];
        tokens.push({
          ...part,
          label: span < 0 ? 'O' : `${begun.has(span) ? 'I' : 'B'}-${spans[span].type}`,
        });
        if (span >= 0) begun.add(span);
        before = span;
      }
    labelled.push(tokens);
  }
  for (const i of kept) if (!begun.has(i)) faults[i] = 'without text';
  return { sentences: labelled, faults, ranges };
}

/** The spans without white space at their ends; each run of it is gone over once. */
function trimAll(text: string, spans: readonly TextRange[]): TextRange[] {
  if (spans.length === 0) return [];
  const next = new Uint32Array(text.length + 1);
  const previous = new Uint32Array(text.length + 1);
  next[text.length] = text.length;
  for (let i = text.length - 1; i >= 0; i--) next[i] = isInvisible(text.charCodeAt(i)) ? next[i + 1] : i;
  for (let i = 1; i <= text.length; i++)
    previous[i] = isInvisible(text.charCodeAt(i - 1)) ? previous[i - 1] : i;
  return spans.map(({ start, end }) => {
    const inside = start >= 0 && start <= end && end <= text.length;
    return inside
      ? { start: Math.min(next[start], end), end: Math.max(previous[end], start) }
      : { start, end };
  });
}

function faultOf(text: string, { start, end, type }: TextSpan, range: TextRange): SpanFault | undefined {
  if (!(start >= 0 && end <= text.length && start <= end)) return 'outside the text';
  if (range.start >= range.end) return 'without text';
  return type === '' ? 'without a type' : undefined;
}

/** For each character the span that it is in, −1 for none. */
function keepLongest(
  text: string,
  spans: readonly TextSpan[],
  ranges: readonly TextRange[],
  faults: (SpanFault | undefined)[],
): Int32Array {
  const owner = new Int32Array(text.length).fill(-1);
  const length = (i: number): number => ranges[i].end - ranges[i].start;
  const order = spans.map((_, i) => i).filter((i) => faults[i] === undefined);
  order.sort((a, b) => length(b) - length(a) || a - b);
  for (const i of order) {
    const { start, end } = ranges[i];
    // Those before are at least as long: where one overlaps, it has the first character or the last.
    const other = owner[start] >= 0 ? owner[start] : owner[end - 1];
    if (other < 0) owner.fill(i, start, end);
    else if (
      ranges[other].start === start &&
      ranges[other].end === end &&
      spans[other].type === spans[i].type
    )
      faults[i] = 'the same twice';
    else faults[i] = 'overlapping';
  }
  return owner;
}

/** The parts of a token that lie in one span each, or in none. */
function* cutAtBorders({ start, end }: TextRange, owner: Int32Array): Generator<TextRange> {
  let from = start;
  for (let i = start + 1; i < end; i++) {
    if (owner[i] === owner[i - 1]) continue;
    yield { start: from, end: i };
    from = i;
  }
  yield { start: from, end };
}

/**
 * The spans of labelled tokens; where a scheme has no letters, each token that is not outside is a span. One in
 * which nothing is to be seen is none: no reader would take it.
 */
export function spansOfLabels(
  text: string,
  sentences: readonly (readonly TextRange[])[],
  labels: readonly string[],
  scheme: LabelScheme,
): TextSpan[] {
  const spans: { start: number; end: number; type: string }[] = [];
  let token = 0;
  for (const sentence of sentences) {
    let open: { start: number; end: number; type: string } | undefined;
    for (const { start, end } of sentence) {
      const label = labels[token++];
      const parts = partsUnder(label, scheme) ?? partsOfAny(label);
      if (parts.prefix === 'O') open = undefined;
      else if (open && open.type === parts.type && (parts.prefix === 'I' || parts.prefix === 'E'))
        open.end = end;
      else spans.push((open = { start, end, type: parts.type }));
      if (parts.prefix === 'E' || parts.prefix === 'S') open = undefined;
    }
  }
  return spans.filter(({ start, end }) => !isInvisibleLine(text, start, end));
}

/** What a label says that does not fit its scheme. */
function partsOfAny(label: string): LabelParts {
  const parts = parseLabel(label);
  return parts && (parts.prefix === 'O' || parts.type !== '') ? parts : { prefix: 'S', type: label };
}

/** The scheme of labels that are written as spans. */
export function schemeOfLabels(
  labels: readonly string[],
  { sentences, sentenceStart }: Pick<CorpusFile, 'sentences' | 'sentenceStart'>,
): LabelScheme {
  const bySentence = Array.from({ length: sentences }, (_, s) =>
    labels.slice(sentenceStart[s], sentenceStart[s + 1]),
  );
  return detectScheme(bySentence);
}

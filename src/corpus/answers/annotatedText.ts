/** A text with its tokens, as answers change their labels. */
import type { Column, CorpusFile, CorpusLayout, LabelScheme, Span } from '../corpus';
import { formatOf } from '../formats';
import { CorpusFileBuilder } from '../formats/corpusFileBuilder';
import type { Companion } from '../formats/format';
import { spansOf } from '../labels/spans';
import { ProblemList } from '../problems';
import { LineScanner } from '../text/lines';
import { SpanNotation } from './spanNotation';

/** What is read, and how. */
export interface AnnotatedInput {
  readonly text: string;
  readonly layout: CorpusLayout;
  /** The column whose labels are meant, one of the layout's. */
  readonly column: string;
  readonly scheme: LabelScheme;
  /** Labels of the column in the whole corpus, the most frequent first. */
  readonly labels: readonly string[];
  /** Where the labels stand in a file of their own. */
  readonly companion?: Companion;
}

export interface AnnotatedText {
  readonly input: AnnotatedInput;
  readonly file: CorpusFile;
  readonly notation: SpanNotation;
  /** One for each token, as are all that follow. */
  readonly words: readonly string[];
  readonly labels: readonly string[];
  /** Where the word stands in the text, in UTF-16 units; the end is exclusive. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Number of the token's sentence. */
  readonly sentence: Uint32Array;
}

/** What reading a text takes long for: flat arrays, which another thread may have read. */
export type ReadTokens = Pick<AnnotatedText, 'file' | 'starts' | 'ends' | 'sentence'>;

/** Reads a text; undefined where its layout has no such column. */
export function readAnnotatedText(input: AnnotatedInput): AnnotatedText | undefined {
  const tokens = readTokens(input);
  return tokens && annotatedBy(input, tokens);
}

/** A text by its tokens, which were read from it. */
export function annotatedBy(input: AnnotatedInput, tokens: ReadTokens): AnnotatedText {
  const { columns } = tokens.file;
  const [words, labels] = columns.map(valuesOf);
  const notation = new SpanNotation(input.scheme, [...new Set([...input.labels, ...columns[1].values])]);
  return { input, notation, words, labels, ...tokens };
}

/** The tokens of a text; undefined where its layout has no such column. */
export function readTokens(input: AnnotatedInput): ReadTokens | undefined {
  const { text, layout, column, companion } = input;
  const index = layout.columns.indexOf(column);
  if (index < 0) return undefined;
  const problems = new ProblemList('');
  const builder = new CorpusFileBuilder('', layout, [layout.form, index]);
  formatOf(layout).read(text, layout, builder, problems, companion);
  const file = builder.finish(problems);
  const lines: number[] = [];
  for (const scanner = new LineScanner(text); scanner.advance();) lines.push(scanner.start);
  const place = (columns: Uint32Array): Uint32Array =>
    columns.map((at, token) => lines[file.line[token]] + at);
  const sentence = new Uint32Array(file.tokens);
  for (let s = 0; s < file.sentences; s++) sentence.fill(s, file.sentenceStart[s], file.sentenceStart[s + 1]);
  return { file, starts: place(file.startColumn), ends: place(file.endColumn), sentence };
}

function valuesOf({ values, ids }: Column): string[] {
  const all: string[] = [];
  for (const id of ids) all.push(values[id]);
  return all;
}

/** The spans of a sentence, by tokens counted in it. */
export function spansIn(
  { file: { sentenceStart }, notation: { scheme } }: Pick<AnnotatedText, 'file' | 'notation'>,
  labels: readonly string[],
  sentence: number,
): Span[] {
  return spansOf(labels.slice(sentenceStart[sentence], sentenceStart[sentence + 1]), scheme);
}

/**
 * The token at a place of the text: the one that begins there or goes on, else the one that ends there, else the
 * one that begins next on the same line, or ends last on it.
 */
export function tokenNear(annotated: AnnotatedText, offset: number): number | undefined {
  const { starts, ends, input, file } = annotated;
  // In rows, a token is meant from anywhere on its line.
  const lineStart = input.text.lastIndexOf('\n', offset - 1) + 1;
  const nextLine = input.text.indexOf('\n', offset);
  const lineEnd = nextLine < 0 ? input.text.length : nextLine;
  let found: number | undefined;
  for (let t = firstFrom(starts, lineStart); t < file.tokens && starts[t] <= lineEnd; t++) {
    if (starts[t] > offset && found !== undefined) break;
    found = t;
    if (offset < ends[t]) break;
  }
  return found;
}

/** The first token that starts at an offset or behind it. */
export function firstFrom(starts: ArrayLike<number>, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

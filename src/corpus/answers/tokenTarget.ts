/** Tokens that an answer is about, so named that no other ones are taken for them. */
import { firstFrom } from './annotatedText';
import type { AnnotatedText } from './annotatedText';

export interface TokenTarget {
  /** Where the first token starts and the last one ends in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** How many tokens there are, and which one of its sentence the first is. */
  readonly tokens: number;
  readonly index: number;
  /** The words of the whole sentence. */
  readonly sentence: string;
}

/** A change of a text: `removed` units at an offset give way to `inserted` ones. */
export interface TextChange {
  readonly offset: number;
  readonly removed: number;
  readonly inserted: number;
}

/** @param first a token of the file; `end` is exclusive, and in the same sentence. */
export function targetOf(annotated: AnnotatedText, first: number, end: number): TokenTarget {
  const { starts, ends, file, sentence } = annotated;
  return {
    start: starts[first],
    end: ends[end - 1],
    tokens: end - first,
    index: first - file.sentenceStart[sentence[first]],
    sentence: wordsOf(annotated, sentence[first]),
  };
}

/** The tokens of the text that are the target's; undefined where other ones, or none, are there now. */
export function findTarget(
  annotated: AnnotatedText,
  target: TokenTarget,
): { readonly sentence: number; readonly first: number; readonly end: number } | undefined {
  const { starts, ends, file, sentence } = annotated;
  const first = firstFrom(starts, target.start);
  const end = first + target.tokens;
  if (starts[first] !== target.start || end > file.tokens || ends[end - 1] !== target.end) return undefined;
  const own = sentence[first];
  const isSame =
    first - file.sentenceStart[own] === target.index &&
    end <= file.sentenceStart[own + 1] &&
    wordsOf(annotated, own) === target.sentence;
  return isSame ? { sentence: own, first, end } : undefined;
}

/** Where the target is after a change; undefined where the change touched its border, or more. */
export function moved(
  target: TokenTarget,
  { offset, removed, inserted }: TextChange,
): TokenTarget | undefined {
  const { start, end } = target;
  const shift = inserted - removed;
  if (offset >= end) return target;
  if (offset + removed <= start) return { ...target, start: start + shift, end: end + shift };
  // Between the words of a span stand their labels: what is the same in the end is told by the words.
  if (offset > start && offset + removed < end) return { ...target, end: end + shift };
  return undefined;
}

function wordsOf({ words, file: { sentenceStart } }: AnnotatedText, sentence: number): string {
  return words.slice(sentenceStart[sentence], sentenceStart[sentence + 1]).join('\n');
}

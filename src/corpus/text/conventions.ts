import type { Rules } from './rules';

/**
 * How a corpus cuts text, where it is otherwise than `cutWords` and `SentenceEnds` do. Plain data; it stands in
 * model files.
 */
export interface TextConventions {
  readonly version: typeof conventionsVersion;
  /** Classes of junctions (see `junctions.ts`) at which a token ends, and at which it goes on. */
  readonly cut: readonly string[];
  readonly keep: readonly string[];
  /** Classes of places behind sentence marks (see `sentenceEnds.ts`) at which a sentence ends, or goes on. */
  readonly end: readonly string[];
  readonly goOn: readonly string[];
  /** Tokens that the corpus writes otherwise than the text has them: `(` as `-LRB-`. */
  readonly forms: readonly (readonly [text: string, form: string])[];
}

/** Rises when what the classes are called changes. */
export const conventionsVersion = 1;

/** Rules for tokens, and for sentences, at most. */
export const mostRules = { tokens: 3000, sentences: 500 } as const;

/** UTF-16 units of a class at most. */
const longestClass = 80;
const mostForms = 32;

/**
 * What a person writes, and what treebanks write for it. A quotation mark that opens stands before the one that
 * closes.
 */
export const rewritings: readonly (readonly [text: string, form: string])[] = [
  ['(', '-LRB-'],
  [')', '-RRB-'],
  ['[', '-LSB-'],
  [']', '-RSB-'],
  ['{', '-LCB-'],
  ['}', '-RCB-'],
  ['/', '\\/'],
  ['*', '\\*'],
  ['"', '``'],
  ['"', "''"],
];

/** The rules of lists of classes. */
export function rulesOf(yes: readonly string[], no: readonly string[]): Rules {
  return new Map([...yes.map((name) => [name, true] as const), ...no.map((name) => [name, false] as const)]);
}

/** Reads conventions from a model file; undefined where they are damaged or of another version. */
export function parseConventions(value: Readonly<Record<string, unknown>>): TextConventions | undefined {
  if (value.version !== conventionsVersion) return undefined;
  const { cut, keep, end, goOn, forms } = value;
  if (!isClasses(cut, keep, mostRules.tokens) || !isClasses(end, goOn, mostRules.sentences)) return undefined;
  if (!Array.isArray(forms) || forms.length > mostForms || !forms.every(isForm)) return undefined;
  return { version: conventionsVersion, cut, keep, end, goOn, forms } as TextConventions;
}

function isClasses(yes: unknown, no: unknown, most: number): boolean {
  if (!Array.isArray(yes) || !Array.isArray(no) || yes.length + no.length > most) return false;
  const all: readonly unknown[] = [...(yes as unknown[]), ...(no as unknown[])];
  return (
    all.every((name) => typeof name === 'string' && name !== '' && name.length <= longestClass) &&
    new Set(all).size === all.length
  );
}

const isForm = (pair: unknown): boolean =>
  Array.isArray(pair) &&
  pair.length === 2 &&
  rewritings.some(([text, form]) => text === pair[0] && form === pair[1]);

import { uniform } from '../../../src/common/random';
import type { LabelScheme } from '../../../src/corpus/corpus';
import type { Dataset, TrainingCorpus } from '../../../src/corpus/dataset';

type Sentence = readonly (readonly [word: string, label: string, value?: string])[];

export interface CorpusParts {
  readonly training: readonly Sentence[];
  readonly development?: readonly Sentence[];
  readonly test?: readonly Sentence[];
  readonly scheme?: LabelScheme;
  /** The name of a further column, whose values stand behind the labels. */
  readonly column?: string;
}

/** A corpus of sentences given as pairs of word and label. */
export function corpusOf({
  training,
  development = [],
  test = [],
  scheme = 'none',
  column,
}: CorpusParts): TrainingCorpus {
  const counts = new Map<string, number>();
  for (const [word] of training.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [
    ...new Set([
      ...[...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word),
      ...[...development, ...test].flat().map(([word]) => word),
    ]),
  ];
  const numbers = new Map(words.map((word, number) => [word, number]));
  const labels = [...new Set(training.flat().map(([, label]) => label))];
  const values = [...new Set([...training, ...development, ...test].flat().map(([, , value = '']) => value))];
  const dataset = (sentences: readonly Sentence[]): Dataset => {
    const tokens = sentences.flat();
    const gold = [...new Set(tokens.map(([, label]) => label))];
    const start = new Uint32Array(sentences.length + 1);
    sentences.forEach((sentence, s) => (start[s + 1] = start[s] + sentence.length));
    return {
      sentences: sentences.length,
      tokens: tokens.length,
      start,
      words: Uint32Array.from(tokens, ([word]) => numbers.get(word)!),
      columns:
        column === undefined ? [] : [Uint32Array.from(tokens, ([, , value = '']) => values.indexOf(value))],
      labels: Int32Array.from(tokens, ([, label]) => labels.indexOf(label)),
      gold: { values: gold, ids: Uint32Array.from(tokens, ([, label]) => gold.indexOf(label)) },
    };
  };
  return {
    words,
    counts: Uint32Array.from(words, (word) => counts.get(word) ?? 0),
    columns: column === undefined ? [] : [{ name: column, values }],
    labels,
    scheme,
    layout: { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' },
    characters: false,
    splits: { training: dataset(training), development: dataset(development), test: dataset(test) },
    heldOut: false,
    problems: [],
  };
}

const nouns = ['cat', 'dog', 'fish', 'work'];
const verbs = ['eats', 'sees', 'work', 'fish'];

/**
 * Sentences of a small language in which `fish` and `work` are nouns after a determiner and verbs otherwise:
 * only the state tells them apart.
 */
export function smallLanguage(sentences: number, seed: number): Sentence[] {
  return Array.from({ length: sentences }, (_, s) => {
    const sentence: [string, string][] = [];
    const clauses = 1 + Math.floor(uniform(seed, s, 0) * 3);
    for (let n = 0; n < clauses; n++) {
      const pick = (words: readonly string[], what: number): string =>
        words[Math.floor(uniform(seed, s, n, what) * words.length)];
      if (n > 0) sentence.push(['and', 'CONJ']);
      sentence.push([pick(['the', 'a'], 1), 'DET'], [pick(nouns, 2), 'NOUN'], [pick(verbs, 3), 'VERB']);
    }
    return sentence;
  });
}

/**
 * Sentences in whose words nothing is to be seen: labels follow from the further column, the token's value or
 * that of the token before.
 */
export function columnLanguage(sentences: number, seed: number): Sentence[] {
  const pick = (from: string, ...draw: number[]): string =>
    from[Math.floor(uniform(seed, ...draw) * from.length)];
  return Array.from({ length: sentences }, (_, s) => {
    const values = Array.from({ length: 2 + (s % 6) }, (__, t) => pick('pqr', s, t, 4));
    return values.map(
      (value, t) =>
        [
          pick('abcde', s, t, 5),
          value === 'r' && t > 0 ? `after ${values[t - 1]}` : `is ${value}`,
          value,
        ] as const,
    );
  });
}

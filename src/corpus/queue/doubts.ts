/** Places of a text at which an answer would teach a model something. */
import type { AnnotatedText } from '../answers/annotatedText';
import { disagreementsOf } from '../answers/disagreements';
import type { Disagreement, PredictedToken } from '../answers/disagreements';
import { targetOf } from '../answers/tokenTarget';
import type { TokenTarget } from '../answers/tokenTarget';
import { isOtherOutside, isOutside, splitLabel } from '../labels/notation';
import { isHardlyLabelled } from './unlabelledSentences';

/** A token with the label that is most probable beside the one that is predicted. */
export interface JudgedToken extends PredictedToken {
  readonly next?: { readonly label: string; readonly probability: number };
}

/** What text and model say of some tokens of one sentence. */
export interface Doubt extends Pick<Disagreement, 'gold' | 'predicted'> {
  readonly target: TokenTarget;
  /** The words, joined by spaces. */
  readonly words: string;
  /** How unsure the model is of what it says, 0 to 1. */
  readonly uncertainty: number;
  /** The text has no label there, nor the model's best guess: what is predicted is its second. */
  readonly isGuess: boolean;
}

/** The doubts of a part of a file, and how many of its sentences have labels. */
export interface DoubtsOfPart {
  readonly doubts: readonly Doubt[];
  readonly sentences: number;
  readonly labelled: number;
}

/** A word that nobody has labelled is asked about where it is in a span at least this probably. */
const leastGuess = 0.05;

/**
 * All doubts of a part of a file, in its order: where the model says something else than the text, and words without
 * a label which may be in a span that the model does not find.
 *
 * @param scheme of the predicted labels.
 */
export function doubtsOf(
  annotated: AnnotatedText,
  tokens: readonly JudgedToken[],
  scheme: AnnotatedText['notation']['scheme'],
): DoubtsOfPart {
  const doubts = disagreementsOf(annotated, tokens, scheme).map(
    ({ first, end, gold, predicted, confidence }) =>
      doubt(annotated, first, end, { gold, predicted, uncertainty: 1 - confidence, isGuess: false }),
  );
  const guesses = scheme === 'none' ? [] : guessesOf(annotated, tokens, scheme);
  const labelled = new Set(annotated.sentence.filter((_, token) => isLabel(annotated.labels[token])));
  return {
    doubts: [...doubts, ...guesses].sort((a, b) => a.target.start - b.target.start),
    sentences: annotated.file.sentences,
    labelled: labelled.size,
  };
}

/**
 * The doubts of a whole file. Guesses are left out unless it hardly has labels: whoever labelled that has
 * looked at the words between.
 *
 * @param parts with places that are those of the file.
 */
export function doubtsOfFile(parts: readonly DoubtsOfPart[]): Doubt[] {
  const sum = (of: (part: DoubtsOfPart) => number): number => parts.reduce((all, part) => all + of(part), 0);
  const all = parts.flatMap(({ doubts }) => doubts);
  return isHardlyLabelled(
    sum(({ labelled }) => labelled),
    sum(({ sentences }) => sentences),
  )
    ? all
    : all.filter(({ isGuess }) => !isGuess);
}

const isLabel = (label: string): boolean => label !== '' && !isOutside(label) && !isOtherOutside(label);

function guessesOf(
  annotated: AnnotatedText,
  tokens: readonly JudgedToken[],
  scheme: AnnotatedText['notation']['scheme'],
): Doubt[] {
  const places = new Map(Array.from(annotated.starts, (start, token) => [start, token]));
  return tokens.flatMap(({ start, end, label, probability, next }) => {
    const token = places.get(start);
    if (token === undefined || annotated.ends[token] !== end || !next) return [];
    if (isLabel(annotated.labels[token])) return [];
    if (splitLabel(label, scheme).prefix !== 'O' || next.probability < leastGuess) return [];
    const { prefix, type } = splitLabel(next.label, scheme);
    if (prefix === 'O') return [];
    const at = token - annotated.file.sentenceStart[annotated.sentence[token]];
    const predicted = { spans: [{ start: at, end: at + 1, type }] };
    return [
      doubt(annotated, token, token + 1, {
        gold: { spans: [] },
        predicted,
        uncertainty: 1 - probability,
        isGuess: true,
      }),
    ];
  });
}

function doubt(
  annotated: AnnotatedText,
  first: number,
  end: number,
  rest: Omit<Doubt, 'target' | 'words'>,
): Doubt {
  return {
    target: targetOf(annotated, first, end),
    words: annotated.words.slice(first, end).join(' '),
    ...rest,
  };
}

/** What a run's model says of the development data, token by token. Plain JSON; only where the run is done. */
import type { MatchScores, ScoreDetails } from '../model/scores';

/** What lies behind the scores of a run. */
export interface RunDetails {
  readonly development?: ScoreDetails;
  readonly test?: ScoreDetails;
  /** Of the development data. */
  readonly learned?: Learned;
}

export interface Learned {
  /** Not where there are too few sentences, or too many probabilities to be held. */
  readonly reliability?: Reliability;
  readonly knownWords: WordGroup;
  readonly unknownWords: WordGroup;
  /** The sentences that the places below are in. */
  readonly sentences: readonly PlacedSentence[];
  /** Confusions whose tokens are kept; errors first, the most frequent first of all. */
  readonly tokens: readonly TokensOfConfusion[];
  /** The sentences whose gold labels are the least probable, the least probable first. */
  readonly worst: readonly WorstSentence[];
}

/**
 * How often the model is right where it is so sure: on sentences that its temperature was not fitted on, with
 * that temperature.
 */
export interface Reliability {
  readonly tokens: number;
  /** Expected calibration error, from 0 to 1. */
  readonly ece: number;
  /** Of equal width, from 0 to 1; a bin holds its upper bound. */
  readonly bins: readonly ReliabilityBin[];
}

/** The means are 0 where there are no tokens. */
export interface ReliabilityBin {
  readonly tokens: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/** Tokens whose word occurs in the training data, or those whose word does not. */
export interface WordGroup {
  readonly tokens: number;
  readonly correct: number;
  /** Where labels make spans: those of such words alone, or those with at least one unknown word. */
  readonly spans?: MatchScores;
}

/** A sentence of a file, so kept that it is found again where the file was edited since. */
export interface PlacedSentence {
  readonly file: string;
  /** Its number in the file, from 0. */
  readonly number: number;
  /** Its words, with spaces between them. */
  readonly words: string;
}

/** Tokens with these labels: the first of them. How many there are is among the confusions. */
export interface TokensOfConfusion {
  readonly gold: string;
  readonly predicted: string;
  /** Indices of the sentence, and of the token in it. */
  readonly places: readonly (readonly [sentence: number, token: number])[];
}

export interface WorstSentence {
  /** Its index among the sentences. */
  readonly sentence: number;
  readonly tokens: number;
  /** Tokens with a wrong label. */
  readonly errors: number;
  /** The first of them; 0 where there are none. */
  readonly token: number;
  /** −log p of its gold labels, in nats. */
  readonly loss: number;
}

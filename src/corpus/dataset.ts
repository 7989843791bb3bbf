/** What formats make of files, and what features, batches and scores read. */
import type { Problem } from '../common/problem';
import type { CorpusLayout, LabelScheme, SplitName } from './corpus';
import type { TextConventions } from './text/conventions';

/**
 * Sentences as numbers, one after the other in flat arrays: what a trainer goes through. N sentences with S
 * tokens in all; sentence n holds the tokens `start[n]` to `start[n + 1]`, exclusive.
 */
export interface Dataset {
  /** N. */
  readonly sentences: number;
  /** S. */
  readonly tokens: number;
  /** N + 1 numbers, rising: the index of each sentence's first token, and at the end S. */
  readonly start: Uint32Array;
  /** S numbers of words: of a training corpus those of its `words`. */
  readonly words: Uint32Array;
  /**
   * For each further column that is read S numbers of its values; undefined for one that the files lack,
   * which they never do in training.
   */
  readonly columns: readonly (Uint32Array | undefined)[];
  /** S numbers of labels; −1 for a label that does not occur in training. */
  readonly labels: Int32Array;
  /**
   * The labels as they stand in the files, those unknown to the model included: S indices into the distinct
   * ones.
   */
  readonly gold: { readonly values: readonly string[]; readonly ids: Uint32Array };
}

/** Where the N sentences of a data set stand in their files. */
export interface SentencePlaces {
  readonly files: readonly string[];
  /** N indices of files. */
  readonly file: Uint32Array;
  /** N numbers of sentences in their files, from 0. */
  readonly sentence: Uint32Array;
}

/** A further column of a training corpus. */
export interface InputColumn {
  readonly name: string;
  /** By number: those of the training set first, the most frequent one first of all. */
  readonly values: readonly string[];
}

/** All that a run trains on and is measured by. */
export interface TrainingCorpus {
  /**
   * All words of all sets, by number: those of the training set first, the most frequent one first of all.
   */
  readonly words: readonly string[];
  /** By number: how often the word occurs in training. */
  readonly counts: Uint32Array;
  /** The further columns that are read. */
  readonly columns: readonly InputColumn[];
  /** The labels of the training set, most frequent first. */
  readonly labels: readonly string[];
  readonly scheme: LabelScheme;
  readonly layout: CorpusLayout;
  /**
   * Tokens are single characters, as for the segmentation of Chinese: text is cut into characters to be
   * labelled.
   */
  readonly characters: boolean;
  /** How it cuts text into tokens and sentences, where that is otherwise than English treebanks do. */
  readonly conventions?: TextConventions;
  readonly splits: Readonly<Record<SplitName, Dataset>>;
  /** Where the development data stands, where its files are known. */
  readonly developmentPlaces?: SentencePlaces;
  /** No file was for development, so a tenth of the training files' documents is held out. */
  readonly heldOut: boolean;
  /** What is wrong with the corpus as a whole; each file's own problems stand in the file. */
  readonly problems: readonly Problem[];
}

import type { CorpusFile, CorpusLayout } from '../corpus';
import type { ProblemList } from '../problems';
import type { CorpusFileBuilder } from './corpusFileBuilder';
import type { FileSample } from './rows/sample';

/**
 * What is known of a file before its text is looked at.
 *
 * - `named`: its name is one that only files of this format have, so the format takes it, however damaged.
 * - `chosen`: a person said that it is a corpus.
 * - `rows`: it holds tokens, one a row, with labels or without.
 * - `nothing`: it may be anything. Prose, source code, tables and lock files are left alone.
 */
export type Known = 'named' | 'chosen' | 'rows' | 'nothing';

/** A second file of an annotated text: brat keeps the annotations of `a.txt` in `a.ann`. */
export interface Companion {
  /** What names it to the user, in problems. */
  readonly file: string;
  readonly text: string;
  /** The text is not gone through to its end yet: what has no label may lack it. */
  readonly inProgress?: boolean;
}

/**
 * A way to write annotated text: how it is recognised, read, and written with other labels. All that the
 * project knows of a format stands in one such object; `index.ts` lists them.
 */
export interface CorpusFormat {
  /** Stands in model files and in the records of runs as the `kind` of a layout, so it never changes. */
  readonly id: string;
  /** What a message calls the format: `This is neither … nor …`. */
  readonly description: string;
  /** Endings of file names that only this format has, in lower case, without the dot. */
  readonly endings: readonly string[];
  /** Whole file names of the same kind, in lower case, where the ending alone says nothing: `eng.train`. */
  readonly fileNames: readonly string[];
  /**
   * Whether columns have names of their own. They are `guessed` where the names are drawn from the values, so
   * that two files of one corpus may name a column differently.
   */
  readonly columnNames: 'given' | 'guessed';
  /** Each token has a line of its own, whose fields are the columns. */
  readonly tokenPerLine?: true;
  /** Labels are spans of characters: a token is cut where one begins or ends in it, and sentences are joined. */
  readonly cutsTokens?: true;
  /**
   * Columns that hold labels whatever their values are, in the order in which they are offered. Any other
   * column is judged by its values.
   */
  readonly labelColumns: readonly string[];

  /** Whether a file that is named as one of this format reads like one; left out where the name is enough. */
  readonly fits?: (sample: FileSample) => boolean;

  /** How the file is laid out, if it is of this format; undefined otherwise. */
  sniff(sample: FileSample, known: Known): CorpusLayout | undefined;

  /**
   * Reads a text into documents, sentences and tokens with their places. Never throws for what stands in the
   * text: that goes to `problems`.
   *
   * @param companion where the labels stand in a file of their own.
   */
  read(
    text: string,
    layout: CorpusLayout,
    builder: CorpusFileBuilder,
    problems: ProblemList,
    companion?: Companion,
  ): void;

  /**
   * How each token of a file that was read stands to the one before it, as codes of `text/spacing`; undefined
   * where the file does not say it. Left out by formats that keep words alone.
   */
  readonly spacing?: (text: string, file: CorpusFile) => Uint8Array | undefined;

  /**
   * The text with other labels; everything else stays as it is, to the byte. Where the layout has no such
   * column, or none is named, the labels become a new one. Where labels stand in a file of their own, that
   * file's text.
   *
   * @param text the text that `file` was read from.
   * @param labels one for each token.
   * @throws {InputError} a label would break its row, with the row's line.
   */
  writeLabels(
    text: string,
    file: CorpusFile,
    column: string | undefined,
    labels: readonly string[],
    companion?: Companion,
  ): string;

  /**
   * Where the records of a text begin and end, of formats in which a record's labels are written together, so that
   * a part of them may be no label at all. Left out where each token, or each sentence, has a line of its own.
   */
  readonly records?: (text: string) => readonly { readonly start: number; readonly end: number }[];

  /**
   * For each token the UTF-16 column of its line behind which an editor shows its label: where the gold label
   * ends, or the word, where there is none.
   */
  labelEnds(text: string, file: CorpusFile, column: string): Uint32Array;

  /**
   * What files of one corpus have in common, as a string: files whose signatures differ are of two corpora.
   * It is a part of a corpus' id, by which runs find their corpus again, so it never changes.
   */
  signature(layout: CorpusLayout): string;
}

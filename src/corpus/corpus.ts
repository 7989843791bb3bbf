import type { Problem } from '../common/problem';

/** How a file is written. Two files are of one corpus only where kind and column names agree. */
export interface CorpusFormat {
  readonly kind: 'conllu' | 'columns';
  /** Names of all columns of the file, in order. CoNLL-U's ten; otherwise FORM, ID and names by rule (see `formats/columns`). */
  readonly columns: readonly string[];
  /** Index of the column with the word. */
  readonly form: number;
  /** What separates columns. CoNLL-U: tab. */
  readonly separator: '\t' | ' ';
}

/** The values of one column: each distinct string once, and for each token the number of its string. */
export interface Column {
  readonly name: string;
  readonly values: readonly string[];
  /** One number for each token: an index into `values`. */
  readonly ids: Uint32Array;
}

/** A file's tokens as flat arrays, so that a million tokens stay small. */
export interface CorpusFile {
  readonly file: string;
  readonly format: CorpusFormat;
  readonly tokens: number;
  readonly sentences: number;
  /** Index of each sentence's first token, and at the end the number of tokens: `sentences + 1` numbers, rising. */
  readonly sentenceStart: Uint32Array;
  /** Number of the document that each sentence belongs to, from 0, rising. */
  readonly sentenceDocument: Uint32Array;
  /** Each token's line in the file, from 0. */
  readonly line: Uint32Array;
  /** The word, and the columns that may hold labels. */
  readonly columns: readonly Column[];
  readonly problems: readonly Problem[];
}

/** The part of the data that a file or a sentence belongs to. */
export type SplitName = 'training' | 'development' | 'test';

/** A label column of a corpus, as it is offered to the user. */
export interface LabelColumn {
  readonly name: string;
  /** Distinct labels with how often each occurs, most frequent first. */
  readonly labels: readonly { readonly label: string; readonly count: number }[];
  /** `none` for plain labels such as parts of speech. */
  readonly scheme: LabelScheme;
}

/** How labels mark spans. IOBES also goes by BILOU and BMES. */
export type LabelScheme = 'none' | 'IOB1' | 'IOB2' | 'IOE1' | 'IOE2' | 'IOBES';

/** A span of one type: tokens `start` to `end`, exclusive, counted in the sentence. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

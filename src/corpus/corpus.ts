import type { Problem } from '../common/problem';

/**
 * How the files of a corpus are laid out, in one of the formats. Plain data: it stands in model files and
 * goes to and from workers.
 */
export interface CorpusLayout {
  /** The `id` of its format, see `formats/format`. */
  readonly kind: string;
  /** Names of all columns, in order, whether the format keeps them in rows or elsewhere. */
  readonly columns: readonly string[];
  /** Index of the column with the word. */
  readonly form: number;
  /** Formats with rows of columns only, as is all that follows: what separates them, one character. */
  readonly separator?: string;
  /** Fields may stand in quotation marks, and a doubled one in such a field is one (RFC 4180). */
  readonly quoted?: boolean;
  /** Rows that are not parted by tabs are by spaces. */
  readonly mixed?: boolean;
  /** A row with these fields names the columns: it is no token. */
  readonly header?: readonly string[];
  /** What comments begin with; `#` where nothing is said, and nothing at all where it is empty. */
  readonly comment?: string;
  /** Position of a column that numbers the sentences, where nothing else parts them. */
  readonly sentence?: number;
  /** Rows with the last field alone end sentences. */
  readonly loneLabels?: boolean;
  /** Nothing parts sentences: they end behind full stops and their like. */
  readonly cut?: boolean;
  /** How labels mark spans, where a person says so. */
  readonly scheme?: LabelScheme;
  /** An empty field of a column that is not the word says that the token is in no span. */
  readonly emptyOutside?: boolean;
  /** So many columns at the end have no field of their own, but a key in one: see `rows/keyColumns`. */
  readonly keys?: number;
  /** The words are characters, each with its position in its word behind it (`科0`), which is no part of it. */
  readonly positionDigits?: boolean;
}

/** The values of one column: each distinct string once, and for each token the number of its string. */
export interface Column {
  readonly name: string;
  readonly values: readonly string[];
  /** One number for each token: an index into `values`. */
  readonly ids: Uint32Array;
}

/**
 * A file as its format reads it: documents, sentences, tokens with their places, and columns. Flat arrays
 * with one number for each token, so that a million tokens stay small.
 */
export interface CorpusFile {
  readonly file: string;
  readonly layout: CorpusLayout;
  readonly tokens: number;
  readonly sentences: number;
  /** Rows that could not be read. */
  readonly leftOut: LeftOutRows;
  /**
   * Index of each sentence's first token, and at the end the number of tokens: `sentences + 1` numbers,
   * rising.
   */
  readonly sentenceStart: Uint32Array;
  /** Number of the document that each sentence belongs to, from 0, rising. */
  readonly sentenceDocument: Uint32Array;
  /** Each token's line in the text, from 0. */
  readonly line: Uint32Array;
  /** Where the token's word stands on its line, in UTF-16 units; the end is exclusive. */
  readonly startColumn: Uint32Array;
  readonly endColumn: Uint32Array;
  /** How each token stands to the one before it (`text/spacing`), where the file has or keeps the text. */
  readonly spacing?: Uint8Array;
  /** The word, and the columns that may hold labels. */
  readonly columns: readonly Column[];
  readonly problems: readonly Problem[];
}

/** How many rows of a file could not be read, and why: of each kind of problem how many, and the first line. */
export interface LeftOutRows {
  readonly rows: number;
  /**
   * `records`: where a file holds records of many tokens, how many of them; `rows` is then about how many
   * tokens they have.
   */
  readonly kinds: readonly {
    readonly code: string;
    readonly rows: number;
    readonly records?: number;
    readonly line: number;
  }[];
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

/** Schemes whose labels have a prefix. IOBES also goes by BILOU and BMES. */
export type PrefixScheme = 'IOB1' | 'IOB2' | 'IOE1' | 'IOE2' | 'IOBES';

/**
 * How labels mark spans. `suffix`: the letter stands behind the type, as in `PER-B`. `IO`: a label is a type
 * alone, and a run of one label is a span.
 */
export type LabelScheme = 'none' | 'IO' | PrefixScheme | `${PrefixScheme} suffix`;

/** A span of one type: tokens `start` to `end`, exclusive, counted in the sentence. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

/**
 * A file's share of what its corpus offers: small, no tokens. Made by `summarise`, joined by `groupCorpora`.
 */
export interface CorpusFileSummary {
  readonly file: string;
  /** The path below its workspace folder, with `/`, beginning with the folder's name. */
  readonly path: string;
  readonly layout: CorpusLayout;
  readonly tokens: number;
  readonly sentences: number;
  readonly leftOut: number;
  readonly columns: readonly ColumnSummary[];
}

/** What one file says of one column. */
export interface ColumnSummary {
  readonly name: string;
  /** Position of the column in the layout, from 0. */
  readonly index: number;
  /** Distinct values with how often each occurs; empty where there are too many to be labels. */
  readonly counts: readonly (readonly [value: string, count: number])[];
  readonly evidence: SchemeEvidence;
}

/** Counts by which a label scheme is recognised; those of several files add up. See `labels/scheme`. */
export interface SchemeEvidence {
  readonly tokens: number;
  /** What the labels say where a letter before the type is a prefix. */
  readonly prefix: PrefixEvidence;
  /** The same where a letter behind the type is one. */
  readonly suffix: PrefixEvidence;
  /** Tokens labelled `O`, and those of the most frequent other label. */
  readonly outside: number;
  readonly mostFrequentOther: number;
}

/** See {@link SchemeEvidence}. */
export interface PrefixEvidence {
  /** Tokens whose label is `O`, a prefix alone, or a prefix with a type. */
  readonly parsed: number;
  readonly outside: number;
  /** Tokens outside of spans by another sign than `O`: `0`, `_`. */
  readonly otherOutside: number;
  readonly typed: number;
  readonly begin: number;
  readonly inside: number;
  /** E or L. */
  readonly end: number;
  /** S, U or W. */
  readonly single: number;
  /** B where no span of its type is open: never in IOB1. */
  readonly beginAtStart: number;
  /** I where no span of its type is open: never in IOB2. */
  readonly insideAtStart: number;
  /** I with no more of its type behind it: never in IOE2. */
  readonly insideAtEnd: number;
}

/** The files of one folder tree with the same format and columns. */
export interface Corpus {
  /** Stable for the folder and the layout: `folder/path#signature`. */
  readonly id: string;
  /**
   * What a person calls it: the folder's name, with as much of the path before it as keeps it apart from
   * others.
   */
  readonly name: string;
  readonly layout: CorpusLayout;
  readonly files: readonly {
    readonly file: string;
    readonly split?: SplitName;
    readonly tokens: number;
    readonly sentences: number;
    /** Rows that could not be read. */
    readonly leftOut: number;
  }[];
  readonly tokens: number;
  readonly sentences: number;
  /** Label columns on offer, in the order in which to offer them. Empty: nothing here can be learned. */
  readonly columns: readonly LabelColumn[];
}

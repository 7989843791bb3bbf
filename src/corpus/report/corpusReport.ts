/** What a report on corpora tells, before it is put into words. */
import type { Problem } from '../../common/problem';
import type { CorpusFile, LabelScheme, SplitName } from '../corpus';

/** A file to report of. */
export interface ReportedSource {
  readonly file: string;
  /** The path below its workspace folder, with `/`, beginning with the folder's name. */
  readonly path: string;
  readonly text: string;
  /** How it was decoded, in words. */
  readonly encoding: string;
  /** Missing where it could not be read; then `problems` says why. */
  readonly read?: CorpusFile;
  readonly problems: readonly Problem[];
}

/** A line of a file, from 0. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface ReportedFile {
  readonly file: string;
  readonly split: SplitName;
  readonly sentences: number;
  readonly tokens: number;
  readonly encoding: string;
  readonly leftOut: CorpusFile['leftOut'];
}

export interface ReportedColumn {
  readonly name: string;
  /** What it was taken for. */
  readonly role: string;
  /** By what it was taken for that. */
  readonly why: string;
}

/** A label that may be a mistake: seen once, or like another that is far more frequent. */
export interface OddLabel extends Place {
  readonly label: string;
  readonly count: number;
  readonly like?: string;
}

export interface ReportedLabels {
  readonly column: string;
  readonly scheme: LabelScheme;
  /** Labels, or where they mark spans, types with the number of their spans; most frequent first. */
  readonly labels: readonly { readonly label: string; readonly count: number }[];
  readonly odd: readonly OddLabel[];
}

/** Sentences of a split that stand in it before, or in another split too. */
export interface Duplicates {
  readonly split: SplitName;
  /** The same split: within it. */
  readonly other: SplitName;
  readonly sentences: number;
  /** Sentences of the split that are long enough to be compared. */
  readonly compared: number;
  readonly first: Place;
  readonly firstOther: Place;
}

/** Problems of one kind in a corpus. */
export interface ProblemKind extends Place {
  readonly code: string;
  readonly severity: Problem['severity'];
  readonly count: number;
  /** Of some file not all are counted. */
  readonly more: boolean;
  /** What the first of them says. */
  readonly message: string;
}

export interface ReportedCorpus {
  readonly name: string;
  /** What its format is called. */
  readonly format: string;
  readonly files: readonly ReportedFile[];
  readonly tokens: number;
  readonly sentences: number;
  /** What parts the columns; missing where the format has no rows. */
  readonly delimiter?: string;
  /** Names in a first row; missing where there is none. */
  readonly header?: readonly string[];
  readonly sentenceEnds: string;
  readonly columns: readonly ReportedColumn[];
  readonly labels: readonly ReportedLabels[];
  readonly duplicates: readonly Duplicates[];
  readonly problems: readonly ProblemKind[];
}

export interface CorpusReport {
  readonly corpora: readonly ReportedCorpus[];
  /** Files that are of no corpus, with the reasons. */
  readonly unread: readonly { readonly file: string; readonly problems: readonly Problem[] }[];
}

/** What is in corpora, as data: all that a person should know before a training run. */
import type { Problem } from '../../common/problem';
import type { Corpus, CorpusFile, LabelScheme, SplitName } from '../corpus';
import { formatOf } from '../formats';
import { groupCorpora, summarise } from '../grouping';
import { listedPerCode } from '../problems';
import { describeColumns, describeSentenceEnds } from './columns';
import { findDuplicates } from './duplicates';
import { describeLabels } from './labelColumns';

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

/** @param name what the corpus is called, where all files are of one and its name is known. */
export function reportCorpora(sources: readonly ReportedSource[], name?: string): CorpusReport {
  const bySummary = new Map(sources.map((source) => [source.file, source]));
  const corpora = groupCorpora(
    sources.flatMap(({ read, path }) => (read && read.tokens > 0 ? [summarise(read, path)] : [])),
  );
  return {
    corpora: corpora.map((corpus) => {
      const files = corpus.files.map(({ file }) => bySummary.get(file)!);
      return reportCorpus(corpora.length === 1 && name !== undefined ? { ...corpus, name } : corpus, files);
    }),
    unread: sources.flatMap(({ file, read, problems }) =>
      read && read.tokens > 0 ? [] : [{ file, problems }],
    ),
  };
}

/** The reports of several calls as one. */
export function joinReports(reports: readonly CorpusReport[]): CorpusReport {
  return {
    corpora: reports.flatMap(({ corpora }) => corpora),
    unread: reports.flatMap(({ unread }) => unread),
  };
}

type ReadSource = ReportedSource & { readonly read: CorpusFile };

function reportCorpus(corpus: Corpus, sources: readonly ReportedSource[]): ReportedCorpus {
  const read = sources.filter((source): source is ReadSource => source.read !== undefined);
  const splitOf = new Map(corpus.files.map(({ file, split }) => [file, split ?? 'training'] as const));
  const largest = read.reduce((best, source) => (source.read.tokens > best.read.tokens ? source : best));
  const { layout } = corpus;
  return {
    name: corpus.name,
    format: formatOf(layout).description,
    files: read.map(({ file, encoding, read: { sentences, tokens, leftOut } }) => ({
      file,
      split: splitOf.get(file) ?? 'training',
      sentences,
      tokens,
      encoding,
      leftOut,
    })),
    tokens: corpus.tokens,
    sentences: corpus.sentences,
    ...(layout.separator !== undefined && { delimiter: delimiterName(layout.separator, layout.mixed) }),
    ...(layout.header && { header: layout.header }),
    sentenceEnds: describeSentenceEnds(layout, largest.text),
    columns: describeColumns(layout, largest.read, largest.text),
    labels: corpus.columns.map((column) =>
      describeLabels(
        column,
        read.map((source) => source.read),
        layout,
      ),
    ),
    duplicates: findDuplicates(
      read.map((source) => ({ file: source.read, split: splitOf.get(source.file) ?? 'training' })),
    ),
    problems: kindsOf(sources.flatMap(({ problems }) => problems)),
  };
}

function delimiterName(separator: string, mixed = false): string {
  const names: Readonly<Record<string, string>> = {
    '\t': 'tab',
    ' ': 'space',
    ',': 'comma',
    ';': 'semicolon',
  };
  return `${names[separator] ?? separator}${mixed ? ', in some rows space' : ''}`;
}

function kindsOf(problems: readonly Problem[]): ProblemKind[] {
  const kinds = new Map<string, ProblemKind>();
  const perFile = new Map<string, number>();
  for (const { code, severity, file, line, message } of problems) {
    const inFile = (perFile.get(`${code} ${file}`) ?? 0) + 1;
    perFile.set(`${code} ${file}`, inFile);
    const known = kinds.get(code);
    const more = known?.more === true || inFile > listedPerCode;
    kinds.set(
      code,
      known
        ? { ...known, count: known.count + 1, more }
        : { code, severity, count: 1, more, message, file, line },
    );
  }
  const rank = { error: 0, warning: 1, information: 2 } as const;
  return [...kinds.values()].sort((a, b) => rank[a.severity] - rank[b.severity] || b.count - a.count);
}

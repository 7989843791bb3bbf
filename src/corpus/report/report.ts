/** What is in corpora, as data: all that a person should know before a training run. */
import type { Problem } from '../../common/problem';
import type { Corpus, CorpusFile } from '../corpus';
import { formatOf } from '../formats';
import { groupCorpora, summarise } from '../grouping';
import { listedPerCode } from '../problems';
import { describeColumns, describeSentenceEnds } from './columns';
import type { ReportedSource, ProblemKind, ReportedCorpus, CorpusReport } from './corpusReport';
import { findDuplicates } from './duplicates';
import { describeLabels } from './labelColumns';

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

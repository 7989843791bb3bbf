/** Corpora as the view lists them: what the reader has counted, and nothing that would have to be read again. */
import { formatCount, formatPercent } from '../../common/figures';
import { translated } from '../../common/l10n';
import { shownLine, shownName } from '../../common/shownText';
import type { Corpus, LabelColumn, SplitName } from '../../corpus/corpus';
import { formatOf } from '../../corpus/formats';
import { isUnlikely } from '../../corpus/labels/columns';
import { splitLabel } from '../../corpus/labels/notation';
import type { Translate } from '../translate';
import { fileNameOf, itemText, pathOf } from './itemText';
import type { ItemText } from './itemText';

export type CorpusFileEntry = Corpus['files'][number];

/** What an item of the tree stands for. */
export type CorpusNode =
  | { readonly kind: 'corpus'; readonly corpus: Corpus }
  | {
      readonly kind: 'split';
      readonly corpus: Corpus;
      readonly split: SplitName | undefined;
      readonly files: readonly CorpusFileEntry[];
    }
  | { readonly kind: 'file'; readonly corpus: Corpus; readonly file: CorpusFileEntry }
  | { readonly kind: 'column'; readonly corpus: Corpus; readonly column: LabelColumn }
  | {
      readonly kind: 'label';
      readonly corpus: Corpus;
      readonly column: LabelColumn;
      readonly label: LabelColumn['labels'][number];
    }
  | { readonly kind: 'problems'; readonly corpus: Corpus; readonly count: number };

/** How many problems a file has. */
export type ProblemCounts = (file: string) => number;

const splits: readonly (SplitName | undefined)[] = ['training', 'development', 'test', undefined];

/** What stands below a node; below none the corpora. Labels stand in the order of their counts. */
export function childrenOf(
  node: CorpusNode | undefined,
  corpora: readonly Corpus[],
  problems: ProblemCounts,
): CorpusNode[] {
  if (!node) return corpora.map((corpus) => ({ kind: 'corpus', corpus }));
  const { corpus } = node;
  const filesOf = (files: readonly CorpusFileEntry[]): CorpusNode[] =>
    files.map((file) => ({ kind: 'file', corpus, file }));
  switch (node.kind) {
    case 'corpus': {
      const groups = splits
        .map((split) => ({ split, files: corpus.files.filter((file) => file.split === split) }))
        .filter(({ files }) => files.length > 0);
      const count = problemsOf(corpus, problems);
      return [
        ...(groups.length === 1 && groups[0].split === undefined
          ? filesOf(corpus.files)
          : groups.map(({ split, files }): CorpusNode => ({ kind: 'split', corpus, split, files }))),
        ...corpus.columns.map((column): CorpusNode => ({ kind: 'column', corpus, column })),
        ...(count > 0 ? [{ kind: 'problems', corpus, count } as const] : []),
      ];
    }
    case 'split':
      return filesOf(node.files);
    case 'column':
      return node.column.labels.map((label) => ({ kind: 'label', corpus, column: node.column, label }));
    case 'file':
    case 'label':
    case 'problems':
      return [];
  }
}

export function hasChildren({ kind }: CorpusNode): boolean {
  return kind === 'corpus' || kind === 'split' || kind === 'column';
}

/** Names a node over changes of what is counted. */
export function nodeId(node: CorpusNode): string {
  return JSON.stringify([node.kind, node.corpus.id, ...ownName(node)]);
}

function ownName(node: CorpusNode): (string | undefined)[] {
  switch (node.kind) {
    case 'split':
      return [node.split];
    case 'file':
      return [node.file.file];
    case 'column':
      return [node.column.name];
    case 'label':
      return [node.column.name, node.label.label];
    case 'corpus':
    case 'problems':
      return [];
  }
}

function problemsOf({ files }: Corpus, problems: ProblemCounts): number {
  return files.reduce((sum, { file }) => sum + problems(file), 0);
}

export function corpusItemText(node: CorpusNode, problems: ProblemCounts, t: Translate): ItemText {
  const { corpus } = node;
  switch (node.kind) {
    case 'corpus': {
      const { tokens, sentences, layout, files, columns } = corpus;
      const count = problemsOf(corpus, problems);
      return itemText(
        nameOrEmpty(corpus.name, t),
        [problemText(count, t), sizeText({ tokens, sentences }, t)],
        [
          translated(formatOf(layout).description),
          files.length === 1 ? t('1 file') : t('{0} files', formatCount(files.length)),
          columns.length === 0 ? t('No column of labels that can be learned') : undefined,
        ],
      );
    }
    case 'split': {
      const { files, split } = node;
      const tokens = files.reduce((sum, file) => sum + file.tokens, 0);
      const sentences = files.reduce((sum, file) => sum + file.sentences, 0);
      return itemText(splitText(split, t), [
        files.length === 1 ? t('1 file') : t('{0} files', formatCount(files.length)),
        sizeText({ tokens, sentences }, t),
      ]);
    }
    case 'file': {
      const { file, leftOut } = node.file;
      return itemText(
        fileNameOf(file),
        [
          problemText(problems(file), t),
          sizeText(node.file, t),
          leftOut > 0 ? t('rows left out: {0}', formatCount(leftOut)) : undefined,
        ],
        [shownLine(pathOf(file))],
      );
    }
    case 'column':
      return columnText(node, t);
    case 'label':
      return itemText(nameOrEmpty(node.label.label, t), [
        formatCount(node.label.count),
        formatPercent(node.label.count / Math.max(1, corpus.tokens)),
      ]);
    case 'problems':
      return itemText(problemText(node.count, t) ?? '', [], [t('Show them in the Problems view')]);
  }
}

/** A name, also where there is nothing to be seen. */
function nameOrEmpty(name: string, t: Translate): string {
  return name.trim() === '' ? t('(empty)') : shownName(name);
}

/** What a click on a label says. */
export function labelCountText(
  { corpus, column, label }: CorpusNode & { kind: 'label' },
  t: Translate,
): string {
  return t(
    '{0}: {1} of {2} tokens ({3}) in {4} · {5}',
    shownName(label.label),
    formatCount(label.count),
    formatCount(corpus.tokens),
    formatPercent(label.count / Math.max(1, corpus.tokens)),
    shownName(corpus.name),
    shownName(column.name),
  );
}

function columnText({ corpus, column }: CorpusNode & { kind: 'column' }, t: Translate): ItemText {
  const { name, labels, scheme } = column;
  const count = formatCount(labels.length);
  const title = t('Labels {0}', shownName(name));
  if (isUnlikely(corpus.layout, column)) return itemText(title, [t('{0} different values', count)]);
  if (scheme === 'none') return itemText(title, [t('{0} labels', count)]);
  const types = new Set(
    labels
      .map(({ label }) => splitLabel(label, scheme))
      .flatMap(({ prefix, type }) => (prefix === 'O' ? [] : [type])),
  ).size;
  return itemText(title, [
    t('{0} labels', count),
    scheme,
    types === 1 ? t('1 type') : t('{0} types', formatCount(types)),
  ]);
}

function sizeText(
  { tokens, sentences }: { readonly tokens: number; readonly sentences: number },
  t: Translate,
): string {
  return t('{0} tokens, {1} sentences', formatCount(tokens), formatCount(sentences));
}

function problemText(count: number, t: Translate): string | undefined {
  if (count === 0) return undefined;
  return count === 1 ? t('1 problem') : t('{0} problems', formatCount(count));
}

function splitText(split: SplitName | undefined, t: Translate): string {
  switch (split) {
    case 'training':
      return t('Training');
    case 'development':
      return t('Development');
    case 'test':
      return t('Test');
    case undefined:
      return t('In no split');
  }
}

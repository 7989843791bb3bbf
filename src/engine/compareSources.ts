import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import { shownName, shownNames } from '../common/shownText';
import type { CorpusFile, CorpusLayout, LabelScheme } from '../corpus/corpus';
import { keptAt } from '../corpus/corpusFile';
import { formatOf } from '../corpus/formats';
import { findColumn, signatureOf } from '../corpus/formats/layout';
import { compareLabels } from '../training/labelComparison';
import type { ComparedFile, LabelComparison } from '../training/labelComparison';
import { readSource } from './source';
import type { SourceFile } from './sourceFile';

/** A file, and what is known of its label column from its corpus, where it is of one. */
export interface ComparedSource {
  readonly source: SourceFile;
  readonly corpus?: { readonly layout: CorpusLayout; readonly scheme?: LabelScheme };
}

export interface CompareSources {
  readonly left: ComparedSource;
  readonly right: ComparedSource;
  /** The label column, by the name that it has in the corpus of the left file. */
  readonly column: string;
  readonly replaceInvalidBytes: boolean;
}

/**
 * Compares the labels of two files in one column.
 * @throws {InputError} one of them cannot be read or has no such column, or there is nothing to compare.
 */
export function compareSources({
  left,
  right,
  column,
  replaceInvalidBytes,
}: CompareSources): LabelComparison {
  const [a, b] = [left, right].map(({ source }) => fileOf(source, replaceInvalidBytes));
  const layout = left.corpus?.layout ?? a.layout;
  return compareLabels(
    { ...columnIn(a, column, layout, left.source), scheme: left.corpus?.scheme },
    { ...columnIn(b, column, layout, right.source), scheme: right.corpus?.scheme },
  );
}

/**
 * The column of a corpus in one file: by its name, but where names were guessed from the values, so that files
 * of one shape may call one column differently, by its position.
 */
function columnIn(file: CorpusFile, name: string, corpus: CorpusLayout, source: SourceFile): ComparedFile {
  const { layout } = file;
  const position = signatureOf(layout) === signatureOf(corpus) ? corpus.columns.indexOf(name) : -1;
  const isGuessed =
    [layout, corpus].every((own) => formatOf(own).columnNames === 'guessed' && !own.header) &&
    source.stated?.columns === undefined;
  const named = findColumn(layout, name);
  const byName = named === undefined ? -1 : layout.columns.indexOf(named);
  const label = (isGuessed ? [position, byName] : [byName]).find((index) => holdsLabels(file, index));
  if (label !== undefined) return { file, label };
  const others = layout.columns.filter((_, index) => holdsLabels(file, index));
  throw new InputError(l10n.t('There are no labels {0} in it.', shownName(name)), {
    file: file.file,
    hint: others.length > 0 ? l10n.t('It has {0}.', shownNames(others)) : l10n.t('It has no labels at all.'),
  });
}

const holdsLabels = (file: CorpusFile, index: number): boolean =>
  index !== file.layout.form && keptAt(file, index) !== undefined;

function fileOf(source: SourceFile, replaceInvalidBytes: boolean): CorpusFile {
  const { file, problems } = readSource(source, replaceInvalidBytes);
  if (file) return file;
  throw new InputError(problems.at(0)?.message ?? l10n.t('It could not be read.'), {
    file: source.file,
    hint: l10n.t('Compare two files with labels.'),
  });
}

/** Further columns of the files that a model reads beside the word, such as the part of speech. */
import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import { shownName, shownNames } from '../common/shownText';
import type { CorpusFile, CorpusLayout } from './corpus';
import { keptAt, valuesBySentence } from './corpusFile';
import { findColumn, signatureOf } from './formats/layout';
import { mayHoldLabels } from './labels/columns';

/**
 * The positions of the columns that a person wants to be read.
 *
 * @param names each a name, in any case, or a number from 1.
 * @param label the position of the label column.
 * @param format what the files share.
 * @throws {InputError} there is no such column, or it cannot be read, with those that can.
 */
export function resolveInputColumns(
  files: readonly CorpusFile[],
  layout: CorpusLayout,
  names: readonly string[],
  label: number,
): number[] {
  const offered = layout.columns.filter(
    (_, index) =>
      index !== label && mayHoldLabels(layout, index) && files.every((file) => keptAt(file, index)),
  );
  const refuse = (what: string): never => {
    const hint =
      offered.length > 0
        ? l10n.t('Columns that can be read beside the word: {0}.', shownNames(offered))
        : l10n.t('These files have no column that can be read beside the word.');
    throw new InputError(what, { file: files[0].file, hint });
  };
  const positions = names.map((wanted) => {
    const name = findColumn(layout, wanted);
    if (name === undefined) return refuse(l10n.t('There is no column {0} to read.', shownName(wanted)));
    const index = layout.columns.indexOf(name);
    if (index === layout.form)
      return refuse(l10n.t('{0} is the word, which is read anyway.', shownName(name)));
    if (index === label)
      return refuse(
        l10n.t('{0} holds the labels that are to be learned, so it cannot be read.', shownName(name)),
      );
    return offered.includes(name) ? index : refuse(l10n.t('{0} cannot be read as input.', shownName(name)));
  });
  const twice = positions.find((index, i) => positions.indexOf(index) < i);
  return twice === undefined
    ? positions
    : refuse(l10n.t('{0} is to be read twice.', shownName(layout.columns[twice])));
}

/** How the corpus is written that a model was trained on, and its label column. */
export interface TrainedLayout {
  readonly layout: CorpusLayout;
  readonly column: string;
}

/**
 * Where files of a format have the columns that a model reads, −1 where they lack one: by position where the
 * shape is that of the model's corpus, since names are drawn from values, which may differ from file to file;
 * else by name. Rows that are to be labelled may have all but the label, so that shape counts too where the
 * names do not.
 */
export function positionsForModel(
  layout: CorpusLayout,
  model: TrainedLayout,
  names: readonly string[],
): number[] {
  const named = names.every((name) => layout.columns.includes(name));
  const shapes = [model.layout, ...(named ? [] : [unlabelled(model)])];
  const { columns } = shapes.find((shape) => signatureOf(shape) === signatureOf(layout)) ?? layout;
  return names.map((name) => columns.indexOf(name));
}

/** The format of rows that lack nothing but the label. */
export function unlabelled({ layout, column }: TrainedLayout): CorpusLayout {
  const label = layout.columns.indexOf(column);
  if (label < 0) return layout;
  return {
    ...layout,
    columns: layout.columns.filter((_, index) => index !== label),
    form: layout.form > label ? layout.form - 1 : layout.form,
  };
}

/**
 * The values that a model reads in a file beside the words, by its names of the columns: of each sentence
 * those of its tokens. What the file lacks is left out.
 */
export function valuesForModel(
  file: CorpusFile,
  model: TrainedLayout,
  names: readonly string[],
): Map<string, string[][]> {
  const positions = positionsForModel(file.layout, model, names);
  return new Map(
    names.flatMap((name, i) => {
      const column = keptAt(file, positions[i]);
      return column ? [[name, valuesBySentence(file, column)]] : [];
    }),
  );
}

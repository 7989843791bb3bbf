/** Further columns of the files that a model reads beside the word, such as the part of speech. */
import { InputError } from '../common/errors';
import type { Column, CorpusFile, CorpusFormat } from './corpus';
import { findColumn } from './formats/columnNames';
import { valuesBySentence } from './formats/write';
import { signatureOf } from './grouping';
import { mayHoldLabels } from './labels/columns';

/** A further column of a training corpus. */
export interface InputColumn {
  readonly name: string;
  /** By number: those of the training set first, the most frequent one first of all. */
  readonly values: readonly string[];
}

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
  format: CorpusFormat,
  names: readonly string[],
  label: number,
): number[] {
  const offered = format.columns.filter(
    (_, index) =>
      index !== label && mayHoldLabels(format, index) && files.every((file) => keptAt(file, index)),
  );
  const refuse = (what: string): never => {
    const hint =
      offered.length > 0
        ? `Columns that can be read beside the word: ${offered.join(', ')}.`
        : 'These files have no column that can be read beside the word.';
    throw new InputError(what, { file: files[0].file, hint });
  };
  const positions = names.map((wanted) => {
    const name = findColumn(format, wanted);
    if (name === undefined) return refuse(`There is no column ${wanted} to read.`);
    const index = format.columns.indexOf(name);
    if (index === format.form) return refuse(`${name} is the word, which is read anyway.`);
    if (index === label)
      return refuse(`${name} holds the labels that are to be learned, so it cannot be read.`);
    return offered.includes(name) ? index : refuse(`${name} cannot be read as input.`);
  });
  const twice = positions.find((index, i) => positions.indexOf(index) < i);
  return twice === undefined ? positions : refuse(`${format.columns[twice]} is to be read twice.`);
}

/** How the corpus is written that a model was trained on, and its label column. */
export interface TrainedFormat {
  readonly format: CorpusFormat;
  readonly column: string;
}

/**
 * Where files of a format have the columns that a model reads, −1 where they lack one: by position where the
 * shape is that of the model's corpus, since names are drawn from values, which may differ from file to file;
 * else by name. Rows that are to be labelled may have all but the label, so that shape counts too where the
 * names do not.
 */
export function positionsForModel(
  format: CorpusFormat,
  model: TrainedFormat,
  names: readonly string[],
): number[] {
  const named = names.every((name) => format.columns.includes(name));
  const shapes = [model.format, ...(named ? [] : [unlabelled(model)])];
  const { columns } = shapes.find((shape) => signatureOf(shape) === signatureOf(format)) ?? format;
  return names.map((name) => columns.indexOf(name));
}

/** The format of rows that lack nothing but the label. */
export function unlabelled({ format, column }: TrainedFormat): CorpusFormat {
  const label = format.columns.indexOf(column);
  if (label < 0) return format;
  return {
    ...format,
    columns: format.columns.filter((_, index) => index !== label),
    form: format.form > label ? format.form - 1 : format.form,
  };
}

/**
 * The column at a position of the format, if there is one and it was kept. Files of one signature may name it
 * differently.
 */
export function keptAt({ columns, format }: CorpusFile, index: number): Column | undefined {
  return columns.find(({ name }) => name === format.columns[index]);
}

/**
 * The values that a model reads in a file beside the words, by its names of the columns: of each sentence
 * those of its tokens. What the file lacks is left out.
 */
export function valuesForModel(
  file: CorpusFile,
  model: TrainedFormat,
  names: readonly string[],
): Map<string, string[][]> {
  const positions = positionsForModel(file.format, model, names);
  return new Map(
    names.flatMap((name, i) => {
      const column = keptAt(file, positions[i]);
      return column ? [[name, valuesBySentence(file, column)]] : [];
    }),
  );
}

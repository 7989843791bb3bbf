import type { CorpusFile } from './corpus';
import { keptAt } from './corpusFile';
import type { Dataset, TrainingCorpus } from './dataset';
import { DatasetBuilder } from './datasetBuilder';
import { signatureOf } from './formats/layout';
import { keysOf } from './formats/rows/keyColumns';
import type { SentenceRef } from './heldOut';
import { positionsForModel } from './inputColumns';
import { shareKeys } from './sharedKeys';
import { resolveLabelColumn, sharedLayout } from './sharedLayout';

/** Gives a model's numbers to words, and to values of the further columns that it reads. */
export interface ModelNumbers {
  /** Their names. */
  readonly columns: readonly string[];
  numberOf(word: string): number;
  /** `column`: an index into {@link columns}. */
  columnNumberOf(column: number, value: string): number;
}

/**
 * All sentences of the files, in a model's numbers: what it is scored on.
 *
 * @param model its labels and format, and its numbers.
 * @param column the model's label column.
 * @param named the files' label column, where a person says it, by name or by number from 1.
 * @throws {InputError} the files' formats differ, or there is no such column.
 */
export function encodeDataset(
  given: readonly CorpusFile[],
  model: Pick<TrainingCorpus, 'labels' | 'layout'> & { readonly numbers: ModelNumbers },
  column: string,
  named?: string,
): Dataset {
  const files = shareKeys(given);
  const layout = sharedLayout(files);
  // Names of columns are drawn from their values, which may differ from file to file: the position holds
  // where the shape is the model's.
  const sameShape =
    signatureOf(layout) === signatureOf(model.layout) &&
    model.layout.columns.includes(column) &&
    !keysOf(model.layout).includes(column);
  const label =
    named !== undefined
      ? resolveLabelColumn(layout, files, named)
      : sameShape
        ? model.layout.columns.indexOf(column)
        : resolveLabelColumn(layout, files, column);
  const sentences = files.flatMap((file) =>
    Array.from({ length: file.sentences }, (_, sentence): SentenceRef => ({ file, sentence })),
  );
  const { numbers } = model;
  const inputs = positionsForModel(layout, { layout: model.layout, column }, numbers.columns).map(
    (index, i) => ({
      index: files.every((file) => keptAt(file, index)) ? index : -1,
      numberOf: (value: string) => numbers.columnNumberOf(i, value),
    }),
  );
  return new DatasetBuilder({
    form: layout.form,
    label,
    labels: model.labels,
    numberOf: (word) => numbers.numberOf(word),
    inputs,
  }).build(sentences);
}

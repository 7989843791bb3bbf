/** What is looked up in a file that was read. */
import type { Column, CorpusFile } from './corpus';

/**
 * The column at a position of the layout, if there is one and it was kept. Files of one signature may name it
 * differently.
 */
export function keptAt({ columns, layout }: CorpusFile, index: number): Column | undefined {
  return columns.find(({ name }) => name === layout.columns[index]);
}

/** The same of a column that is there. */
export function columnAt(file: CorpusFile, index: number): Column {
  const column = keptAt(file, index);
  if (!column) throw new RangeError(`column ${index} of ${file.file} was not kept`);
  return column;
}

/** Words by sentence, as a tagger takes them. */
export function formsBySentence(file: CorpusFile): string[][] {
  return valuesBySentence(file, columnAt(file, file.layout.form));
}

/** A column's values, one for each token, by sentence. */
export function valuesBySentence(
  { sentences, sentenceStart }: CorpusFile,
  { values, ids }: Column,
): string[][] {
  return Array.from({ length: sentences }, (_, s) =>
    Array.from(ids.subarray(sentenceStart[s], sentenceStart[s + 1]), (id) => values[id]),
  );
}

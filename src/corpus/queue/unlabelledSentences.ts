import type { CorpusFile } from '../corpus';
import { keptAt } from '../corpusFile';
import { isOtherOutside, isOutside } from '../labels/notation';
import { outlineOf } from '../outline';

/** A sentence that nobody has labelled; its line counts from 0. */
export interface UnlabelledSentence {
  readonly line: number;
  readonly text: string;
}

/** A file of which more sentences have labels is annotated: its others have none to be labelled. */
const mostLabelled = 0.2;

/** Whether a file with so many sentences that have labels is still to be labelled. */
export function isHardlyLabelled(labelled: number, sentences: number): boolean {
  return labelled <= mostLabelled * sentences;
}

/**
 * The sentences of a file in which nothing has a label, where that is still so of most of its sentences.
 *
 * @param text that the file was read from.
 * @param index position of the label column in the layout.
 */
export function unlabelledSentences(text: string, file: CorpusFile, index: number): UnlabelledSentence[] {
  const column = keptAt(file, index);
  if (!column) return [];
  const isLabel = column.values.map((value) => value !== '' && !isOutside(value) && !isOtherOutside(value));
  const { sentences, sentenceStart } = file;
  const isOpen = Array.from({ length: sentences }, (_, s) =>
    column.ids.subarray(sentenceStart[s], sentenceStart[s + 1]).every((id) => !isLabel[id]),
  );
  if (!isHardlyLabelled(isOpen.filter((open) => !open).length, sentences)) return [];
  const { tokenLine, names } = outlineOf(text, file);
  return names.flatMap((name, s) => (isOpen[s] ? [{ line: tokenLine[s], text: name }] : []));
}

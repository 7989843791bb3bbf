/** Which text of a corpus a model has not been trained on: what it says there is no repetition of what it learned. */
import { groupedBy } from '../../common/groupedBy';
import { assignSentences } from '../assignSentences';
import type { CorpusSource } from '../assignSentences';
import type { CorpusFile, LabelScheme } from '../corpus';
import { columnAt, valuesBySentence } from '../corpusFile';
import { spansOf } from '../labels/spans';
import { resolveColumns } from '../trainingCorpus';

/** A place of a text: line and UTF-16 column, from 0. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** From the first word of some sentences to the end of the last one. */
export interface Stretch {
  readonly start: TextPlace;
  readonly end: TextPlace;
}

/** The sentences of a file that are meant, and what they hold. */
export interface UnseenFile {
  readonly file: string;
  /** In the order of the text. */
  readonly stretches: readonly Stretch[];
  readonly sentences: number;
  readonly tokens: number;
  /** 0 where labels mark none. */
  readonly spans: number;
}

/** Which labels are meant. */
export interface UnseenColumn {
  readonly column: string;
  readonly scheme: LabelScheme;
}

/**
 * The development data of a corpus.
 *
 * @param sources all files of the corpus where they name no development data; else those that are development data.
 * @param seed by which a tenth was held out; undefined where files are named as development data.
 * @throws {InputError} the files' formats differ, or there is no such column.
 */
export function unseenText(
  sources: readonly CorpusSource[],
  { column, scheme }: UnseenColumn,
  seed: number | undefined,
): UnseenFile[] {
  const files = sources.map(({ file }) => file);
  if (files.length === 0) return [];
  const { label } = resolveColumns(files, column);
  const heldOut =
    seed === undefined
      ? undefined
      : groupedBy(assignSentences(sources, seed).sentences.development, ({ file }) => file);
  return files
    .map((file) => {
      const own = heldOut
        ? (heldOut.get(file) ?? []).map(({ sentence }) => sentence)
        : Array.from({ length: file.sentences }, (_, s) => s);
      return unseenFile(file, own, label, scheme);
    })
    .filter((own) => own.sentences > 0);
}

/**
 * The sentences of a text that is not labelled to its end yet, and of which only what is labelled so far is learned:
 * those that are not.
 *
 * @param whole the text with all of its sentences.
 * @param learned the same as it is learned from.
 */
export function unreadText(whole: CorpusFile, learned: CorpusFile | undefined): UnseenFile {
  const known = new Set(
    learned && Array.from({ length: learned.sentences }, (_, s) => placeText(startOf(learned, s))),
  );
  const sentences = Array.from({ length: whole.sentences }, (_, s) => s).filter(
    (s) => !known.has(placeText(startOf(whole, s))),
  );
  return unseenFile(whole, sentences, undefined, 'none');
}

function unseenFile(
  file: CorpusFile,
  sentences: readonly number[],
  label: number | undefined,
  scheme: LabelScheme,
): UnseenFile {
  const { sentenceStart } = file;
  const sum = (of: (sentence: number) => number): number => sentences.reduce((all, s) => all + of(s), 0);
  const labels =
    label === undefined || scheme === 'none' ? [] : valuesBySentence(file, columnAt(file, label));
  return {
    file: file.file,
    stretches: stretchesOf(file, sentences),
    sentences: sentences.length,
    tokens: sum((s) => sentenceStart[s + 1] - sentenceStart[s]),
    spans: labels.length === 0 ? 0 : sum((s) => spansOf(labels[s], scheme).length),
  };
}

/** Sentences that follow each other are one stretch. */
function stretchesOf(file: CorpusFile, sentences: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  let before: number | undefined;
  for (const s of sentences) {
    if (file.sentenceStart[s] === file.sentenceStart[s + 1]) continue;
    const last = file.sentenceStart[s + 1] - 1;
    const end = { line: file.line[last], column: file.endColumn[last] };
    const open = before !== undefined && before === s - 1 ? stretches.pop() : undefined;
    stretches.push({ start: open?.start ?? startOf(file, s), end });
    before = s;
  }
  return stretches;
}

function startOf({ sentenceStart, line, startColumn }: CorpusFile, sentence: number): TextPlace {
  const first = sentenceStart[sentence];
  return { line: line[first], column: startColumn[first] };
}

const placeText = ({ line, column }: TextPlace): string => `${line}:${column}`;

/** Whether a place is in one of some stretches, which are in the order of the text. */
export function isInside(stretches: readonly Stretch[], place: TextPlace): boolean {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(place, stretches[middle].start)) high = middle;
    else low = middle + 1;
  }
  return low > 0 && isBefore(place, stretches[low - 1].end);
}

/** Whether lines are touched by one of some stretches. */
export function touchesLines(
  stretches: readonly Stretch[],
  { first, last }: { readonly first: number; readonly last: number },
): boolean {
  return stretches.some(({ start, end }) => start.line <= last && first <= end.line);
}

function isBefore(a: TextPlace, b: TextPlace): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** Where tokens of a sentence are in a text that may have been edited since. */
import type { CorpusFile } from '../corpus';
import { columnAt, keptAt } from '../corpusFile';

export interface SoughtToken {
  /** The number of its sentence in the file when it was seen, from 0, and the sentence's words, with spaces between. */
  readonly number: number;
  readonly words: string;
  /** Its index in the sentence. */
  readonly token: number;
  /** The label that it had, where it is sought with this label alone. */
  readonly gold?: string;
}

/** The place of a word: a line and UTF-16 columns, the end exclusive. */
export interface TokenPlace {
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

/**
 * Each token in the nearest sentence with these words; undefined where there is none, or its label is another.
 *
 * @param column the name of the label column.
 */
export function placesOfTokens(
  file: CorpusFile,
  column: string,
  sought: readonly SoughtToken[],
): (TokenPlace | undefined)[] {
  const sentences = new NumberedSentences(file, new Set(sought.map(({ words }) => words)));
  const labels = keptAt(file, file.layout.columns.indexOf(column));
  return sought.map(({ number, words, token, gold }) => {
    const sentence = sentences.nearest(words, number);
    if (sentence === undefined) return undefined;
    const at = file.sentenceStart[sentence] + token;
    if (at >= file.sentenceStart[sentence + 1]) return undefined;
    if (gold !== undefined && labels && labels.values[labels.ids[at]] !== gold) return undefined;
    return { line: file.line[at], startColumn: file.startColumn[at], endColumn: file.endColumn[at] };
  });
}

/** The sentences of a file that have some words, by these. */
class NumberedSentences {
  private readonly byWords = new Map<string, number[]>();

  constructor(file: CorpusFile, wanted: ReadonlySet<string>) {
    const { values, ids } = columnAt(file, file.layout.form);
    for (let s = 0; s < file.sentences; s++) {
      const own = ids.subarray(file.sentenceStart[s], file.sentenceStart[s + 1]);
      const words = Array.from(own, (id) => values[id]).join(' ');
      if (!wanted.has(words)) continue;
      const same = this.byWords.get(words);
      if (same) same.push(s);
      else this.byWords.set(words, [s]);
    }
  }

  nearest(words: string, number: number): number | undefined {
    let best: number | undefined;
    for (const s of this.byWords.get(words) ?? [])
      if (best === undefined || Math.abs(s - number) < Math.abs(best - number)) best = s;
    return best;
  }
}

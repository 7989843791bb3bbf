/** Labels that may be wrong, so kept that they are found again in a text that was edited since. */
import type { CorpusFile } from '../corpus';
import { columnAt, keptAt } from '../corpusFile';
import { formatOf } from '../formats';
import type { Companion } from '../formats/format';
import { editsBetween } from '../textEdits';
import type { TextEdit } from '../textEdits';
import { LabelPlaces } from './labelPlaces';

export interface LabelFinding {
  readonly file: string;
  /** The words of its sentence, with spaces between them. */
  readonly sentence: string;
  /** Which of the file's sentences with these words, from 0. */
  readonly occurrence: number;
  /** Index of the token in the sentence. */
  readonly token: number;
  readonly word: string;
  /** As it stood in the file. */
  readonly gold: string;
  readonly suggested: string;
  /** How much speaks for the suggested label, in nats: see `rankSuspects`. */
  readonly margin: number;
}

/** How sure it is that the label is wrong, from 0 to 1: no probability, but rising with the margin. */
export const scoreOf = (margin: number): number => 1 / (1 + Math.exp(-margin / marginScale));

/** So that the margins that occur do not all come to 1. */
const marginScale = 8;

/** Where a finding is now. */
export interface FindingPlace {
  readonly line: number;
  /** UTF-16 columns of the label, or of the word where the label is not written out; the end is exclusive. */
  readonly startColumn: number;
  readonly endColumn: number;
}

/** The sentences of a file by their words. */
export class SentenceTexts {
  private readonly words: readonly string[];
  private readonly ids: Uint32Array;
  private readonly byText = new Map<string, number[]>();
  private readonly occurrences: Uint32Array;

  constructor(private readonly file: CorpusFile) {
    const form = columnAt(file, file.layout.form);
    this.words = form.values;
    this.ids = form.ids;
    this.occurrences = new Uint32Array(file.sentences);
    for (let s = 0; s < file.sentences; s++) {
      const text = this.textOf(s);
      const same = this.byText.get(text);
      this.occurrences[s] = same?.length ?? 0;
      if (same) same.push(s);
      else this.byText.set(text, [s]);
    }
  }

  textOf(sentence: number): string {
    const { sentenceStart } = this.file;
    const ids = this.ids.subarray(sentenceStart[sentence], sentenceStart[sentence + 1]);
    return Array.from(ids, (id) => this.words[id]).join(' ');
  }

  occurrenceOf(sentence: number): number {
    return this.occurrences[sentence];
  }

  /** The token in the file that a finding is about; undefined where its sentence is another by now. */
  tokenOf({ sentence, occurrence, token, word }: LabelFinding): number | undefined {
    const same = this.byText.get(sentence);
    const number = same?.[occurrence];
    if (number === undefined) return undefined;
    const at = this.file.sentenceStart[number] + token;
    const isThere = at < this.file.sentenceStart[number + 1] && this.words[this.ids[at]] === word;
    return isThere ? at : undefined;
  }
}

/** The tokens that findings are about, with their labels of then; undefined for each that is not there. */
function tokensOf(
  file: CorpusFile,
  index: number,
  findings: readonly LabelFinding[],
): (number | undefined)[] {
  const column = keptAt(file, index);
  if (!column) return findings.map(() => undefined);
  const texts = new SentenceTexts(file);
  return findings.map((finding) => {
    const token = texts.tokenOf(finding);
    return token !== undefined && column.values[column.ids[token]] === finding.gold ? token : undefined;
  });
}

/**
 * Where findings of a file are now; undefined for each whose sentence or label is another.
 *
 * @param text the text that the file was read from.
 * @param index position of the label column in the layout.
 */
export function placesOf(
  text: string,
  file: CorpusFile,
  index: number,
  findings: readonly LabelFinding[],
): (FindingPlace | undefined)[] {
  const places = new LabelPlaces(text, file);
  return tokensOf(file, index, findings).map((token) => {
    if (token === undefined) return undefined;
    const { line, startColumn, endColumn } = places.of(columnAt(file, index), token);
    return startColumn === undefined || endColumn === undefined
      ? { line, startColumn: file.startColumn[token], endColumn: file.endColumn[token] }
      : { line, startColumn, endColumn };
  });
}

/** Edits that give findings their suggested labels. */
export interface Relabelling {
  /** Of the text, or of its companion where labels stand in that. */
  readonly edits: readonly TextEdit[];
  /** Findings that are still there. */
  readonly changed: number;
}

/**
 * Gives the suggested labels to findings that are still there, in the format's own way.
 *
 * @param text the text that the file was read from.
 * @param index position of the label column in the layout.
 * @throws {InputError} a label would break its row, with the row's line.
 */
export function relabel(
  text: string,
  file: CorpusFile,
  index: number,
  findings: readonly LabelFinding[],
  companion?: Companion,
): Relabelling {
  const tokens = tokensOf(file, index, findings);
  const changed = tokens.filter((token) => token !== undefined).length;
  if (changed === 0) return { edits: [], changed };
  const { name, values, ids } = columnAt(file, index);
  const labels = Array.from(ids, (id) => values[id]);
  tokens.forEach((token, i) => {
    if (token !== undefined) labels[token] = findings[i].suggested;
  });
  const written = formatOf(file.layout).writeLabels(text, file, name, labels, companion);
  return { edits: editsBetween(companion?.text ?? text, written), changed };
}

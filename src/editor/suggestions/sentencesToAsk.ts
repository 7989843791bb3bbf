import * as vscode from 'vscode';
import { targetOf } from '../../corpus/answers/tokenTarget';
import type { TokenTarget } from '../../corpus/answers/tokenTarget';
import type { LabelColumn } from '../../corpus/corpus';
import { isOtherOutside, isOutside } from '../../corpus/labels/notation';
import type { AskedSentence } from '../../corpus/suggestions/request';
import { partsOf, readPart } from '../answers/answerPart';
import type { AnswerPart, AnswerServices } from '../answers/answerPart';
import { typesOf } from '../answers/labelsOnOffer';

/** A sentence of a document that a language model may be asked about. */
export interface DocumentSentence extends AskedSentence {
  /** Some of its words, as they are found again in the document. */
  readonly targetOf: (first: number, end: number) => TokenTarget;
}

/** The sentences with words that have no label yet: those that a selection touches, or all. */
export async function sentencesToAsk(
  document: vscode.TextDocument,
  selection: vscode.Range | undefined,
  column: LabelColumn,
  services: AnswerServices,
): Promise<DocumentSentence[]> {
  const sentences: DocumentSentence[] = [];
  for (const range of partsOf(document, services)) {
    if (selection && (range.last < selection.start.line || range.first > selection.end.line)) continue;
    const part = await readPart(document, range, services, column.name);
    if (!part) continue;
    for (let s = 0; s < part.annotated.file.sentences; s++) {
      const sentence = sentenceOf(part, s, selection);
      if (sentence && !sentence.labelled.every(Boolean)) sentences.push(sentence);
    }
  }
  return sentences;
}

function sentenceOf(
  { annotated, base, document }: AnswerPart,
  s: number,
  selection: vscode.Range | undefined,
): DocumentSentence | undefined {
  const { file, words, labels, starts, ends } = annotated;
  const [first, last] = [file.sentenceStart[s], file.sentenceStart[s + 1]];
  if (first === last) return undefined;
  const at = (offset: number): vscode.Position => document.positionAt(base + offset);
  const range = new vscode.Range(at(starts[first]), at(ends[last - 1]));
  if (selection && !range.intersection(selection)) return undefined;
  return {
    words: words.slice(first, last),
    labelled: labels.slice(first, last).map((label) => !isNone(label)),
    targetOf: (from, to) => {
      const { start, end, ...rest } = targetOf(annotated, first + from, first + to);
      return { ...rest, start: base + start, end: base + end };
    },
  };
}

const isNone = (label: string): boolean => label === '' || isOutside(label) || isOtherOutside(label);

/** The labels of a column that may be suggested: of spans their types. */
export function labelsToSuggest({ labels, scheme }: LabelColumn): string[] {
  const all = labels.map(({ label }) => label);
  return scheme === 'none' ? all.filter((label) => !isNone(label)) : typesOf(all, scheme);
}

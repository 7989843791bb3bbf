/** Other labels as edits of a text, proved to do what they say and nothing else. */
import { InputError } from '../../common/errors';
import { formatOf, isReadByLines } from '../formats';
import { applyEdits, editsBetween, editsOfParts } from '../textEdits';
import type { TextEdit } from '../textEdits';
import { spansIn, readAnnotatedText } from './annotatedText';
import type { AnnotatedText } from './annotatedText';

/** Edits, and the text that they make, as it was read again. */
export interface WrittenLabels {
  readonly edits: readonly TextEdit[];
  readonly after: AnnotatedText;
}

/**
 * The edits that give tokens other labels: of the text, or of its companion where labels stand in that. What
 * they make of the text is read again: where tokens are others then, or labels not those that were meant,
 * there are no edits.
 *
 * @param labels one for each token.
 * @returns undefined where the format cannot keep such labels.
 */
export function writtenLabels(
  annotated: AnnotatedText,
  labels: readonly string[],
): WrittenLabels | undefined {
  const { input, file } = annotated;
  const { companion, layout, column } = input;
  const before = companion ? companion.text : input.text;
  let written: string;
  try {
    written = formatOf(layout).writeLabels(input.text, file, column, labels, companion);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
  const { records } = formatOf(layout);
  const edits = records
    ? editsOfParts(before, written, [records(before), records(written)])
    : ofTokensAlone(annotated, labels, editsBetween(before, written));
  const after = applyEdits(before, edits);
  const read = readAnnotatedText(
    companion ? { ...input, companion: { ...companion, text: after } } : { ...input, text: after },
  );
  return read && saysTheSame(annotated, labels, read) ? { edits, after: read } : undefined;
}

/** Where each token has its line, the edits of lines of which no label changes are left out. */
function ofTokensAlone(
  { input, file, labels: own }: AnnotatedText,
  labels: readonly string[],
  edits: TextEdit[],
): TextEdit[] {
  const { layout, text, companion } = input;
  if (companion || !isReadByLines(layout)) return edits;
  // A bracket may change with its neighbour's label.
  if (layout.kind === 'conll2012') return edits;
  const changed = new Set(labels.flatMap((label, t) => (label === own[t] ? [] : [file.line[t]])));
  let line = 0;
  let done = 0;
  return edits.filter(({ start }) => {
    for (let next = text.indexOf('\n', done); next >= 0 && next < start; next = text.indexOf('\n', done)) {
      line++;
      done = next + 1;
    }
    return changed.has(line);
  });
}

/** Whether a text, read again, has the same words, and the labels that were meant for them. */
function saysTheSame(annotated: AnnotatedText, labels: readonly string[], read: AnnotatedText): boolean {
  const { words } = annotated;
  const isSame = words.length === read.words.length && words.every((word, t) => word === read.words[t]);
  if (isSame && read.labels.every((label, t) => label === labels[t])) return true;
  if (annotated.notation.scheme === 'none') return false;
  // Spans of characters, and brackets, may be read in other letters, and words cut where spans end.
  if (read.words.join('') !== words.join('')) return false;
  const wanted = spansByCharacter(annotated, labels);
  const found = spansByCharacter(read, read.labels);
  return wanted.length === found.length && wanted.every((span, i) => span === found[i]);
}

/** Each span with its type, by characters of the words. */
function spansByCharacter(annotated: AnnotatedText, labels: readonly string[]): string[] {
  const { words, file } = annotated;
  const at = [0];
  for (const word of words) at.push(at[at.length - 1] + word.length);
  return Array.from({ length: file.sentences }, (_, s) => s).flatMap((s) =>
    spansIn(annotated, labels, s).map(({ start, end, type }) => {
      const first = file.sentenceStart[s];
      return `${at[first + start]} ${at[first + end]} ${type}`;
    }),
  );
}

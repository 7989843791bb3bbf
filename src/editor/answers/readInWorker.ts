/** Large texts are read and written for answers in the reader's worker: the host does nothing else meanwhile. */
import { annotatedBy, readAnnotatedText } from '../../corpus/answers/annotatedText';
import type { AnnotatedInput, AnnotatedText } from '../../corpus/answers/annotatedText';
import type { LabelDraft, DraftedEdits, Refusal } from '../../corpus/answers/labelDraft';
import type { Reader } from '../../engine/engine';

/** What reads texts elsewhere. */
export type AnswerReader = Pick<Reader, 'tokens' | 'labelEdits'>;

/** Texts up to this length are read at once, in UTF-16 units: a sentence of rows is. */
const shortest = 20_000;

const isShort = ({ text, companion }: AnnotatedInput): boolean =>
  text.length + (companion?.text.length ?? 0) <= shortest;

/** Undefined where the layout has no such column. */
export async function annotatedText(
  input: AnnotatedInput,
  reader: AnswerReader,
): Promise<AnnotatedText | undefined> {
  if (isShort(input)) return readAnnotatedText(input);
  const tokens = await reader.tokens(input);
  return tokens && annotatedBy(input, tokens);
}

/** The edits for all that a draft of a text was answered. */
export async function finished(
  { input }: AnnotatedText,
  draft: LabelDraft,
  reader: AnswerReader,
): Promise<DraftedEdits | Refusal> {
  if (isShort(input)) return draft.finish();
  const { changes } = draft;
  if (changes.length === 0) return { edits: [], changed: 0 };
  const edits = await reader.labelEdits({ input, changes });
  return edits ? { edits, changed: changes.length } : 'not-of-format';
}

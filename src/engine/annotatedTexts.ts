import { annotatedBy, readTokens } from '../corpus/answers/annotatedText';
import type { AnnotatedInput, AnnotatedText, ReadTokens } from '../corpus/answers/annotatedText';
import type { LabelChange } from '../corpus/answers/labelDraft';
import { writtenLabels } from '../corpus/answers/writeLabels';
import type { TextEdit } from '../corpus/textEdits';

/** Reads texts for answers, and writes answers. The text that it had to do with last is not read again. */
export class AnnotatedTexts {
  private last: AnnotatedText | undefined;

  /** Undefined where the layout has no such column. */
  tokens(input: AnnotatedInput): ReadTokens | undefined {
    const annotated = this.read(input);
    if (!annotated) return undefined;
    const { file, starts, ends, sentence } = annotated;
    return { file, starts, ends, sentence };
  }

  /** The edits that give tokens other labels; undefined where the format cannot keep them. */
  edits(input: AnnotatedInput, changes: readonly LabelChange[]): readonly TextEdit[] | undefined {
    const annotated = this.read(input);
    if (!annotated) return undefined;
    const labels = [...annotated.labels];
    for (const { token, label } of changes) labels[token] = label;
    const written = writtenLabels(annotated, labels);
    // What is asked for next is most likely the text that the answer makes.
    if (written) this.last = written.after;
    return written?.edits;
  }

  private read(input: AnnotatedInput): AnnotatedText | undefined {
    if (this.last && isSame(this.last.input, input)) return this.last;
    const tokens = readTokens(input);
    return (this.last = tokens && annotatedBy(input, tokens));
  }
}

function isSame(
  { text, companion, ...rest }: AnnotatedInput,
  { text: otherText, companion: otherCompanion, ...otherRest }: AnnotatedInput,
): boolean {
  return (
    text === otherText &&
    companion?.text === otherCompanion?.text &&
    companion?.file === otherCompanion?.file &&
    JSON.stringify(rest) === JSON.stringify(otherRest)
  );
}

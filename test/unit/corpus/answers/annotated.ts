import assert from 'node:assert/strict';
import { readAnnotatedText } from '../../../../src/corpus/answers/annotatedText';
import type { AnnotatedText } from '../../../../src/corpus/answers/annotatedText';
import { LabelDraft } from '../../../../src/corpus/answers/labelDraft';
import type { FileTokens, Refusal } from '../../../../src/corpus/answers/labelDraft';
import type { CorpusLayout, LabelScheme } from '../../../../src/corpus/corpus';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { FileSample } from '../../../../src/corpus/formats/rows/sample';
import { detectScheme } from '../../../../src/corpus/labels/scheme';
import { applyEdits } from '../../../../src/corpus/textEdits';

/** How a text is read in a test, where that is not told from it. */
export interface Reading {
  readonly path: string;
  readonly column?: string;
  readonly scheme?: LabelScheme;
  readonly layout?: CorpusLayout;
  readonly labels?: readonly string[];
  readonly annotations?: string;
}

export function annotated(text: string, reading: Reading): AnnotatedText {
  const { path, annotations, labels = [] } = reading;
  const layout = reading.layout ?? detectLayout(path, new FileSample(text, annotations));
  assert.ok(layout, `${path} is no corpus`);
  const column = reading.column ?? layout.columns.at(-1)!;
  const input = {
    text,
    layout,
    column,
    labels,
    ...(annotations !== undefined && { companion: { file: 'a.ann', text: annotations } }),
  };
  const plain = readAnnotatedText({ ...input, scheme: 'none' });
  assert.ok(plain, `no column ${column}`);
  const { sentenceStart } = plain.file;
  const sentences = Array.from({ length: plain.file.sentences }, (_, s) =>
    plain.labels.slice(sentenceStart[s], sentenceStart[s + 1]),
  );
  return readAnnotatedText({ ...input, scheme: reading.scheme ?? detectScheme(sentences) })!;
}

/** The tokens of a stretch of words, which stand in the text once. */
function tokensOf(read: AnnotatedText, words: string): FileTokens {
  const wanted = words.split(' ');
  const first = read.words.findIndex((_, t) => wanted.every((word, i) => read.words[t + i] === word));
  assert.ok(first >= 0, `no ${words} in ${read.words.join(' ')}`);
  return { sentence: read.sentence[first], first, end: first + wanted.length };
}

/** The text (or its annotations) after an answer, or why there is none. */
export function answered(
  text: string,
  reading: Reading,
  words: string,
  give: (draft: LabelDraft, tokens: FileTokens) => Refusal | object | undefined,
): string {
  const read = annotated(text, reading);
  const draft = new LabelDraft(read);
  const refused = give(draft, tokensOf(read, words));
  if (typeof refused === 'string') return refused;
  const drafted = draft.finish();
  return typeof drafted === 'string' ? drafted : applyEdits(reading.annotations ?? text, drafted.edits);
}

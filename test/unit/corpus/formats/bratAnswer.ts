/** Answers to the labels of a text whose annotations stand beside it. */
import assert from 'node:assert/strict';
import { readAnnotatedText } from '../../../../src/corpus/answers/annotatedText';
import type { AnnotatedText } from '../../../../src/corpus/answers/annotatedText';
import { LabelDraft } from '../../../../src/corpus/answers/labelDraft';
import { findTarget, targetOf } from '../../../../src/corpus/answers/tokenTarget';
import type { TokenTarget } from '../../../../src/corpus/answers/tokenTarget';
import { bratLayout } from '../../../../src/corpus/formats/brat';
import { spansIn } from '../../../../src/corpus/formats/bratEdits';
import { applyEdits } from '../../../../src/corpus/textEdits';

function read(text: string, annotations: string | undefined): AnnotatedText {
  const annotated = readAnnotatedText({
    text,
    layout: bratLayout,
    column: 'LABEL',
    scheme: 'IOB2',
    labels: ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'],
    companion: { file: 'a.ann', text: annotations ?? '' },
  });
  assert.ok(annotated);
  return annotated;
}

/** The tokens of a text from one place to another. */
export function targetAt(text: string, { start, end }: { start: number; end: number }): TokenTarget {
  const annotated = read(text, undefined);
  const first = annotated.starts.indexOf(start);
  const last = annotated.ends.indexOf(end);
  assert.ok(first >= 0 && last >= first);
  return targetOf(annotated, first, last + 1);
}

/** The words that a target means in a text by now; undefined where they are gone. */
export function wordsAt(text: string, target: TokenTarget): string | undefined {
  const annotated = read(text, undefined);
  const found = findTarget(annotated, target);
  return found && text.slice(annotated.starts[found.first], annotated.ends[found.end - 1]);
}

/** The annotations once the tokens of a target are given a type, or none. */
export function answered(
  text: string,
  annotations: string | undefined,
  target: TokenTarget,
  type: string | undefined,
): string {
  const annotated = read(text, annotations);
  const found = findTarget(annotated, target);
  assert.ok(found);
  const draft = new LabelDraft(annotated);
  const refusal = type === undefined ? draft.remove(found) : draft.label(found, type);
  assert.ok(refusal === undefined || (type === undefined && refusal === 'no-span'), refusal);
  const drafted = draft.finish();
  assert.ok(typeof drafted !== 'string');
  return applyEdits(annotations ?? '', drafted.edits);
}

/** What is left of words on both sides of others. */
export function wordsBeside(words: readonly number[], gone: readonly number[]): (readonly number[])[] {
  const first = words.findIndex((word) => gone.includes(word));
  if (first < 0) return [words];
  const behind = words.findLastIndex((word) => gone.includes(word)) + 1;
  return [words.slice(0, first), words.slice(behind)].filter(({ length }) => length > 0);
}

/** Where the labels of annotations are in a text, in any order of their lines. */
export const placesOf = (text: string, annotations: string | undefined): string =>
  spansIn(text, annotations ?? '')
    .map(({ type, start, end }) => `${type} ${start} ${end}`)
    .sort()
    .join();

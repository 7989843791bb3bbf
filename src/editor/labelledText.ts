/** The whole text of a document with its predicted labels. */
import type * as vscode from 'vscode';
import type { Problem } from '../common/problem';
import type { CorpusLayout } from '../corpus/corpus';
import { brat } from '../corpus/formats/brat';
import { splitLines } from '../corpus/text/lines';
import { cutDocument } from '../corpus/text/segments';
import type { Segment } from '../corpus/text/segments';
import type { Tagger } from '../engine/engine';
import type { TagInput } from '../engine/taggerProtocol';
import { annotationsBeside, sourceOf } from '../workspace/annotatedTexts';
import type { CorpusIndex, LoadedModel } from '../workspace/services';
import { documentKind, segmentRules, tagInput, writtenKind } from './labels/documentKind';
import type { DocumentKind } from './labels/documentKind';

/**
 * Lines handed to the tagger at once: it stays free for the labels on screen, and a cancel takes effect in
 * between.
 */
const linesAtOnce = 1_000;

export interface LabelledText {
  readonly text: string;
  readonly problems: readonly Problem[];
  /** How it is laid out; undefined for two columns made of running text. */
  readonly layout?: CorpusLayout;
  /** It is the annotations of a text, and not a copy of it. */
  readonly isWhole: boolean;
}

/**
 * Labels a document as it is now: rows in their own format, text as two columns; of a text with annotations of
 * its own, these.
 *
 * @param step hears of the per cent that are done since it heard last.
 * @returns undefined where it was cancelled.
 */
export async function labelText(
  document: vscode.TextDocument,
  model: LoadedModel,
  { tagger, corpora }: { readonly tagger: Pick<Tagger, 'request'>; readonly corpora: CorpusIndex },
  cancelled: { readonly isCancellationRequested: boolean },
  step: (percent: number) => void,
): Promise<LabelledText | undefined> {
  const file = document.uri.toString();
  const kind = writtenKind(documentKind(document, corpora));
  // The text as it is now: the document may change while it is labelled.
  const lines = splitLines(document.getText());
  const whole = await annotationsToLabel(document.uri, corpora);
  if (whole)
    return {
      ...(await labelWhole(whole.input, model, whole.file, tagger)),
      layout: whole.input.layout,
      isWhole: true,
    };
  const segments = cutDocument(lines, linesAtOnce, segmentRules(kind, lines));
  const job = { tagger, model, kind, segments, lineCount: lines.lineCount, file, cancelled, step };
  const labelled = await labelSegments(job);
  return labelled && { ...labelled, ...(kind.kind === 'rows' && { layout: kind.layout }), isWhole: false };
}

/** The annotations of a text in a corpus of such, whichever of the two files is meant; undefined for others. */
async function annotationsToLabel(
  uri: vscode.Uri,
  corpora: CorpusIndex,
): Promise<{ readonly input: TagInput & { readonly kind: 'rows' }; readonly file: string } | undefined> {
  const corpus = corpora.corpusOf(uri);
  const both = corpus?.layout.kind === brat.id ? await corpora.annotatedText(uri) : undefined;
  const beside = annotationsBeside(sourceOf(uri));
  if (!corpus || !both || !beside) return undefined;
  const { text, annotations } = both;
  const { layout } = corpus;
  return {
    input: { kind: 'rows', text: annotations, annotated: text, firstLine: 0, layout },
    file: beside.toString(),
  };
}

/** Annotations count the characters of the whole text, so that they are labelled at once. */
async function labelWhole(
  input: TagInput,
  { key }: LoadedModel,
  file: string,
  tagger: Pick<Tagger, 'request'>,
): Promise<{ text: string; problems: Problem[] }> {
  const { text, problems } = await tagger.request({ type: 'label', key, input, file });
  return { text, problems: [...problems] };
}

interface Job {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly model: LoadedModel;
  readonly kind: DocumentKind;
  readonly segments: Iterable<Segment>;
  readonly lineCount: number;
  readonly file: string;
  readonly cancelled: { readonly isCancellationRequested: boolean };
  readonly step: (percent: number) => void;
}

/** @returns undefined where the user cancelled. */
async function labelSegments({
  tagger,
  model,
  kind,
  segments,
  lineCount,
  file,
  cancelled,
  step,
}: Job): Promise<{ text: string; problems: Problem[] } | undefined> {
  const texts: string[] = [];
  const problems: Problem[] = [];
  for (const segment of segments) {
    if (cancelled.isCancellationRequested) return undefined;
    const answer = await tagger.request({
      type: 'label',
      key: model.key,
      input: await tagInput(kind, segment),
      file,
    });
    texts.push(answer.text);
    for (const problem of answer.problems) problems.push({ ...problem, line: problem.line + segment.first });
    step((100 * (segment.last - segment.first + 1)) / lineCount);
  }
  if (cancelled.isCancellationRequested) return undefined;
  // Rows lost the line feed between two segments when they were cut; two columns end each sentence by
  // themselves.
  return { text: texts.join(kind.kind === 'rows' ? '\n' : ''), problems };
}

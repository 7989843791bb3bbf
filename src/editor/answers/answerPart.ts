import * as vscode from 'vscode';
import { readAnnotatedText } from '../../corpus/answers/annotatedText';
import type { AnnotatedInput, AnnotatedText } from '../../corpus/answers/annotatedText';
import { disagreementsOf } from '../../corpus/answers/disagreements';
import type { Disagreement } from '../../corpus/answers/disagreements';
import type { CorpusLayout, LabelColumn } from '../../corpus/corpus';
import { isReadByLines } from '../../corpus/formats';
import { annotatedPlaces, brat } from '../../corpus/formats/brat';
import { annotationsOfText, isMarkdownName, textOfAnnotations } from '../../corpus/formats/standoffNames';
import { cutDocument, cutSegments } from '../../corpus/text/segments';
import type { LineRange } from '../../corpus/text/segments';
import type { TextEdit } from '../../corpus/textEdits';
import type { Tagger } from '../../engine/engine';
import type { TagInput } from '../../engine/taggerProtocol';
import type { CorpusIndex, ModelLibrary } from '../../workspace/services';
import type { TextAnnotations } from '../../workspace/textAnnotations';
import type { LabelSteps } from '../annotating/labelSteps';
import { linesOf } from '../labels/documentKind';
import { shownField } from '../labels/shownField';

export interface AnswerServices {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly models: ModelLibrary;
  readonly corpora: CorpusIndex;
  readonly annotations: TextAnnotations;
  readonly steps: LabelSteps;
}

/** A part of a document of a corpus that is read by itself: some of its sentences, or all of it. */
export interface DocumentPart {
  /** The document with the words. */
  readonly document: vscode.TextDocument;
  /** The one with the labels: the same, but in brat. */
  readonly edited: vscode.TextDocument;
  readonly versions: readonly [words: number, labels: number];
  /** Where in the document with the words the part begins: its line and UTF-16 offset. */
  readonly firstLine: number;
  readonly base: number;
  readonly input: AnnotatedInput;
  readonly column: LabelColumn;
  readonly services: Pick<AnswerServices, 'steps'>;
}

/** One that was read. */
export interface AnswerPart extends DocumentPart {
  readonly annotated: AnnotatedText;
}

/**
 * What a part is read for. Just before an answer a text with unsaved edits is saved, where its annotations are in
 * a file of their own: places there are those of the text that is saved. To look at it, it is read as it is, with
 * its annotations as they follow its edits; such a part is not for edits.
 */
export type Reading = 'answer' | 'look';

/** Lines that are read at once where a file is gone through. */
const linesAtOnce = 1_000;

/** The text of annotations, and the document itself of others. */
export async function wordsOf(document: vscode.TextDocument): Promise<vscode.TextDocument> {
  const path = textOfAnnotations(document.uri.path);
  return path === undefined ? document : vscode.workspace.openTextDocument(document.uri.with({ path }));
}

/** A place in the document with the words, for one in either; undefined for a line of annotations of no words. */
export function placeInWords(
  asked: vscode.TextDocument,
  words: vscode.TextDocument,
  position: vscode.Position,
): vscode.Position | undefined {
  if (asked === words) return position;
  const place = annotatedPlaces(words.getText(), asked.getText()).find(({ line }) => line === position.line);
  return place && words.positionAt(place.start);
}

/** The parts of a document, by their lines. */
export function partsOf(document: vscode.TextDocument, { corpora }: AnswerServices): LineRange[] {
  const layout = corpora.corpusOf(document.uri)?.layout;
  if (!layout || !isReadByLines(layout)) return [{ first: 0, last: document.lineCount - 1 }];
  return [...cutDocument(linesOf(document), linesAtOnce, { kind: 'rows' })].map(({ first, last }) => ({
    first,
    last,
  }));
}

/** The part around a line: its sentence where lines tell sentences apart. */
function rangeAround(document: vscode.TextDocument, line: number, layout: CorpusLayout): LineRange {
  if (!isReadByLines(layout)) return { first: 0, last: document.lineCount - 1 };
  const [segment] = cutSegments(linesOf(document), [{ first: line, last: line }], { kind: 'rows' });
  return segment ?? { first: line, last: line };
}

/**
 * Reads a part of a document as it is now.
 *
 * @param where lines, or a place whose sentence is meant.
 * @param name of the label column. Without it the one at the place, else that of the model.
 * @param reading what for: see there.
 * @returns undefined for what is no file of a corpus with labels, or has no such column.
 */
export async function readPart(
  document: vscode.TextDocument,
  where: LineRange | vscode.Position,
  services: AnswerServices,
  name?: string,
  reading: Reading = 'answer',
): Promise<AnswerPart | undefined> {
  const part = await unreadPart(document, where, services, name, reading);
  const annotated = part && readAnnotatedText(part.input);
  return annotated && { ...part, annotated };
}

/** The same before it is read, which may be done elsewhere. */
export async function unreadPart(
  document: vscode.TextDocument,
  where: LineRange | vscode.Position,
  services: AnswerServices,
  name?: string,
  reading: Reading = 'answer',
): Promise<DocumentPart | undefined> {
  const corpus = services.corpora.corpusOf(document.uri);
  if (!corpus) return undefined;
  const isBrat = corpus.layout.kind === brat.id;
  const path = isBrat ? annotationsOfText(document.uri.path) : undefined;
  const edited =
    path === undefined ? document : await vscode.workspace.openTextDocument(document.uri.with({ path }));
  const column =
    name === undefined
      ? columnAt(document, where, services)
      : corpus.columns.find((other) => other.name === name);
  if (!column) return undefined;
  let unsaved = edited === document ? undefined : services.annotations.unsaved(document.uri);
  if (unsaved !== undefined && reading === 'answer') {
    if (!(await services.annotations.settle(document))) return undefined;
    unsaved = undefined;
  }
  const { first, last } =
    where instanceof vscode.Position ? rangeAround(document, where.line, corpus.layout) : where;
  const start = new vscode.Position(first, 0);
  return {
    document,
    edited,
    versions: [document.version, edited.version],
    firstLine: first,
    base: document.offsetAt(start),
    input: {
      text: document.getText(new vscode.Range(start, document.lineAt(last).range.end)),
      layout: corpus.layout,
      column: column.name,
      scheme: column.scheme,
      labels: column.labels.map(({ label }) => label),
      ...(edited !== document && {
        companion: { file: edited.uri.toString(), text: unsaved ?? edited.getText() },
      }),
    },
    column,
    services,
  };
}

/** The label column that the cursor is in, else the one of the model, else the one that is learned first. */
export function columnAt(
  document: vscode.TextDocument,
  where: LineRange | vscode.Position,
  { corpora, models }: Pick<AnswerServices, 'corpora' | 'models'>,
): LabelColumn | undefined {
  const columns = corpora.corpusOf(document.uri)?.columns ?? [];
  const field = where instanceof vscode.Position ? shownField(document, where, corpora, models) : undefined;
  const named = field && field.columns.layout.columns[field.field.index];
  const learned = models.modelFor(document)?.info.column;
  return (
    columns.find(({ name }) => name === named) ?? columns.find(({ name }) => name === learned) ?? columns[0]
  );
}

/** A document that was closed meanwhile may have been changed on the disk, and keeps its version. */
export function isCurrent({ document, edited, versions }: DocumentPart): boolean {
  const isOpen = !document.isClosed && !edited.isClosed;
  return isOpen && document.version === versions[0] && edited.version === versions[1];
}

/** Puts edits of a part into an edit of the workspace. */
export function addEdits(
  edit: vscode.WorkspaceEdit,
  { document, edited, base }: AnswerPart,
  edits: readonly TextEdit[],
  metadata?: vscode.WorkspaceEditEntryMetadata,
): void {
  const shift = edited === document ? base : 0;
  for (const { start, end, text } of edits) {
    const range = new vscode.Range(edited.positionAt(shift + start), edited.positionAt(shift + end));
    edit.replace(edited.uri, range, text, metadata);
  }
}

/** A part as the tagger takes it. */
export function tagInputOf({ document, input: { text, layout }, firstLine }: DocumentPart): TagInput {
  return layout.kind === brat.id || layout.kind === 'segmented'
    ? { kind: 'text', text, firstLine, firstColumn: 0, markdown: isMarkdownName(document.uri.path) }
    : { kind: 'rows', text, firstLine, layout };
}

/** Where the model of a part's column says something else; undefined where there is no such model. */
export async function disagreementsIn(
  part: AnswerPart,
  { tagger, models }: AnswerServices,
): Promise<Disagreement[] | undefined> {
  const { document, annotated, base, column } = part;
  const model = models.modelFor(document);
  if (!model || model.info.column !== column.name) return undefined;
  const tokens = await tagger.request({ type: 'tag', key: model.key, input: tagInputOf(part) });
  if (!isCurrent(part)) return undefined;
  const offset = (line: number, at: number): number =>
    document.offsetAt(new vscode.Position(line, at)) - base;
  const predicted = tokens.map(({ line, startColumn, endColumn, sentence, label, probability, span }) => ({
    start: offset(line, startColumn),
    end: offset(line, endColumn),
    sentence,
    label,
    probability,
    ...(span && { spanProbability: span.probability }),
  }));
  return disagreementsOf(annotated, predicted, model.info.scheme);
}

import * as vscode from 'vscode';
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
import { isCurrent } from './applyAnswers';
import type { AnsweredText, AnswerEdits } from './applyAnswers';
import { annotatedText } from './readInWorker';
import type { AnswerReader } from './readInWorker';

export interface AnswerServices {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly models: ModelLibrary;
  readonly corpora: CorpusIndex;
  readonly annotations: TextAnnotations;
  readonly steps: LabelSteps;
  readonly reader: AnswerReader;
}

/**
 * A part of a document of a corpus that is read by itself: some of its sentences, or all of it. A text with unsaved
 * edits is read as it is, with its annotations as they follow them.
 */
export interface DocumentPart extends AnsweredText {
  /** Where in the document with the words the part begins: its line and UTF-16 offset. */
  readonly firstLine: number;
  readonly base: number;
  readonly input: AnnotatedInput;
  readonly column: LabelColumn;
  /** Labels stand in a file of their own, which fits the text once that is saved: see {@link savedPart}. */
  readonly isUnsaved: boolean;
}

/** One that was read. */
export interface AnswerPart extends DocumentPart {
  readonly annotated: AnnotatedText;
}

/** Lines that are read at once where a file is gone through. */
const linesAtOnce = 1_000;

/** The text of annotations, and the document itself of others. */
export async function wordsOf(document: vscode.TextDocument): Promise<vscode.TextDocument> {
  const path = textOfAnnotations(document.uri.path);
  return path === undefined ? document : vscode.workspace.openTextDocument(document.uri.with({ path }));
}

/** The document with the labels of a text: itself, but in brat. */
export async function labelsOf(
  document: vscode.TextDocument,
  { corpora }: Pick<AnswerServices, 'corpora'>,
): Promise<vscode.TextDocument> {
  const isBrat = corpora.corpusOf(document.uri)?.layout.kind === brat.id;
  const path = isBrat ? annotationsOfText(document.uri.path) : undefined;
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
 * @returns undefined for what is no file of a corpus with labels, or has no such column.
 */
export async function readPart(
  document: vscode.TextDocument,
  where: LineRange | vscode.Position,
  services: AnswerServices,
  name?: string,
): Promise<AnswerPart | undefined> {
  const part = await unreadPart(document, where, services, name);
  const annotated = part && (await annotatedText(part.input, services.reader));
  return annotated && { ...part, annotated };
}

/** The same before it is read, which may be done elsewhere. */
export async function unreadPart(
  document: vscode.TextDocument,
  where: LineRange | vscode.Position,
  services: AnswerServices,
  name?: string,
): Promise<DocumentPart | undefined> {
  const corpus = services.corpora.corpusOf(document.uri);
  if (!corpus) return undefined;
  const edited = await labelsOf(document, services);
  const column =
    name === undefined
      ? columnAt(document, where, services)
      : corpus.columns.find((other) => other.name === name);
  if (!column) return undefined;
  const unsaved = edited === document ? undefined : services.annotations.unsaved(document.uri);
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
    isUnsaved: edited !== document && (document.isDirty || unsaved !== undefined),
  };
}

/**
 * A part whose annotations can be edited: places in them are those of the text that is saved, so it is saved first.
 *
 * @returns undefined where it could not be saved, or is another by now.
 */
export async function savedPart(part: AnswerPart, services: AnswerServices): Promise<AnswerPart | undefined> {
  if (!part.isUnsaved) return part;
  const { document, annotated, column } = part;
  if (!(await services.annotations.settle(document))) return undefined;
  const all = { first: 0, last: document.lineCount - 1 };
  const saved = await readPart(document, all, services, column.name);
  const isSame =
    saved?.isUnsaved === false &&
    saved.annotated.input.text === annotated.input.text &&
    isEqual(saved.annotated.words, annotated.words) &&
    isEqual(saved.annotated.labels, annotated.labels);
  return isSame ? saved : undefined;
}

const isEqual = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

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

/** Edits of a part as those of its document. */
export function editsOfPart(part: AnswerPart, edits: readonly TextEdit[]): AnswerEdits {
  const { document, edited, versions, base } = part;
  const shift = edited === document ? base : 0;
  const moved = edits.map(({ start, end, text }) => ({ start: shift + start, end: shift + end, text }));
  return { document, edited, versions, edits: moved };
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

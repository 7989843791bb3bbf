import * as vscode from 'vscode';
import { messageOf } from '../common/errors';
import type { Problem } from '../common/problem';
import { shownName, withoutLinks } from '../common/shownText';
import { brat } from '../corpus/formats/brat';
import { splitLines } from '../corpus/text/lines';
import { cutDocument } from '../corpus/text/segments';
import type { Segment } from '../corpus/text/segments';
import type { Tagger } from '../engine/engine';
import type { TagInput } from '../engine/taggerProtocol';
import type { CorpusIndex, LoadedModel, ModelLibrary } from '../workspace/services';
import { showLabelledCopy } from './labelledCopy';
import { documentKind, segmentRules, tagInput, writtenKind } from './labels/documentKind';
import type { DocumentKind } from './labels/documentKind';
import { offerFirstModel, offerModel } from './labels/offerModel';

/**
 * Lines handed to the tagger at once: it stays free for the labels on screen, and a cancel takes effect in
 * between.
 */
const linesAtOnce = 1_000;

export interface LabelFileServices {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly models: ModelLibrary;
  readonly corpora: CorpusIndex;
  readonly log: vscode.LogOutputChannel;
}

/** The command Label File to New Document. */
export function registerLabelFile(services: LabelFileServices): vscode.Disposable {
  return vscode.commands.registerCommand('rnnTagger.labelFile', () => labelFile(services));
}

/**
 * Opens a new document with the active document's text and its predicted labels: rows in their own format,
 * text as two columns; of a text with annotations of its own, these.
 */
async function labelFile({ tagger, models, corpora, log }: LabelFileServices): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || document.uri.scheme === 'vscode-notebook-cell') {
    void vscode.window.showInformationMessage(nothingToLabel());
    return;
  }
  const model = models.modelFor(document) ?? models.active;
  if (!model) {
    void (models.hasModel ? offerModel() : offerFirstModel());
    return;
  }
  const kind = writtenKind(documentKind(document, corpora));
  // The text as it is now: the document may change while it is labelled.
  const lines = splitLines(document.getText());
  const whole = await annotationsToLabel(document.uri, corpora);
  const segments = cutDocument(lines, linesAtOnce, segmentRules(kind, lines));
  const name = withoutLinks(shownName(document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1)));
  try {
    const labelled = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Labelling {0}', name),
        cancellable: true,
      },
      (progress, cancelled) =>
        whole
          ? labelWhole(whole, model, document.uri.toString(), tagger)
          : labelSegments({
              tagger,
              model,
              kind,
              segments,
              lineCount: lines.lineCount,
              file: document.uri.toString(),
              cancelled,
              step: (increment) => progress.report({ increment }),
            }),
    );
    if (!labelled) return;
    if (labelled.text.trim() === '') {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to label in {0}.', name));
      return;
    }
    const layout = whole?.layout ?? (kind.kind === 'rows' ? kind.layout : undefined);
    await showLabelledCopy(document.uri, {
      text: labelled.text,
      ...(layout && { layout }),
      ofCorpus: !whole && corpora.corpusOf(document.uri) !== undefined,
      lineEnd: whole ? lineEndOf(labelled.text) : document.eol,
      ...(kind.kind === 'rows' && !whole && { language: document.languageId }),
    });
    warn(labelled.problems, name, log);
  } catch (error) {
    tellFailure(error, name, log);
  }
}

function tellFailure(error: unknown, name: string, log: vscode.LogOutputChannel): void {
  const message = messageOf(error);
  log.error(
    `${name} could not be labelled: ${message}`,
    ...(error instanceof Error && error.stack ? [error.stack] : []),
  );
  const text = vscode.l10n.t('{0} could not be labelled: {1}', name, withoutLinks(message));
  void vscode.window.showErrorMessage(text, vscode.l10n.t('Show Log')).then((chosen) => chosen && log.show());
}

const lineEndOf = (text: string): vscode.EndOfLine =>
  text.includes('\r\n') ? vscode.EndOfLine.CRLF : vscode.EndOfLine.LF;

/** What is needed where no text is open. */
function nothingToLabel(): string {
  return vscode.window.activeNotebookEditor
    ? vscode.l10n.t(
        'Label File needs plain text, Markdown or a file of a corpus, and this is a notebook. Copy its text into a new file to label it.',
      )
    : vscode.l10n.t('Open a file to label it: plain text, Markdown or a file of a corpus.');
}

/** The annotations of a text in a corpus of such, whichever of the two files is meant; undefined for others. */
async function annotationsToLabel(
  uri: vscode.Uri,
  corpora: CorpusIndex,
): Promise<(TagInput & { readonly kind: 'rows' }) | undefined> {
  const corpus = corpora.corpusOf(uri);
  const both = corpus?.layout.kind === brat.id ? await corpora.annotatedText(uri) : undefined;
  if (!corpus || !both) return undefined;
  return {
    kind: 'rows',
    text: both.annotations,
    annotated: both.text,
    firstLine: 0,
    layout: corpus.layout,
  };
}

/** Annotations count the characters of the whole text, so that they are labelled at once. */
async function labelWhole(
  input: TagInput,
  { key }: LoadedModel,
  file: string,
  tagger: LabelFileServices['tagger'],
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

function warn(problems: readonly Problem[], name: string, log: vscode.LogOutputChannel): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  for (const { line, message } of errors) log.warn(`${name}:${line + 1}: ${message}`);
  const text = vscode.l10n.t(
    'Rows of {0} that could not be read are left as they were: {1}. Line {2}: {3}',
    name,
    errors.length,
    errors[0].line + 1,
    withoutLinks(errors[0].message),
  );
  void vscode.window
    .showWarningMessage(text, vscode.l10n.t('Show Log'))
    .then((chosen) => chosen && log.show());
}

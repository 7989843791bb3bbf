import * as vscode from 'vscode';
import { messageOf } from '../common/errors';
import type { Problem } from '../common/problem';
import { withoutLinks } from '../common/shownText';
import type { Tagger } from '../engine/engine';
import type { CorpusIndex, ModelLibrary } from '../workspace/services';
import { fileName } from './fileName';
import { showLabelledCopy } from './labelledCopy';
import { labelText } from './labelledText';
import { offerFirstModel, offerModel } from './labels/offerModel';

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
  const name = withoutLinks(fileName(document.uri));
  try {
    const labelled = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Labelling {0}', name),
        cancellable: true,
      },
      (progress, cancelled) =>
        labelText(document, model, { tagger, corpora }, cancelled, (increment) =>
          progress.report({ increment }),
        ),
    );
    if (!labelled) return;
    if (labelled.text.trim() === '') {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to label in {0}.', name));
      return;
    }
    const { layout, isWhole } = labelled;
    await showLabelledCopy(document.uri, {
      text: labelled.text,
      ...(layout && { layout }),
      ofCorpus: !isWhole && corpora.corpusOf(document.uri) !== undefined,
      lineEnd: isWhole ? lineEndOf(labelled.text) : document.eol,
      ...(layout && !isWhole && { language: document.languageId }),
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

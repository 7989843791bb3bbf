import * as vscode from 'vscode';
import { splitLines } from '../corpus/text/lines';
import type { Lines } from '../corpus/text/lines';
import { cutDocument } from '../corpus/text/segments';
import { documentKind, segmentRules, tagInput } from '../editor/labels/documentKind';
import type { DocumentKind } from '../editor/labels/documentKind';
import type { Tagger } from '../engine/engine';
import { runKey } from '../workspace/modelCatalogue';
import type { WorkspaceModels } from '../workspace/modelLibrary';
import type { CorpusIndex, LoadedModel } from '../workspace/services';
import { ApiError, withCode } from './apiError';
import { checkOptions, plainText } from './options';
import { plainModel, plainSentences } from './plainData';
import type { LabelledDocument, LabelledSentence, Labelling, LabelOptions } from './rnn-tagger';
import { orCancelled, throwIfCancelled } from './waiting';

export interface LabellingServices {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly models: WorkspaceModels;
  readonly corpora: CorpusIndex;
}

/** Lines handed to the tagger at once: it stays free for the labels on screen, and a cancel takes effect. */
const linesAtOnce = 1_000;

/** Longer texts are refused, in UTF-16 units. */
const longest = 5_000_000;

export async function labelDocument(
  asked: vscode.TextDocument | vscode.Uri,
  options: LabelOptions | undefined,
  services: LabellingServices,
  token: vscode.CancellationToken | undefined,
): Promise<LabelledDocument> {
  const run = runOf(options);
  const document = await documentOf(asked);
  const { uri, version } = document;
  const text = document.getText();
  checkLength(text);
  const kind = documentKind(document, services.corpora);
  const labelled = await labelLines(splitLines(text), kind, run, { uri }, services, token);
  return { uri: uri.toString(), version, ...labelled };
}

export async function labelText(
  text: string,
  options: LabelOptions | undefined,
  services: LabellingServices,
  token: vscode.CancellationToken | undefined,
): Promise<Labelling> {
  const asked = plainText(text, 'text');
  checkLength(asked);
  const kind: DocumentKind = { kind: 'text', markdown: false };
  return labelLines(splitLines(asked), kind, runOf(options), undefined, services, token);
}

async function documentOf(asked: vscode.TextDocument | vscode.Uri): Promise<vscode.TextDocument> {
  if (asked instanceof vscode.Uri)
    return withCode('not-found', () => vscode.workspace.openTextDocument(asked));
  const open = vscode.workspace.textDocuments.find((document) => document === asked);
  if (open) return open;
  throw new ApiError('invalid-argument', 'The document must be a Uri or a TextDocument that is open.');
}

const runOf = (options: unknown): string | undefined => {
  const { run } = checkOptions(options, ['run']);
  return run === undefined ? undefined : plainText(run, 'run');
};

function checkLength({ length }: string): void {
  if (length > longest)
    throw new ApiError(
      'invalid-argument',
      vscode.l10n.t('The text has {0} characters: at most {1} are labelled at once.', length, longest),
    );
}

async function labelLines(
  lines: Lines,
  kind: DocumentKind,
  run: string | undefined,
  document: { readonly uri: vscode.Uri } | undefined,
  services: LabellingServices,
  token: vscode.CancellationToken | undefined,
): Promise<Labelling> {
  const model = await orCancelled(modelToUse(run, document, services), token);
  const sentences: LabelledSentence[] = [];
  for (const segment of cutDocument(lines, linesAtOnce, segmentRules(kind, lines))) {
    const input = await tagInput(kind, segment);
    const request = services.tagger.request({ type: 'tag', key: model.key, input });
    const tokens = await orCancelled(
      withCode('failed', () => request),
      token,
    );
    for (const sentence of plainSentences(tokens, lines, model.info)) sentences.push(sentence);
  }
  throwIfCancelled(token);
  return { model: plainModel(model.key, model.info), sentences };
}

/** The run that was asked for, else the model whose labels the editor shows. */
async function modelToUse(
  run: string | undefined,
  document: { readonly uri: vscode.Uri } | undefined,
  { models }: LabellingServices,
): Promise<LoadedModel> {
  if (run !== undefined) {
    const key = runKey(run);
    if (!models.entries.some((entry) => entry.key === key))
      throw new ApiError('not-found', vscode.l10n.t('There is no model of such a run.'));
    return withCode('failed', () => models.loadModel(key));
  }
  const model = await withCode('failed', () => models.loadFor(document));
  if (!model)
    throw new ApiError(
      'no-model',
      vscode.l10n.t('There is no model yet: train one (RNN Tagger: Train on Workspace), or import one.'),
    );
  return model;
}

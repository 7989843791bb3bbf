import * as vscode from 'vscode';
import { shownName } from '../../common/shownText';
import { brat } from '../../corpus/formats/brat';
import type { Tagger } from '../../engine/engine';
import type { SourceFile } from '../../engine/sourceFile';
import { annotationsBeside } from '../../workspace/annotatedTexts';
import type { ModelEntry } from '../../workspace/modelCatalogue';
import type { WorkspaceModels } from '../../workspace/modelLibrary';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import { labelText } from '../labelledText';
import { runTitle } from '../runText';
import { versionInGit } from './git';

export interface LabellingServices {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly models: WorkspaceModels;
  readonly corpora: WorkspaceCorpora;
  readonly predicted: PredictedLabels;
}

/** One way in which a text is labelled. */
export interface Labelling {
  readonly title: string;
  /** The document with the labels, as an editor shows it. */
  readonly shown: vscode.Uri;
  readonly source: SourceFile;
}

/** Labels that no file has, as read-only documents: each is kept until its tabs are closed. */
export class PredictedLabels implements vscode.TextDocumentContentProvider {
  static readonly scheme = 'rnn-tagger-labels';
  private readonly texts = new Map<string, string>();
  private number = 0;

  provideTextDocumentContent({ query }: vscode.Uri): string {
    return this.texts.get(query) ?? '';
  }

  add(path: string, text: string): vscode.Uri {
    const query = String(++this.number);
    this.texts.set(query, text);
    return vscode.Uri.from({ scheme: PredictedLabels.scheme, path, query });
  }

  closed({ uri }: vscode.TextDocument): void {
    if (uri.scheme === PredictedLabels.scheme) this.texts.delete(uri.query);
  }
}

/** The labels that a file has, as it is in the editor. @param words the document with the words. */
export async function ownLabelling(
  words: vscode.TextDocument,
  { corpora }: LabellingServices,
): Promise<Labelling> {
  const source = corpora.sourceOf(words);
  const title = fileName(words.uri);
  const annotations = await annotationsOf(words, corpora);
  if (!annotations) return { title, shown: words.uri, source };
  const companion = { file: annotations.uri.toString(), content: annotations.getText() };
  return { title, shown: annotations.uri, source: { ...source, companion } };
}

/** The labels that a model predicts; undefined where it was cancelled. */
export async function predictedLabelling(
  words: vscode.TextDocument,
  entry: ModelEntry,
  services: LabellingServices,
  cancelled: vscode.CancellationToken,
): Promise<Labelling | undefined> {
  const { models, corpora, tagger, predicted } = services;
  const model = await models.loadModel(entry.key);
  const labelled = await labelText(words, model, { tagger, corpora }, cancelled, () => undefined);
  if (!labelled) return undefined;
  const own = await ownLabelling(words, services);
  const shown = predicted.add(own.shown.path, labelled.text);
  const source = own.source.companion
    ? { ...own.source, companion: { file: shown.toString(), content: labelled.text } }
    : { ...own.source, content: labelled.text };
  return { title: runTitle(entry), shown, source };
}

/** The labels of the last commit; undefined where the file is in none. */
export async function committedLabelling(
  words: vscode.TextDocument,
  services: LabellingServices,
): Promise<Labelling | undefined> {
  const own = await ownLabelling(words, services);
  const committed = await textInGit(words.uri);
  const labels = own.source.companion ? await textInGit(own.shown) : committed;
  if (!committed || !labels) return undefined;
  const source = {
    ...own.source,
    content: committed.getText(),
    ...(own.source.companion && {
      companion: { file: labels.uri.toString(), content: labels.getText() },
    }),
  };
  return { title: vscode.l10n.t('last commit'), shown: labels.uri, source };
}

/** The labels of another file. */
export async function otherLabelling(uri: vscode.Uri, services: LabellingServices): Promise<Labelling> {
  const document = await vscode.workspace.openTextDocument(uri);
  const { shown, source } = await ownLabelling(document, services);
  return { title: vscode.workspace.asRelativePath(uri), shown, source };
}

async function textInGit(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const committed = await versionInGit(uri);
  if (!committed) return undefined;
  try {
    return await vscode.workspace.openTextDocument(committed);
  } catch {
    // It is in no commit.
    return undefined;
  }
}

/** The annotations of a text of a corpus of such. */
async function annotationsOf(
  words: vscode.TextDocument,
  corpora: LabellingServices['corpora'],
): Promise<vscode.TextDocument | undefined> {
  const beside = annotationsBeside(words.uri);
  if (!beside || corpora.corpusOf(words.uri)?.layout.kind !== brat.id) return undefined;
  try {
    return await vscode.workspace.openTextDocument(beside);
  } catch {
    return undefined;
  }
}

const fileName = ({ path }: vscode.Uri): string => shownName(path.slice(path.lastIndexOf('/') + 1));

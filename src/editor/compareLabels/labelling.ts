import * as vscode from 'vscode';
import { shownName } from '../../common/shownText';
import { brat } from '../../corpus/formats/brat';
import type { ComparedSource } from '../../engine/compareSources';
import type { Tagger } from '../../engine/engine';
import { runTitle } from '../../record/runTitle';
import { annotationsBeside } from '../../workspace/annotatedTexts';
import type { ModelEntry } from '../../workspace/modelCatalogue';
import type { WorkspaceModels } from '../../workspace/modelLibrary';
import { openedDocument } from '../../workspace/openedDocument';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import { wordsOf } from '../answers/answerPart';
import { fileName } from '../fileName';
import { labelText } from '../labelledText';
import { gitAbsence, repositoriesKnown, versionInGit } from './git';
import type { PredictedLabels } from './predictedLabels';

export interface LabellingServices {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly models: WorkspaceModels;
  readonly corpora: WorkspaceCorpora;
  readonly predicted: PredictedLabels;
}

/** One way in which a text is labelled. */
export interface Labelling extends ComparedSource {
  readonly title: string;
  /** The document with the labels, as an editor shows it. */
  readonly shown: vscode.Uri;
  /** The document whose lines are those of the words. */
  readonly words: vscode.Uri;
}

/** The labels that a file has, as it is in the editor. @param words the document with the words. */
export async function ownLabelling(
  words: vscode.TextDocument,
  column: string,
  { corpora, predicted }: LabellingServices,
): Promise<Labelling> {
  const source = corpora.sourceOf(words);
  const corpus = corpora.corpusOf(words.uri);
  const own = corpus && {
    layout: corpus.layout,
    scheme: corpus.columns.find(({ name }) => name === column)?.scheme,
  };
  const labelling = { title: fileName(words.uri), words: words.uri, shown: words.uri, source, corpus: own };
  const beside = annotationsBeside(words.uri);
  if (!beside || (corpus && corpus.layout.kind !== brat.id)) return labelling;
  // Where the text is not saved, its annotations on the disk are not at its places.
  const both = corpus && (await corpora.annotatedText(words.uri));
  const saved = await openedDocument(beside);
  const content = both?.annotations ?? saved?.getText();
  if (content === undefined) return labelling;
  const shown = content === saved?.getText() ? beside : predicted.add(beside.path, content);
  return { ...labelling, shown, source: { ...source, companion: { file: beside.toString(), content } } };
}

/** The labels that a model predicts; undefined where it was cancelled. */
export async function predictedLabelling(
  words: vscode.TextDocument,
  entry: ModelEntry,
  column: string,
  services: LabellingServices,
  cancelled: vscode.CancellationToken,
): Promise<Labelling | undefined> {
  const { models, corpora, tagger, predicted } = services;
  const model = await models.loadModel(entry.key);
  const labelled = await labelText(words, model, { tagger, corpora }, cancelled, () => undefined);
  if (!labelled) return undefined;
  const own = await ownLabelling(words, column, services);
  const content = labelled.text;
  const shown = predicted.add(own.shown.path, content);
  const { companion } = own.source;
  return companion
    ? {
        ...own,
        title: runTitle(entry),
        shown,
        source: { ...own.source, companion: { ...companion, content } },
      }
    : { ...own, title: runTitle(entry), shown, words: shown, source: { ...own.source, content } };
}

/** Why there are no labels of a commit, and what to do. */
interface NotCommitted {
  readonly why: string;
  readonly hint: string;
}

/** The labels of the last commit, once Git has looked for repositories; or why there are none. */
export async function committedLabelling(
  words: vscode.TextDocument,
  column: string,
  services: LabellingServices,
  cancelled: vscode.CancellationToken,
): Promise<Labelling | NotCommitted> {
  await repositoriesKnown(cancelled);
  const absence = await gitAbsence(words.uri);
  if (absence) return absence;
  if (!(await versionInGit(words.uri)))
    return {
      why: vscode.l10n.t('VS Code’s Git knows no repository that the file is in.'),
      hint: vscode.l10n.t(
        'Open its repository in the Source Control view, or compare it with a model or another file.',
      ),
    };
  const own = await ownLabelling(words, column, services);
  const committed = await textInGit(words.uri);
  const { companion } = own.source;
  const labels = companion ? await textInGit(vscode.Uri.parse(companion.file)) : committed;
  if (!committed || !labels)
    return {
      why: vscode.l10n.t('The last commit does not have the file.'),
      hint: vscode.l10n.t('Commit it, or compare it with a model or another file.'),
    };
  const source = {
    ...own.source,
    content: committed.getText(),
    ...(companion && { companion: { ...companion, content: labels.getText() } }),
  };
  const title = vscode.l10n.t('last commit');
  return { ...own, title, shown: labels.uri, words: committed.uri, source };
}

/** The labels of another file. */
export async function otherLabelling(
  uri: vscode.Uri,
  column: string,
  services: LabellingServices,
): Promise<Labelling> {
  const words = await wordsOf(await vscode.workspace.openTextDocument(uri));
  return {
    ...(await ownLabelling(words, column, services)),
    title: shownName(vscode.workspace.asRelativePath(words.uri)),
  };
}

async function textInGit(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const committed = await versionInGit(uri);
  return committed && openedDocument(committed);
}

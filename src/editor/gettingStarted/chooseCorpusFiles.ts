import * as vscode from 'vscode';
import { formatCount } from '../../common/figures';
import { shownLine, withoutLinks } from '../../common/shownText';
import type { Engine } from '../../engine/engine';
import { annotationsBeside, sourceOf } from '../../workspace/annotatedTexts';
import { findLikelyCorpora } from '../../workspace/likelyCorpora';
import { openSettings } from '../../workspace/openSettings';
import type { Settings } from '../../workspace/settings';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import { patternsFor } from '../likelyPicks';
import { showNotTrusted } from '../restrictedMode';
import type { TrainingController } from '../trainingController';
import { addedText, includeFiles } from './includeFiles';
import type { AddedPatterns } from './includeFiles';
import { takeBackFiles } from './takeBackFiles';

export interface ChooseServices {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly corpora: WorkspaceCorpora;
  readonly training: TrainingController;
}

/**
 * **Choose Corpus Files…**: says which files are a corpus where their names do not, in
 * `rnnTagger.corpora.include` of the workspace. Takes the URI of a file or folder, or several; else asks.
 *
 * @returns whether the setting was changed, and not put back.
 */
export async function chooseCorpusFiles(given: unknown, services: ChooseServices): Promise<boolean> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) return offerFolder();
  if (!vscode.workspace.isTrusted) {
    void showNotTrusted(
      vscode.l10n.t(
        'In Restricted Mode the settings of a workspace are not taken: trust it first to say which files are a corpus.',
      ),
    );
    return false;
  }
  const uris = urisOf(given) ?? (await askForFiles(folders[0].uri));
  if (!uris) return false;
  const outside = uris.find((uri) => !vscode.workspace.getWorkspaceFolder(uri));
  if (outside) return offerToAdd(outside);
  const files: vscode.Uri[] = [];
  for (const uri of uris) {
    const { type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) === 0) files.push(uri);
    else {
      const found = await filesIn(uri, services);
      if (!found) return false;
      files.push(...found);
    }
  }
  if (files.length === 0) return false;
  const named = await Promise.all(files.map(nameForSetting));
  const before = services.corpora.corpora.length;
  const added = await includeFiles(patternsFor(named), services);
  return tell(files, before, added, services);
}

async function askForFiles(folder: vscode.Uri): Promise<readonly vscode.Uri[] | undefined> {
  // On Windows and Linux a dialog shows files or folders.
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: `$(file) ${vscode.l10n.t('Files…')}`,
        detail: vscode.l10n.t('Each file that you choose is read as a corpus.'),
        isFolder: false,
      },
      {
        label: `$(folder) ${vscode.l10n.t('A folder…')}`,
        detail: vscode.l10n.t('Its files are looked into, and those that read like a corpus are taken.'),
        isFolder: true,
      },
    ],
    { title: vscode.l10n.t('Choose Corpus Files') },
  );
  if (!picked) return undefined;
  return vscode.window.showOpenDialog({
    canSelectFiles: !picked.isFolder,
    canSelectFolders: picked.isFolder,
    canSelectMany: !picked.isFolder,
    defaultUri: folder,
    title: vscode.l10n.t('Choose Corpus Files'),
    openLabel: vscode.l10n.t('Choose'),
  });
}

/** The files of a folder that read like a corpus; undefined where there is none, which is said. */
async function filesIn(
  folder: vscode.Uri,
  { engine, settings }: ChooseServices,
): Promise<vscode.Uri[] | undefined> {
  const below = `${folder.toString().replace(/\/$/, '')}/`;
  const title = vscode.l10n.t('RNN Tagger: looking for corpora…');
  const { corpora, others } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title },
    () => findLikelyCorpora(engine, settings.current.exclude, (file) => file.startsWith(below)),
  );
  if (corpora.length > 0)
    return corpora.flatMap(({ files }) => files.map(({ file }) => vscode.Uri.parse(file)));
  const [other] = others;
  const looks = other ? ` ${nameOf(vscode.Uri.parse(other.file))}: ${other.message}` : '';
  const none = vscode.l10n.t(
    'No file in {0} reads like a corpus. Choose single files to have them read all the same.',
    nameOf(folder),
  );
  void vscode.window.showWarningMessage(withoutLinks(`${none}${looks}`));
  return undefined;
}

/** Of a text that has annotations beside it, those: any other text may be no corpus. */
async function nameForSetting(uri: vscode.Uri): Promise<string> {
  const source = sourceOf(uri);
  const beside = annotationsBeside(source);
  const isAnnotated = beside && (await isThere(beside));
  return vscode.workspace.asRelativePath(isAnnotated ? beside : uri, false);
}

const isThere = (uri: vscode.Uri): Thenable<boolean> =>
  vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

/** Says what was set, with a way back. */
async function tell(
  files: readonly vscode.Uri[],
  before: number,
  patterns: AddedPatterns,
  services: ChooseServices,
): Promise<boolean> {
  const { corpora } = services;
  const missing = files.filter((uri) => !corpora.corpusOf(sourceOf(uri)));
  const { added } = patterns;
  const [takeBack, settings] = [vscode.l10n.t('Undo'), vscode.l10n.t('Open Settings')];
  const problems = vscode.l10n.t('Show Problems');
  const train = vscode.l10n.t('Train on Workspace');
  const hasNew = corpora.corpora.length > before || missing.length < files.length;
  const found =
    missing.length === 0
      ? ''
      : missing.length === 1
        ? ` ${vscode.l10n.t('{0} is not read as a corpus: Problems says why.', nameOf(missing[0]))}`
        : ` ${vscode.l10n.t('{0} files are not read as a corpus: Problems says why.', formatCount(missing.length))}`;
  const first = missing.length > 0 ? problems : train;
  const actions = [...(hasNew || missing.length > 0 ? [first] : []), ...(added.length > 0 ? [takeBack] : [])];
  const ask = missing.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // The command is over by then: whoever waits for it need not answer.
  void ask(withoutLinks(`${addedText(patterns)}${found}`), ...actions, settings).then(async (answer) => {
    if (answer === takeBack) await takeBackFiles(patterns, services);
    if (answer === settings) await openSettings('rnnTagger.corpora.include');
    if (answer === problems) await vscode.commands.executeCommand('workbench.actions.view.problems');
    if (answer === train) await vscode.commands.executeCommand('rnnTagger.train');
  });
  return added.length > 0;
}

async function offerFolder(): Promise<boolean> {
  const open = vscode.l10n.t('Open Folder…');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Open the folder with the files first: a corpus belongs to a workspace.'),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('workbench.action.files.openFolder');
  return false;
}

async function offerToAdd(uri: vscode.Uri): Promise<boolean> {
  const add = vscode.l10n.t('Add Folder to Workspace…');
  const answer = await vscode.window.showWarningMessage(
    withoutLinks(
      vscode.l10n.t('{0} is in no folder of this workspace: add its folder, or open it.', nameOf(uri)),
    ),
    add,
  );
  if (answer === add) await vscode.commands.executeCommand('workbench.action.addRootFolder');
  return false;
}

const nameOf = (uri: vscode.Uri): string => shownLine(vscode.workspace.asRelativePath(uri), 100);

function urisOf(given: unknown): readonly vscode.Uri[] | undefined {
  if (given instanceof vscode.Uri) return [given];
  return Array.isArray(given) && given.length > 0 && given.every((one) => one instanceof vscode.Uri)
    ? given
    : undefined;
}

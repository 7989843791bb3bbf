import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import { withoutLinks } from '../../common/shownText';
import type { SampleWorkspace } from '../../workspace/sampleWorkspace';

/** **Open Sample Workspace**: a copy of the sample, in this window where it is empty, else in a new one. */
export async function openSample(sample: SampleWorkspace): Promise<void> {
  const { storage } = sample;
  // VS Code opens no folder of a storage that has no place on a disk.
  const parent = storage.scheme === 'file' ? storage : await chosenParent();
  if (parent) await openCopyIn(sample, parent);
}

async function openCopyIn(sample: SampleWorkspace, parent: vscode.Uri): Promise<void> {
  let folder: vscode.Uri | undefined;
  try {
    folder = await copyToOpen(sample, parent);
    if (!folder) return;
    await sample.willOpen(folder);
  } catch (error) {
    return offerOtherFolder(sample, error);
  }
  const isEmpty = (vscode.workspace.workspaceFolders ?? []).length === 0;
  await vscode.commands.executeCommand(
    'vscode.openFolder',
    folder,
    isEmpty ? { forceReuseWindow: true } : { forceNewWindow: true },
  );
}

/** The copy that is there, or a new one: asked only where the last one was changed. */
async function copyToOpen(sample: SampleWorkspace, parent: vscode.Uri): Promise<vscode.Uri | undefined> {
  const last = await sample.lastCopy(parent);
  if (last?.isFresh) return last.folder;
  const isNew = last === undefined || (await asksForNewCopy(last.folder));
  if (isNew === undefined) return undefined;
  const title = vscode.l10n.t('RNN Tagger: copying the sample…');
  return isNew
    ? vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
        sample.makeCopy(parent),
      )
    : last?.folder;
}

/** Undefined where somebody thinks better of it. */
async function asksForNewCopy(last: vscode.Uri): Promise<boolean | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Open the sample as you left it'),
      description: last.path.slice(last.path.lastIndexOf('/') + 1),
      isNew: false,
    },
    {
      label: vscode.l10n.t('Make a fresh copy'),
      description: vscode.l10n.t('in a folder beside it; yours stays as it is'),
      isNew: true,
    },
  ];
  const title = vscode.l10n.t('You have worked in the sample: files of it are changed');
  return (await vscode.window.showQuickPick(items, { title }))?.isNew;
}

async function offerOtherFolder(sample: SampleWorkspace, error: unknown): Promise<void> {
  const choose = vscode.l10n.t('Choose Another Folder…');
  const message = vscode.l10n.t('The sample could not be copied: {0}', messageOf(error));
  if ((await vscode.window.showErrorMessage(withoutLinks(message), choose)) !== choose) return;
  const parent = await chosenParent();
  if (parent) await openCopyIn(sample, parent);
}

async function chosenParent(): Promise<vscode.Uri | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: vscode.l10n.t('Copy the Sample Here'),
    })) ?? [];
  return folder;
}

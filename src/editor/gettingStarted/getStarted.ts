/** What leads people who are new: **Get Started**, the walkthroughs' buttons, and the sample workspace. */
import * as vscode from 'vscode';
import { stackOf } from '../../common/errors';
import { brat } from '../../corpus/formats/brat';
import type { Engine } from '../../engine/engine';
import { findLikelyCorpora } from '../../workspace/likelyCorpora';
import { SampleWorkspace } from '../../workspace/sampleWorkspace';
import { searchFiles } from '../../workspace/searchFiles';
import type { Settings } from '../../workspace/settings';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import { beginningOf, beginnings, firstText, isAboutFolder } from './beginning';
import type { Beginning } from './beginning';
import { openSample } from './openSample';
import { openWalkthrough } from './openWalkthrough';
import { corpusFileToShow, registerStepCommands, showFile } from './stepCommands';

export interface GettingStartedServices {
  readonly context: vscode.ExtensionContext;
  readonly engine: Engine;
  readonly settings: Settings;
  readonly corpora: WorkspaceCorpora;
  readonly log: vscode.LogOutputChannel;
}

const textPattern = '**/*.{txt,md,markdown}';
const mostTexts = 1_000;

export function registerGettingStarted(services: GettingStartedServices): vscode.Disposable {
  const { context, settings, corpora, log } = services;
  const shipped = vscode.Uri.joinPath(context.extensionUri, 'sample');
  const sample = new SampleWorkspace(shipped, context.globalStorageUri);
  const texts = (): Promise<vscode.Uri[]> => searchFiles([textPattern], settings.current.exclude, mostTexts);
  const text = async (): Promise<vscode.Uri | undefined> => {
    const found = await texts();
    const first = firstText(found.map(({ path }) => path));
    return found.find(({ path }) => path === first);
  };
  showOpenedSample(context, corpora, sample).catch((error: unknown) =>
    log.error(`The sample could not be shown: ${stackOf(error)}`),
  );
  return vscode.Disposable.from(
    vscode.commands.registerCommand('rnnTagger.openSampleWorkspace', () => openSample(sample)),
    vscode.commands.registerCommand('rnnTagger.getStarted', async (given?: unknown) => {
      const beginning =
        beginnings.find((own) => own === given) ?? (await beginningHere(services, texts)) ?? (await asked());
      if (beginning === 'sample') await openSample(sample);
      else if (beginning) await openWalkthrough(context, beginning);
    }),
    registerStepCommands(corpora, text),
  );
}

/** The beginning that the workspace is; undefined where nothing tells. */
async function beginningHere(
  { engine, settings, corpora }: GettingStartedServices,
  texts: () => Thenable<vscode.Uri[]>,
): Promise<Beginning | undefined> {
  if (!vscode.workspace.workspaceFolders) return undefined;
  await corpora.whenRead();
  const found = corpora.corpora;
  const content = {
    corpora: found.length,
    labelledTexts: found.filter(({ layout }) => layout.kind === brat.id).length,
  };
  if (found.length > 0) return beginningOf({ ...content, likelyCorpora: 0, texts: 0 });
  const title = vscode.l10n.t('RNN Tagger: looking for corpora…');
  const [likely, plain] = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title },
    () => Promise.all([findLikelyCorpora(engine, settings.current.exclude, () => true), texts()]),
  );
  return beginningOf({
    ...content,
    likelyCorpora: likely.corpora.length,
    texts: plain.filter(({ path }) => !isAboutFolder(path)).length,
  });
}

async function asked(): Promise<Beginning | 'sample' | undefined> {
  const items: (vscode.QuickPickItem & { readonly beginning: Beginning | 'sample' })[] = [
    {
      label: vscode.l10n.t('A sample'),
      description: vscode.l10n.t('opens a small annotated folder to try everything on'),
      beginning: 'sample',
    },
    {
      label: vscode.l10n.t('Annotated text'),
      description: vscode.l10n.t('a folder with CoNLL-U, CoNLL columns or brat'),
      beginning: 'annotated',
    },
    {
      label: vscode.l10n.t('Plain text'),
      description: vscode.l10n.t('nothing is labelled yet'),
      beginning: 'text',
    },
    {
      label: vscode.l10n.t('A corpus from elsewhere'),
      description: vscode.l10n.t('with other file names or other columns'),
      beginning: 'otherCorpus',
    },
  ];
  const title = vscode.l10n.t('What do you begin with?');
  // A walkthrough that is in front takes the focus back.
  const options = { title, matchOnDescription: true, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.beginning;
}

/** A window that was opened on the sample shows a file of it, and the walkthrough beside it. */
async function showOpenedSample(
  context: vscode.ExtensionContext,
  corpora: WorkspaceCorpora,
  sample: SampleWorkspace,
): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.at(0)?.uri;
  if (!folder || !(await sample.wasToOpen(folder))) return;
  await corpora.whenRead();
  // VS Code's own welcome page, where it is all that there is, would take the walkthrough's place.
  const [tab, ...more] = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
  if (tab && tab.input === undefined && more.length === 0) await vscode.window.tabGroups.close(tab);
  const file = corpusFileToShow(corpora);
  if (file) await showFile(file, vscode.ViewColumn.One);
  await openWalkthrough(context, 'annotated', true);
}

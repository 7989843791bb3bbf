import * as vscode from 'vscode';
import { withoutLinks } from '../common/shownText';
import type { Corpus } from '../corpus/corpus';
import { brat } from '../corpus/formats/brat';
import type { Engine } from '../engine/engine';
import { annotationsBeside, sourceOf } from '../workspace/annotatedTexts';
import { findLikelyCorpora } from '../workspace/likelyCorpora';
import { openSettings } from '../workspace/openSettings';
import type { Settings } from '../workspace/settings';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { addedText, includeFiles } from './gettingStarted/includeFiles';
import type { AddedPatterns } from './gettingStarted/includeFiles';
import { takeBackFiles } from './gettingStarted/takeBackFiles';
import { offer } from './labels/offerModel';
import { likelyText, patternsFor } from './likelyPicks';
import type { TrainingController } from './trainingController';
import { withoutIcons } from './translate';

/** What **Train on Workspace** says where there is no corpus: what reads like one, or where it looks. */
export class NoCorpusMessage {
  constructor(
    private readonly engine: Engine,
    readonly settings: Settings,
    readonly corpora: WorkspaceCorpora,
    readonly training: TrainingController,
  ) {}

  /** @param argument of the command, which is run again once there is a corpus. */
  async show(resource: vscode.Uri | undefined, argument: unknown): Promise<void> {
    const below = resource && sourceOf(resource).toString().replace(/\/$/, '');
    const isAsked = (file: string): boolean =>
      below === undefined || file === below || file.startsWith(`${below}/`);
    const title = vscode.l10n.t('RNN Tagger: looking for corpora…');
    const { corpora, others } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title },
      () => findLikelyCorpora(this.engine, this.settings.current.exclude, isAsked),
    );
    if (corpora.length > 0) return this.offer(corpora, argument);
    const where = resource
      ? vscode.l10n.t('There is no corpus in {0}.', nameOf(resource.toString()))
      : vscode.l10n.t('There is no corpus in this workspace.');
    const [other] = others;
    const found = other && vscode.l10n.t('{0}: {1}', nameOf(other.file), other.message);
    await showWhereItLooks(found ? vscode.l10n.t('{0} {1}', where, found) : where);
  }

  private async offer(corpora: readonly Corpus[], argument: unknown): Promise<void> {
    const [first, ...more] = corpora;
    const use = first.files.length === 1 ? vscode.l10n.t('Use It') : vscode.l10n.t('Use Them');
    const choose = vscode.l10n.t('Choose…');
    const message = vscode.l10n.t(
      'No file here is named like a corpus. {0} Train on that?',
      likelyText(first, nameOf, vscode.l10n.t),
    );
    const answer = await vscode.window.showInformationMessage(
      withoutLinks(message),
      use,
      ...(more.length > 0 ? [choose] : []),
    );
    const chosen = answer === use ? first : answer === choose ? await choice(corpora) : undefined;
    if (chosen) await this.use(chosen, argument);
  }

  private async use({ files, layout }: Corpus, argument: unknown): Promise<void> {
    const patterns = patternsFor(
      files.map(({ file }) => {
        const uri = vscode.Uri.parse(file);
        // Any other text beside them may be no corpus.
        const named = layout.kind === brat.id ? annotationsBeside(uri) : undefined;
        return vscode.workspace.asRelativePath(named ?? uri, false);
      }),
    );
    const added = await includeFiles(patterns, this);
    if (added.added.length > 0) this.tellAdded(added);
    // Without a corpus it would be asked again.
    if (this.corpora.corpora.length > 0) await vscode.commands.executeCommand('rnnTagger.train', argument);
  }

  /** Says what was written and where, with a way back; waits for no answer. */
  private tellAdded(added: AddedPatterns): void {
    const [takeBack, settings] = [vscode.l10n.t('Undo'), vscode.l10n.t('Open Settings')];
    const message = withoutLinks(addedText(added));
    void vscode.window.showInformationMessage(message, takeBack, settings).then(async (answer) => {
      if (answer === takeBack) await takeBackFiles(added, this);
      if (answer === settings) await openSettings('rnnTagger.corpora.include');
    });
  }
}

async function choice(corpora: readonly Corpus[]): Promise<Corpus | undefined> {
  const items = corpora.map((corpus) => ({
    label: withoutIcons(likelyText(corpus, nameOf, vscode.l10n.t)),
    corpus,
  }));
  const placeHolder = vscode.l10n.t('Which files are a corpus?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.corpus;
}

function nameOf(file: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(file));
}

async function showWhereItLooks(found: string): Promise<void> {
  const looked = vscode.l10n.t(
    'RNN Tagger looks for annotated text: CoNLL-U, or columns with one token a line and blank lines between sentences, in files of the names that the setting "rnnTagger.corpora.include" lists. Start one by labelling plain text, or say which files are meant.',
  );
  const hasFolder = (vscode.workspace.workspaceFolders?.length ?? 0) > 0;
  const folder = { title: vscode.l10n.t('Open Folder…'), command: 'workbench.action.files.openFolder' };
  const label = { title: vscode.l10n.t('Label Plain Text…'), command: 'rnnTagger.labelText' };
  const choose = { title: vscode.l10n.t('Choose Corpus Files…'), command: 'rnnTagger.chooseCorpusFiles' };
  await offer(withoutLinks(vscode.l10n.t('{0} {1}', found, looked)), hasFolder ? [label, choose] : [folder]);
}

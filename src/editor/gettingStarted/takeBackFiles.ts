import * as vscode from 'vscode';
import { withoutLinks } from '../../common/shownText';
import { runTitle } from '../../record/runTitle';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import type { TrainingController } from '../trainingController';
import type { AddedPatterns } from './includeFiles';

/**
 * **Undo** of patterns that were added to the setting. A run on their files has read them and goes on, which is said
 * with a way to stop it: how much it has learned is not to be thrown away unasked.
 */
export async function takeBackFiles(
  patterns: AddedPatterns,
  { corpora, training }: { readonly corpora: WorkspaceCorpora; readonly training: TrainingController },
): Promise<void> {
  await patterns.undo();
  const run = training.current?.run;
  if (!training.busy || (run && corpora.corpora.some(({ id }) => id === run.corpus))) return;
  const stop = vscode.l10n.t('Stop Training');
  const message = run
    ? vscode.l10n.t(
        'The setting is as it was before. {0} is still being trained, on the files as they were read.',
        runTitle(run),
      )
    : vscode.l10n.t(
        'The setting is as it was before. A run that is about to begin has read the files and goes on.',
      );
  const answer = await vscode.window.showInformationMessage(withoutLinks(message), stop);
  // Another may have begun meanwhile.
  if (answer === stop && (!run || training.current?.run.id === run.id))
    await vscode.commands.executeCommand('rnnTagger.stop');
}

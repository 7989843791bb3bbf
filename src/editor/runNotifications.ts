import * as vscode from 'vscode';
import { shareDone } from '../run/runState';
import type { RunState } from '../run/runState';
import { runKey } from '../workspace/modelCatalogue';
import type { ModelEntry } from '../workspace/modelCatalogue';
import type { WorkspaceModels } from '../workspace/modelLibrary';
import type { RunSession } from '../workspace/runSession';
import type { RunStore } from '../workspace/runStore';
import { endMessage, notificationText, notResumedMessage, runTitle } from './runText';
import type { EndMessage } from './runText';
import type { EndedRun, TrainingController } from './trainingController';

const finishedShownMs = 15_000;

/** The notifications of runs: progress with a way to cancel, and what is said at the end. */
export function notifyOfRuns(
  training: TrainingController,
  runs: RunStore,
  models: Pick<WorkspaceModels, 'activeEntry'>,
): vscode.Disposable {
  return vscode.Disposable.from(
    training.onDidBegin((session) => !session.isQuiet && showProgress(session, training, runs)),
    training.onDidEnd((ended) => !ended.session.isQuiet && void showEnd(ended, runs, models.activeEntry)),
  );
}

function showProgress(session: RunSession, training: TrainingController, runs: RunStore): void {
  const run = runs.run(session.id);
  if (!run) return;
  const title = vscode.l10n.t('RNN Tagger: {0}', runTitle(run));
  void vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => void training.stop());
      let percent = 0;
      const report = () => {
        const now = percentDone(session.state);
        progress.report({
          message: notificationText(session.state, vscode.l10n.t),
          increment: Math.max(0, now - percent),
        });
        percent = Math.max(percent, now);
      };
      report();
      const following = session.onEvent(report);
      await session.finished;
      following.dispose();
    },
  );
}

function percentDone(state: RunState): number {
  return 100 * (shareDone(state) ?? 0);
}

async function showEnd(
  { session, error }: EndedRun,
  runs: RunStore,
  active: ModelEntry | undefined,
): Promise<void> {
  const run = runs.run(session.id);
  if (!run) return;
  const inUse = active?.key === runKey(run.id) ? undefined : active;
  const message = session.restored
    ? error && notResumedMessage(run, error, vscode.l10n.t)
    : endMessage(run, error, vscode.l10n.t, inUse);
  if (message) await show(message);
}

async function show({ kind, text, actions }: EndMessage): Promise<void> {
  if (kind === 'status') {
    vscode.window.setStatusBarMessage(text, finishedShownMs);
    return;
  }
  const ask = kind === 'warning' ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
  const answer = await ask(text, ...actions.map(({ title }) => title));
  const action = actions.find(({ title }) => title === answer);
  if (action) await vscode.commands.executeCommand(action.command, action.argument);
}

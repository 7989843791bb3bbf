import * as vscode from 'vscode';
import type { LossPanel } from '../panel/lossPanel';
import { runTitle } from '../record/runTitle';
import { shareDone } from '../run/runState';
import type { RunState } from '../run/runState';
import { runKey } from '../workspace/modelCatalogue';
import type { ModelEntry } from '../workspace/modelCatalogue';
import type { WorkspaceModels } from '../workspace/modelLibrary';
import type { RunSession } from '../workspace/runSession';
import type { RunStore } from '../workspace/runStore';
import { endMessage, notificationText, notResumedMessage, trainedText } from './runText';
import type { EndMessage } from './runText';
import type { SurestDisagreements } from './surest/surestReview';
import { endActions } from './surest/surestText';
import type { EndedRun, TrainingController } from './trainingController';

const finishedShownMs = 15_000;

/**
 * The notifications of runs: progress with a way to cancel, while no loss panel shows it, and what is said at the
 * end.
 */
export function notifyOfRuns(
  training: TrainingController,
  runs: RunStore,
  models: Pick<WorkspaceModels, 'activeEntry'>,
  surest: Pick<SurestDisagreements, 'count'>,
  panel: Pick<LossPanel, 'isOpen' | 'onDidOpenOrClose'>,
): vscode.Disposable {
  return vscode.Disposable.from(
    training.onDidBegin((session) => {
      if (!session.isQuiet) void showProgressUnlessOpen(session, training, runs, panel);
    }),
    training.onDidEnd((ended) => {
      // Of a run that nobody asked for nothing is said, and of a sweep when it ends.
      if (ended.session.isQuiet || runs.run(ended.session.id)?.sweep) return;
      void showEnd(ended, runs, models.activeEntry);
      void showDisagreements(ended, runs, surest, panel);
    }),
  );
}

async function showProgressUnlessOpen(
  session: RunSession,
  training: TrainingController,
  runs: RunStore,
  panel: Pick<LossPanel, 'isOpen' | 'onDidOpenOrClose'>,
): Promise<void> {
  const run = runs.run(session.id);
  if (!run) return;
  const title = vscode.l10n.t('RNN Tagger: {0}', runTitle(run));
  let changed = (): void => undefined;
  const listener = panel.onDidOpenOrClose(() => changed());
  let hasEnded = false;
  const end = session.finished.then(() => (hasEnded = true));
  while (!hasEnded) {
    const next = new Promise<void>((resolve) => (changed = resolve));
    if (panel.isOpen) await Promise.race([next, end]);
    else await showProgress(title, session, training, Promise.race([next, end]));
  }
  listener.dispose();
}

/** Shows how far a run is, until something has happened. */
async function showProgress(
  title: string,
  session: RunSession,
  training: TrainingController,
  until: Promise<unknown>,
): Promise<void> {
  await vscode.window.withProgress(
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
      await until;
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

/** Once a run is done: what its model is good for, and where to go on. */
async function showDisagreements(
  { session }: EndedRun,
  runs: RunStore,
  surest: Pick<SurestDisagreements, 'count'>,
  panel: Pick<LossPanel, 'isOpen'>,
): Promise<void> {
  if (session.restored || runs.run(session.id)?.state !== 'done') return;
  // Where it fails, the log says why, and the status bar has told how the run ended.
  const { Notification, Window } = vscode.ProgressLocation;
  const location = panel.isOpen ? Window : Notification;
  const count = await surest.count(runKey(session.id), location).catch(() => undefined);
  const run = runs.run(session.id);
  if (!count || !run) return;
  const text = trainedText(run, count, vscode.l10n.t);
  const actions = endActions(run, count, count.places.length, vscode.l10n.t);
  const answer = await vscode.window.showInformationMessage(text, ...actions.map(({ title }) => title));
  const action = actions.find(({ title }) => title === answer);
  if (action) await vscode.commands.executeCommand(action.command, action.argument);
}

import * as vscode from 'vscode';
import { runTitle } from '../record/runTitle';
import type { RunEvent } from '../run/runEvent';
import type { RunSession } from '../workspace/runSession';
import type { RunStore } from '../workspace/runStore';
import { logText } from './runText';
import type { EndedRun, TrainingController } from './trainingController';

/** Writes what happens in runs to the log. */
export function logRuns(
  training: TrainingController,
  runs: RunStore,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const note = (event: RunEvent): void => {
    const text = logText(event);
    if (text !== undefined) log.info(text);
    if (event.type === 'moving')
      log.warn(`${event.from} is lost, going back to step ${event.step}: ${event.error.stack ?? event.why}`);
    if (event.type === 'problems')
      for (const { file, line, message } of event.problems) log.warn(`${file}:${line + 1}: ${message}`);
  };
  const begun = (session: RunSession): void => {
    const run = runs.run(session.id);
    if (!run) return;
    log.info(
      `${session.isResumed ? 'Resuming' : 'Training'} ${runTitle(run)}: ${JSON.stringify(run.settings)}`,
    );
    session.onEvent(note);
  };
  const ended = ({ session, error }: EndedRun): void => {
    const run = runs.run(session.id);
    if (!run || run.state === 'interrupted') return;
    if (session.restored) {
      if (error) log.warn(`${runTitle(run)} cannot go on: ${error.message}`);
      return;
    }
    const why = run.message ? `, ${run.message}` : '';
    log.info(
      `${runTitle(run)} has ended: ${run.state}${why}, ${run.step} steps in ${run.seconds.toFixed(1)} s`,
    );
    if (error) log.error(error.stack ?? `${error.name}: ${error.message}`);
  };
  return vscode.Disposable.from(training.onDidBegin(begun), training.onDidEnd(ended));
}

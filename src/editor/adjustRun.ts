import * as vscode from 'vscode';
import { valueProblem } from '../model/settings/settings';
import { runTitle } from '../record/runTitle';
import { startRateOf } from '../run/runState';
import type { TrainingController } from './trainingController';

/** **Stop Training After This Epoch**, and the same again to go on after all. */
export function stopAfterEpoch(training: TrainingController): void {
  const { current } = training;
  if (!current) return sayThatNothingTrains();
  training.adjust({ stopAfterEpoch: current.session.state.stopsAfterEpoch !== true });
}

/**
 * **Change Learning Rate…**: of the run that goes on, from its next step on.
 * @param given the rate, where a key binding or an extension gives one.
 */
export async function changeLearningRate(training: TrainingController, given: unknown): Promise<void> {
  const { current } = training;
  if (!current) return sayThatNothingTrains();
  const { run, session } = current;
  const { learningRate: first, schedule } = run.settings;
  const now = startRateOf(session.state) ?? first;
  const text =
    given === undefined
      ? await vscode.window.showInputBox({
          title: vscode.l10n.t('Learning rate of {0}', runTitle(run)),
          prompt:
            schedule === 'linear'
              ? vscode.l10n.t('From the next step on. It goes on falling, as a share of this one.')
              : vscode.l10n.t('From the next step on.'),
          value: String(now),
          validateInput: problemOf,
        })
      : String(given);
  if (text === undefined) return;
  const problem = problemOf(text);
  if (problem !== undefined) throw new Error(problem);
  if (training.current?.run.id !== run.id) return sayThatNothingTrains();
  training.adjust({ learningRate: Number(text) });
}

function problemOf(text: string): string | undefined {
  const problem = valueProblem('learningRate', text.trim() === '' ? undefined : Number(text));
  return problem && vscode.l10n.t('The learning rate {0}.', problem);
}

function sayThatNothingTrains(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('No run is going on in this window.'));
}

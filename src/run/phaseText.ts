import { formatCount } from '../common/figures';
import * as l10n from '../common/l10n';
import { preparationText } from './preparation';
import type { RunPhase, RunState } from './runState';

const phases: Readonly<Record<RunPhase, string>> = {
  starting: l10n.t('Starting'),
  moving: l10n.t('Starting'),
  running: l10n.t('Training'),
  paused: l10n.t('Paused'),
  stopping: l10n.t('Stopping'),
  done: l10n.t('Done'),
  stopped: l10n.t('Stopped'),
  diverged: l10n.t('Diverged'),
  failed: l10n.t('Failed'),
  interrupted: l10n.t('Interrupted'),
};

/** What is said where the run has no message of its own. */
const defaultMessages: Partial<Readonly<Record<RunPhase, string>>> = {
  interrupted: l10n.t('This run was cut off. Resume goes on from its last checkpoint.'),
  diverged: l10n.t(
    'Training diverged: the loss is no longer a number, or grows without end. A smaller learning rate may help.',
  ),
  failed: l10n.t('Training failed. The log says why.'),
};

/** "Training"; before a run trains what it does: "Measuring devices: webgpu". */
export function phaseLabel(state: RunState, elsewhere = false): string {
  if (elsewhere) return l10n.t('Training in another window');
  const preparing = preparationText(state);
  if (state.stopsAfterEpoch && state.phase === 'running')
    return l10n.t('Training, to the end of epoch {0}', formatCount(Math.max(1, state.epoch)));
  return preparing === undefined ? phases[state.phase] : `${preparing[0].toUpperCase()}${preparing.slice(1)}`;
}

/** Why it failed, diverged or ended early; undefined where there is nothing to say. */
export function phaseMessage({ message, phase }: Pick<RunState, 'message' | 'phase'>): string | undefined {
  return message ?? defaultMessages[phase];
}

/** A run in words: for the panel, the status bar and notifications. */
import type { PanelRun, RunState } from '../panel/protocol';
import { mainScore } from '../training/scores';
import { canResume } from '../workspace/runRecord';
import type { RunRecord } from '../workspace/runRecord';
import type { RunSession } from '../workspace/runSession';
import { withoutLinks } from './translate';
import type { Translate } from './translate';

/** What is known of a run only while it goes on. */
export type LiveRun = Pick<RunSession, 'state' | 'secondsLeft' | 'loss'>;

/** "UD_English-EWT · UPOS". */
export function runTitle(run: Pick<RunRecord, 'corpusName' | 'column'>): string {
  return withoutLinks(`${run.corpusName} · ${run.column}`);
}

export function runState(run: RunRecord, live?: LiveRun): RunState {
  return live && live.state !== 'over' ? live.state : run.state;
}

/** A run as the panel shows it. */
export function panelRun(run: RunRecord, live?: LiveRun): PanelRun {
  const { id, message, device, spans, epoch, settings, step, stepsPerEpoch, tokensPerSecond, seconds } = run;
  const scoreName = spans ? 'span F1' : 'accuracy';
  const secondsLeft = live?.secondsLeft;
  const over = live === undefined || live.state === 'over';
  return {
    id,
    title: runTitle(run),
    state: runState(run, live),
    canResume: over && canResume(run),
    message,
    device,
    scoreName,
    epoch,
    epochs: settings.epochs,
    step,
    stepsPerEpoch,
    tokensPerSecond,
    secondsLeft,
    seconds,
  };
}

/** "epoch 3/20, loss 0.412". */
export function progressText(run: RunRecord, live: LiveRun, t: Translate): string {
  if (live.state === 'starting') return t('starting…');
  const epoch = t('epoch {0}/{1}', Math.max(1, run.epoch), run.settings.epochs);
  const parts = live.loss === undefined ? [epoch] : [epoch, t('loss {0}', live.loss.toFixed(3))];
  if (live.state === 'paused') parts.push(t('paused'));
  return parts.join(', ');
}

/** The share of a run's steps that are done, in percent. */
export function percentDone(run: RunRecord): number {
  const steps = run.stepsPerEpoch * run.settings.epochs;
  return steps > 0 ? Math.min(100, (100 * run.step) / steps) : 0;
}

/** "accuracy 91.2 %", of the run's model on development data. */
export function scoreText(run: Pick<RunRecord, 'development'>, t: Translate): string | undefined {
  if (!run.development) return undefined;
  const percent = (100 * mainScore(run.development)).toFixed(1);
  return run.development.spans ? t('span F1 {0} %', percent) : t('accuracy {0} %', percent);
}

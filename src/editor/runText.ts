/** A run in words: for the panel, the status bar and notifications. */
import { windowLength } from '../corpus/windowLength';
import type { DeviceChoice } from '../engine/deviceChoice';
import type { PanelDevice, PanelRun, RunState } from '../panel/protocol';
import type { DeviceTrial } from '../run/deviceTrial';
import { mainScore } from '../training/scores';
import { canResume } from '../workspace/runRecord';
import type { RunRecord } from '../workspace/runRecord';
import type { RunSession, RunWords } from '../workspace/runSession';
import { networkText } from './networkText';
import { withoutLinks } from './translate';
import type { Translate } from './translate';

/** What is known of a run only while it goes on. */
export type LiveRun = Pick<RunSession, 'state' | 'secondsLeft' | 'loss'>;

/** "UD_English-EWT · UPOS". */
export function runTitle(run: Pick<RunRecord, 'corpusName' | 'column'>): string {
  return withoutLinks(`${run.corpusName} · ${run.column}`);
}

function runState(run: RunRecord, live?: LiveRun): RunState {
  return live && live.state !== 'over' ? live.state : run.state;
}

/** A run as the panel shows it. */
export function panelRun(run: RunRecord, live?: LiveRun): PanelRun {
  const {
    id,
    message,
    notices,
    device,
    choice,
    spans,
    epoch,
    settings,
    step,
    stepsPerEpoch,
    tokensPerSecond,
    seconds,
  } = run;
  const scoreName = spans ? 'span F1' : 'accuracy';
  const secondsLeft = live?.secondsLeft;
  const over = live === undefined || live.state === 'over';
  return {
    id,
    title: runTitle(run),
    state: runState(run, live),
    canResume: over && canResume(run),
    message,
    notices,
    network: networkText(settings, spans),
    device,
    devices: choice && panelDevices(choice),
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

/** What was measured, fastest first; then what is not available. */
function panelDevices({ device: taken, trials }: DeviceChoice): PanelDevice[] {
  return [...trials]
    .sort((a, b) => (b.tokensPerSecond ?? -1) - (a.tokensPerSecond ?? -1))
    .map(({ device: name, description, tokensPerSecond, givenUp, why }) => ({
      name,
      description,
      tokensPerSecond,
      givenUp,
      why,
      chosen: name === taken,
    }));
}

/** "simd 210,000 tokens/s, cpu 9,000 tokens/s; webgpu: there is no adapter". For the log. */
export function trialsText(trials: readonly DeviceTrial[]): string {
  const measured = trials.filter(({ tokensPerSecond }) => tokensPerSecond !== undefined);
  const missing = trials.filter(({ tokensPerSecond }) => tokensPerSecond === undefined);
  const speeds = measured.map(
    ({ device, description, tokensPerSecond = 0 }) =>
      `${device} ${Math.round(tokensPerSecond).toLocaleString('en')} tokens/s (${description})`,
  );
  return [speeds.join(', '), ...missing.map(({ device, why }) => `${device}: ${why}`)]
    .filter((text) => text !== '')
    .join('; ');
}

/** What a person is told of a run. */
export function runWords(t: Translate): RunWords {
  return {
    heldOut: t('No file is named as development data: a tenth of the documents is held out for it.'),
    longSentences: (count) =>
      count === 1
        ? t(
            'One sentence is longer than {0} tokens: it is trained in windows that carry the state forward.',
            windowLength,
          )
        : t(
            '{0} sentences are longer than {1} tokens: they are trained in windows that carry the state forward.',
            count.toLocaleString('en'),
            windowLength,
          ),
    moved: (from, to, why) =>
      from === to
        ? t('The run went on from its last checkpoint with a fresh worker. {0}', why)
        : t('The run went on from its last checkpoint on {0}, without {1}. {2}', to, from, why),
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

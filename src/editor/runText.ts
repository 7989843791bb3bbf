/** What a person is told of a run outside the panel: in the status bar, in notifications, in the log. */
import { formatCount, formatLoss, formatPercent, formatRate } from '../common/figures';
import type { SerializedError } from '../common/serializedError';
import { withoutLinks } from '../common/shownText';
import { canResume } from '../record/runRecord';
import type { RunRecord } from '../record/runRecord';
import { runTitle } from '../record/runTitle';
import type { DeviceTrial } from '../run/deviceTrial';
import { preparationText } from '../run/preparation';
import type { RunEvent } from '../run/runEvent';
import type { RunState } from '../run/runState';
import { mainScore, tooFewToScore } from '../training/scores';
import type { Scores } from '../training/scores';
import { countText, nextText } from './surest/surestText';
import type { DisagreementCount } from './surest/surestText';
import type { Translate } from './translate';

/** "epoch 3/20, loss 0.412"; before it trains what it does: "measuring devices: webgpu". */
export function progressText(state: RunState, t: Translate): string {
  const { phase, epoch, epochs, loss } = state;
  const preparing = preparationText(state, t);
  if (preparing !== undefined) return preparing;
  if (phase === 'stopping') return t('stopping: what was learned is being saved…');
  const parts = [t('epoch {0}/{1}', formatCount(Math.max(1, epoch)), formatCount(epochs))];
  if (loss !== undefined) parts.push(t('loss {0}', formatLoss(loss)));
  if (phase === 'paused') parts.push(t('paused'));
  if (state.stopsAfterEpoch) parts.push(t('the last one'));
  return parts.join(', ');
}

/** What the notification of a run that goes on says: it has a button that VS Code calls Cancel. */
export function notificationText(state: RunState, t: Translate): string {
  return t('{0}. Cancel stops the run and keeps what was learned.', progressText(state, t));
}

/** "accuracy 91.2 %", of the run's model on development data; where there is too little of that, how much. */
export function scoreText(run: Pick<RunRecord, 'development'>, t: Translate): string | undefined {
  if (!run.development) return undefined;
  const few = tooFewText(run.development, t);
  if (few !== undefined) return few;
  const score = formatPercent(mainScore(run.development));
  return run.development.spans ? t('span F1 {0}', score) : t('accuracy {0}', score);
}

/** "no score: only 12 spans", where a score would be chance. */
export function tooFewText(scores: Scores, t: Translate): string | undefined {
  const few = tooFewToScore(scores);
  if (few === undefined) return undefined;
  if (scores.spans)
    return few === 1 ? t('no score: only 1 span') : t('no score: only {0} spans', formatCount(few));
  return few === 1 ? t('no score: only 1 token') : t('no score: only {0} tokens', formatCount(few));
}

/** "RNN Tagger: EWT · UPOS is trained, accuracy 95.4 %. 1,160 disagreements in …", and what is next. */
export function trainedText(
  run: RunRecord,
  count: DisagreementCount & { readonly places: readonly unknown[] },
  t: Translate,
): string {
  const trained = withScore(t('{0} is trained', runTitle(run)), run, t);
  const said = t('{0}. {1}', trained, countText(count, t));
  return count.places.length === 0 ? t('{0} {1}', said, nextText(count, t)) : said;
}

/** What is said at the end of a run, and what can be done then. */
export interface EndMessage {
  /** `status`: in the status bar, for a while. */
  readonly kind: 'status' | 'warning' | 'error';
  readonly text: string;
  readonly actions: readonly EndAction[];
}

export interface EndAction {
  readonly title: string;
  readonly command: string;
  readonly argument?: unknown;
}

/**
 * Nothing is said of a run that was cut off by the window closing.
 * @param inUse the model that labels from now on, where it is not this run's.
 */
export function endMessage(
  run: RunRecord,
  error: SerializedError | undefined,
  t: Translate,
  inUse?: Pick<RunRecord, 'corpusName' | 'column' | 'title'>,
): EndMessage | undefined {
  const title = runTitle(run);
  switch (run.state) {
    case 'done':
      return { kind: 'status', text: withScore(t('{0} is trained', title), run, t), actions: [] };
    case 'stopped':
      return { kind: 'status', text: stoppedText(run, inUse, t), actions: [] };
    case 'diverged': {
      const why = withoutLinks(run.message ?? t('Training diverged.'));
      const actions = [
        { title: t('Show Loss Panel'), command: 'rnnTagger.showLossPanel' },
        {
          title: t('Open Settings'),
          command: 'rnnTagger.openSettings',
          argument: 'rnnTagger.training',
        },
      ];
      return { kind: 'warning', text: `${title}: ${why}`, actions };
    }
    case 'failed': {
      const why = withoutLinks(run.message ?? t('Training failed.'));
      const resume = { title: t('Resume'), command: 'rnnTagger.resumeRun' };
      // Data that cannot be used will be no better the next time.
      const goesOn = error?.name !== 'InputError' && canResume(run);
      const actions = goesOn ? [showLog(t), resume] : [showLog(t)];
      return { kind: 'error', text: `${title}: ${why}`, actions };
    }
    case 'interrupted':
    case 'running':
      return undefined;
  }
}

function stoppedText(
  run: RunRecord,
  inUse: Pick<RunRecord, 'corpusName' | 'column' | 'title'> | undefined,
  t: Translate,
): string {
  const text = withScore(t('{0} was stopped', runTitle(run)), run, t);
  return inUse ? t('{0}. {1}', text, t('Labels come from the model {0} again.', runTitle(inUse))) : text;
}

/** Of a run that was to go on and could not. */
export function notResumedMessage(run: RunRecord, error: SerializedError, t: Translate): EndMessage {
  const reason = withoutLinks([error.message, error.hint].filter(Boolean).join(' '));
  const { corpus, column } = run;
  const train = { title: t('Train Anew'), command: 'rnnTagger.train', argument: { corpus, column } };
  return {
    kind: 'error',
    text: t('{0} cannot go on: {1}', runTitle(run), reason),
    actions: [train, showLog(t)],
  };
}

const showLog = (t: Translate): EndAction => ({ title: t('Show Log'), command: 'rnnTagger.showLog' });

function withScore(text: string, run: RunRecord, t: Translate): string {
  const score = scoreText(run, t);
  return `RNN Tagger: ${score ? `${text}, ${score}` : text}`;
}

/** What is said once the measured speeds of devices are forgotten, by the device that the settings name. */
export function forgottenText(device: string, t: Translate): string {
  const forgotten = t('RNN Tagger has forgotten how fast the devices are.');
  const next =
    device === 'auto'
      ? t('The next run measures them again.')
      : t('The next run on "auto" measures them again; the setting "rnnTagger.device" is "{0}" now.', device);
  return `${forgotten} ${next}`;
}

/** A line of the log for an event of a run, where there is something to note. */
export function logText(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'epoch': {
      const { type: _, ...record } = event;
      return `Epoch ${record.epoch}: ${JSON.stringify(record)}`;
    }
    case 'chosen':
      return `${event.device} is taken, ${howChosen(event)}: ${trialsText(event.trials)}`;
    case 'started': {
      const { heldOut, longSentences, deviceDescription } = event.facts;
      const parts = [`Training on ${deviceDescription} from step ${event.step}`];
      if (heldOut) parts.push('a tenth of the documents is held out');
      if (longSentences > 0) parts.push(`sentences trained in windows: ${longSentences}`);
      return parts.join('; ');
    }
    case 'learningRate':
      return `The learning rate is ${event.learningRate} after step ${event.step}`;
    case 'moved':
      return `The run goes on on ${event.to} instead of ${event.from}: ${event.why}`;
    default:
      return undefined;
  }
}

function howChosen({ remembered, trials }: Extract<RunEvent, { readonly type: 'chosen' }>): string {
  if (remembered) return 'as before';
  const isMeasured = trials.some(({ tokensPerSecond }) => tokensPerSecond !== undefined);
  return isMeasured ? 'the fastest' : 'and nothing measured, since no other could be faster';
}

/** "simd 210,000 tokens/s, cpu 9,000 tokens/s; webgpu: there is no adapter". For the log. */
export function trialsText(trials: readonly DeviceTrial[]): string {
  const measured = trials.filter(({ tokensPerSecond }) => tokensPerSecond !== undefined);
  const missing = trials.filter(
    ({ tokensPerSecond, why }) => tokensPerSecond === undefined && why !== undefined,
  );
  const speeds = measured.map(
    ({ device, description, tokensPerSecond = 0 }) =>
      `${device} ${formatRate(tokensPerSecond)} tokens/s (${description})`,
  );
  const reasons = missing.map(
    ({ device, description, why }) => `${device}: ${[description, why].filter(Boolean).join('; ')}`,
  );
  return [speeds.join(', '), ...reasons].filter((text) => text !== '').join('; ');
}

/** A run on the command line: what is printed while it goes on, and what it came to. */
import { InputError } from '../common/errors';
import { formatCount, formatLoss, formatRate } from '../common/figures';
import { deserializeError } from '../common/serializedError';
import type { SerializedError } from '../common/serializedError';
import { shownLine, shownName } from '../common/shownText';
import { windowLength } from '../corpus/windowLength';
import type { TrainingRun } from '../engine/engine';
import type { TrainingData } from '../engine/trainerProtocol';
import type { DeviceTrial } from '../run/deviceTrial';
import type { RunFacts } from '../run/facts';
import { preparationText } from '../run/preparation';
import type { RunEvent } from '../run/runEvent';
import { initialState, reduce, shareDone } from '../run/runState';
import type { RunState } from '../run/runState';
import { describeScores, printProblems, scoresJson } from './report';
import type { ProgressLine } from './report';
import type { RunKeeper } from './runFolder';

type Ended = RunEvent & { readonly type: 'ended' };

/** What a run came to. */
export interface FinishedRun {
  readonly state: RunState;
  /** How it ended; missing where it failed. */
  readonly end?: Ended;
  readonly error?: Error;
  /** The best model, or the newest checkpoint where none is called the best. */
  readonly model?: Uint8Array;
}

/** Shows a run until it has ended, and has it kept after each epoch and at its end. */
export function followRun(
  run: TrainingRun,
  data: TrainingData,
  epochs: number,
  line: ProgressLine,
  keeper?: RunKeeper,
): Promise<FinishedRun> {
  let state = initialState({ epochs, spans: false });
  let model: Uint8Array | undefined;
  let isBest = false;
  return new Promise((resolve) => {
    run.onEvent((event) => {
      // What is true of the corpus is said once, not again on another device.
      if (event.type === 'started' && !state.facts) printStart(data, event.facts, line);
      state = reduce(state, event);
      print(event, state, line);
      // Of a run that never began there is nothing to report.
      const isKept = event.type === 'epoch' || event.type === 'ended' || event.type === 'failed';
      if (isKept && state.facts) keeper?.keep(state);
      if (event.type === 'checkpoint' && (event.best || !isBest)) {
        model = event.bytes;
        isBest = event.best;
      }
      if (event.type === 'ended') resolve({ state, end: event, model });
      if (event.type === 'failed') resolve({ state, error: errorOf(event.error), model });
    });
  });
}

/** The result as `--json` prints it. */
export function resultJson(end: Ended, facts: RunFacts | undefined): Record<string, unknown> {
  return {
    device: facts?.device,
    tokens: facts?.tokens.training,
    epochs: end.epoch,
    seconds: end.seconds,
    tokensPerSecond: end.tokensPerSecond,
    ...(end.development && { dev: scoresJson(end.development, end.details?.development) }),
    ...(end.test && { test: scoresJson(end.test, end.details?.test) }),
  };
}

/** Prints what an event brings; the state is that after it. */
function print(event: RunEvent, state: RunState, line: ProgressLine): void {
  switch (event.type) {
    case 'problems':
      line.clear();
      printProblems(event.problems);
      break;
    case 'chosen':
      if (event.trials.some(({ tokensPerSecond }) => tokensPerSecond !== undefined))
        line.print(describeTrials(event.trials));
      break;
    case 'preparing':
      line.draw(shareDone(state) ?? 0, preparationText(state) ?? '');
      break;
    case 'progress':
      line.draw(shareDone(state) ?? 0, describeProgress(state));
      break;
    case 'epoch':
      line.print(
        `epoch ${event.epoch}/${state.epochs}: training loss ${formatLoss(event.loss)}` +
          (event.development ? `; development ${describeScores(event.development)}` : ''),
      );
      break;
    case 'moving':
      line.print(`${event.from} is lost: ${shownLine(event.why, 1000)}`);
      break;
    case 'moved':
      line.print(
        event.from === event.to
          ? 'A fresh worker goes on from the last checkpoint.'
          : `${event.to} goes on from the last checkpoint.`,
      );
      break;
    case 'stopping':
      line.print('Stopping: what was learned is being saved. Press Ctrl+C again to stop at once.');
      break;
    case 'started':
    case 'learningRate':
    case 'checkpoint':
    case 'stopAfterEpoch':
    case 'paused':
    case 'resumed':
    case 'ended':
    case 'failed':
      break;
  }
}

function printStart(data: TrainingData, facts: RunFacts, line: ProgressLine): void {
  const heldOut = facts.heldOut ? ' (held out)' : '';
  line.print(
    `${shownName(data.corpusName)} · ${shownName(data.column)}: ${formatCount(facts.tokens.training)} training, ${formatCount(facts.tokens.development)} development${heldOut}, ${formatCount(facts.tokens.test)} test tokens; ` +
      `${facts.labels.length} labels, ${formatCount(facts.vocabulary)} words; ${facts.deviceDescription}`,
  );
  const { longSentences } = facts;
  if (longSentences === 0) return;
  const what = longSentences === 1 ? '1 sentence is' : `${formatCount(longSentences)} sentences are`;
  line.print(`${what} longer than ${windowLength} tokens: trained in windows that carry the state forward.`);
}

function describeProgress({ epoch, epochs, loss, tokensPerSecond = 0, secondsLeft = 0 }: RunState): string {
  return [
    `epoch ${epoch}/${epochs}`,
    `loss ${formatLoss(loss)}`,
    `${formatRate(tokensPerSecond)} tokens/s`,
    `${Math.ceil(secondsLeft)} s left`,
  ].join('  ');
}

/** Measured devices, the one that is taken first. */
function describeTrials(trials: readonly DeviceTrial[]): string {
  const measured = trials
    .filter(({ tokensPerSecond }) => tokensPerSecond !== undefined)
    .sort((a, b) => (b.tokensPerSecond ?? 0) - (a.tokensPerSecond ?? 0));
  return `tokens/s: ${measured.map(({ device, tokensPerSecond = 0 }) => `${device} ${formatRate(tokensPerSecond)}`).join(', ')}`;
}

function errorOf(error: SerializedError): Error {
  // A worker that died is nothing that a stack could explain.
  return error.name === 'WorkerError' ? new InputError(error.message) : deserializeError(error);
}

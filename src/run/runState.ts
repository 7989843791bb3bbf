/** Where a run stands, for everyone who shows or keeps it: what its events come to. */
import type { SerializedError } from '../common/serializedError';
import type { Scores } from '../model/scores';
import type { DeviceChoice } from './deviceTrial';
import type { RunFacts } from './facts';
import { addEpoch, addLosses, emptyHistory, historyUntil } from './history';
import type { History } from './history';
import type { Preparation } from './preparation';
import type { Moment, RunProgress, RunResult, ShownRunEvent } from './runEvent';
import { addNotices, corpusNotices } from './runNotice';
import type { RunNotice } from './runNotice';

/** `moving`: its device is lost, and it looks for another. */
type WorkingPhase = 'starting' | 'running' | 'moving';

/** Of a run that goes on. `stopping`: it writes down what it has. */
export type LivePhase = WorkingPhase | 'paused' | 'stopping';

/** `interrupted`: it was going on when the window closed or the computer went down. */
export type RunPhase = LivePhase | 'done' | 'stopped' | 'diverged' | 'failed' | 'interrupted';

/** Plain JSON; never changed in place. */
export interface RunState {
  readonly phase: RunPhase;
  /** While it is paused: the phase in which it goes on. */
  readonly pausedIn?: WorkingPhase;
  /** It stops once the epoch that is under way has ended. */
  readonly stopsAfterEpoch?: boolean;
  /** While it starts or moves: what it does, where that is known. */
  readonly preparation?: Preparation;
  /** The epoch that is under way, from 1, and the steps done since the run began. */
  readonly epoch: number;
  readonly step: number;
  /** 0 before it is known. */
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  /** Training time since the run began, as the trainer measures it: pauses and evaluations are left out. */
  readonly seconds: number;
  readonly secondsLeft?: number;
  readonly tokensPerSecond?: number;
  /** Mean training loss per token of the last steps, in nats. */
  readonly loss?: number;
  /** The labels mark spans, so that epochs are compared by span F1. */
  readonly spans: boolean;
  /** Once it has started; not known of a run of an earlier session. */
  readonly facts?: RunFacts;
  /** The device that trains, as a person reads it; of several the last. */
  readonly device?: string;
  /** On `auto`, the device that was taken first, and what was measured before. */
  readonly choice?: DeviceChoice;
  readonly notices: readonly RunNotice[];
  /** Of the last epoch; once the run has ended, of its model. */
  readonly development?: Scores;
  readonly test?: Scores;
  /** Where the newest checkpoint stands, and the best. */
  readonly checkpoint?: Moment;
  readonly best?: Moment;
  /** Why it failed, diverged or ended early. */
  readonly message?: string;
  readonly error?: SerializedError;
  readonly history: History;
}

/** A run that is about to begin. `epochs`: 0 where they follow from the corpus. */
export function initialState({ epochs, spans }: Pick<RunState, 'epochs' | 'spans'>): RunState {
  return {
    phase: 'starting',
    epoch: 0,
    step: 0,
    stepsPerEpoch: 0,
    epochs,
    seconds: 0,
    spans,
    notices: [],
    history: emptyHistory,
  };
}

/** The state after an event. */
export function reduce(state: RunState, event: ShownRunEvent): RunState {
  switch (event.type) {
    case 'problems':
      return state;
    case 'preparing':
      return { ...state, preparation: event.preparation };
    case 'chosen':
      return { ...state, choice: { device: event.device, trials: event.trials } };
    case 'started':
      return started(state, event.facts, event);
    case 'learningRate': {
      const { step, learningRate } = event;
      return { ...state, notices: addNotices(state.notices, [{ type: 'learningRate', step, learningRate }]) };
    }
    case 'progress':
      return progressed(state, event);
    case 'epoch': {
      const { type: _, ...record } = event;
      const { epoch, step, seconds, tokensPerSecond, development } = record;
      const history = addEpoch(state.history, record);
      return { ...state, epoch, step, seconds, tokensPerSecond, development, history };
    }
    case 'checkpoint': {
      const moment = { epoch: event.epoch, step: event.step };
      return { ...state, ...(event.latest && { checkpoint: moment }), ...(event.best && { best: moment }) };
    }
    case 'paused':
      return isWorking(state.phase) ? { ...state, phase: 'paused', pausedIn: state.phase } : state;
    case 'resumed': {
      const { pausedIn, ...rest } = state;
      return pausedIn ? { ...rest, phase: pausedIn } : state;
    }
    case 'stopAfterEpoch':
      return isUnderWay(state.phase) ? { ...state, stopsAfterEpoch: event.wanted } : state;
    case 'stopping':
      return finished(state, 'stopping');
    case 'moving': {
      const { epoch, step } = event;
      const history = historyUntil(state.history, step);
      return { ...inPhase(prepared(state), 'moving'), epoch, step, secondsLeft: undefined, history };
    }
    case 'moved': {
      const { from, to, why } = event;
      return { ...state, notices: addNotices(state.notices, [{ type: 'moved', from, to, why }]) };
    }
    case 'ended':
      return ended(state, event);
    case 'failed': {
      const { error } = event;
      const message = [error.message, error.hint].filter(Boolean).join(' ');
      return { ...finished(state, 'failed'), message, error };
    }
  }
}

/** The state of a run that is cut off: the window closes. */
export function interrupted(state: RunState): RunState {
  return finished(state, 'interrupted');
}

/** Whether a run goes on. */
export function isUnderWay(phase: RunPhase): phase is LivePhase {
  return phase === 'paused' || phase === 'stopping' || isWorking(phase);
}

/**
 * Whether a run can go on once it has ended. One that was cut off before its first checkpoint begins again;
 * one that diverged would diverge again with the same settings.
 */
export function canResume({ phase, checkpoint }: Pick<RunState, 'phase' | 'checkpoint'>): boolean {
  if (phase === 'interrupted') return true;
  return (phase === 'stopped' || phase === 'failed') && checkpoint !== undefined;
}

/** λ before its schedule, where a person gave the run another one than its settings have. */
export function startRateOf({ notices }: Pick<RunState, 'notices'>): number | undefined {
  const last = notices.findLast((notice) => notice.type === 'learningRate');
  return last?.learningRate;
}

/** The share of a run's steps that are done, 0 to 1; undefined before their number is known. */
export function shareDone({ step, stepsPerEpoch, epochs }: RunState): number | undefined {
  const steps = stepsPerEpoch * epochs;
  return steps > 0 ? Math.min(1, step / steps) : undefined;
}

function isWorking(phase: RunPhase): phase is WorkingPhase {
  return phase === 'starting' || phase === 'running' || phase === 'moving';
}

/** A run that is paused or stopping stays so, whatever happens to its trainer. */
function inPhase(state: RunState, phase: WorkingPhase): RunState {
  if (state.phase === 'stopping') return state;
  return state.phase === 'paused' ? { ...state, pausedIn: phase } : { ...state, phase };
}

/** Nothing is being prepared any more. */
function prepared({ preparation: _, ...rest }: RunState): RunState {
  return rest;
}

function started(state: RunState, facts: RunFacts, { epoch, step }: Moment): RunState {
  return {
    ...inPhase(prepared(state), 'running'),
    epoch,
    step,
    facts,
    stepsPerEpoch: facts.stepsPerEpoch,
    epochs: facts.epochs,
    spans: facts.scheme !== 'none',
    device: facts.deviceDescription,
    notices: addNotices(state.notices, corpusNotices(facts)),
  };
}

function progressed(state: RunState, progress: RunProgress): RunState {
  const { epoch, step, steps, losses, seconds, secondsLeft, tokensPerSecond } = progress;
  const loss = losses.length > 0 ? losses.reduce((sum, value) => sum + value, 0) / losses.length : state.loss;
  const history = addLosses(state.history, steps, losses);
  return { ...state, epoch, step, seconds, secondsLeft, tokensPerSecond, loss, history };
}

function ended(state: RunState, result: RunResult): RunState {
  const { reason, epoch, step, tokensPerSecond, test } = result;
  return {
    ...finished(state, reason),
    epoch,
    step,
    tokensPerSecond,
    test,
    // A trainer that did not answer any more reported no time.
    seconds: Math.max(result.seconds, state.seconds),
    message: result.message ?? state.message,
    development: result.development ?? state.development,
  };
}

/** In a phase in which no more training is to come. */
function finished(state: RunState, phase: RunPhase): RunState {
  const { pausedIn: _, secondsLeft: __, stopsAfterEpoch: ___, ...rest } = prepared(state);
  return { ...rest, phase };
}

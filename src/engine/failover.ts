/**
 * The states of a supervised run, and what leads from one to the next. Pure but for what is known of the
 * devices: `SupervisedRun` does the work of a state, and its outcome is the next input. A pause is not a
 * state, since it may begin and end in any of them: see `PauseWish`.
 */
import { InputError, WorkerError, messageWithHint } from '../common/errors';
import * as l10n from '../common/l10n';
import { serializeError } from '../common/serializedError';
import type { DeviceName } from '../kernels/registry';
import type { RunEvent } from '../run/runEvent';
import type { CheckpointMemory } from './checkpointMemory';
import type { RunDevices } from './runDevices';
import type { RunPosition } from './runPosition';
import type { TrainerClient } from './trainerClient';

type Event<Type extends RunEvent['type']> = Extract<RunEvent, { readonly type: Type }>;

/** The run goes on elsewhere: the device or trainer that it lost, and by what error. */
export interface Move {
  readonly from: DeviceName;
  readonly error: unknown;
}

export type FailoverState =
  /** A worker thread reads the files. */
  | { readonly name: 'reading' }
  /** On `auto`: the fastest device is looked up, or measured. */
  | { readonly name: 'choosingDevice'; readonly devices: RunDevices }
  /** Waits for the end of a pause, and for a trainer that may have the device. */
  | Opening
  /** The trainer was asked to train: it opens the device and prepares the data. */
  | Starting
  | Training
  | Stopping
  | { readonly name: 'finished' };

interface Opening {
  readonly name: 'opening';
  readonly devices: RunDevices;
  readonly device: DeviceName;
  readonly move?: Move;
}

interface Starting {
  readonly name: 'starting';
  readonly devices: RunDevices;
  readonly device: DeviceName;
  readonly trainer: TrainerClient;
  readonly move?: Move;
}

interface Training {
  readonly name: 'training';
  readonly devices: RunDevices;
  readonly device: DeviceName;
  readonly trainer: TrainerClient;
}

/** The trainer was asked to stop. */
interface Stopping {
  readonly name: 'stopping';
  readonly trainer: TrainerClient;
  /** It had begun to train: it writes down what it has. */
  readonly trained: boolean;
}

export type FailoverInput =
  | { readonly type: 'corpusRead'; readonly devices: RunDevices }
  | { readonly type: 'deviceChosen'; readonly event: Event<'chosen'> }
  | { readonly type: 'trainerOpened'; readonly trainer: TrainerClient }
  /** The device, or its backend, cannot be opened. It is not among the devices that are left. */
  | { readonly type: 'deviceUnavailable'; readonly error: unknown }
  | { readonly type: 'started'; readonly event: Event<'started'> }
  /** The trainer failed or died. `again`: the device can be taken once more. */
  | { readonly type: 'deviceLost'; readonly error: unknown; readonly again: boolean }
  | { readonly type: 'ended'; readonly event: Event<'ended'> }
  | { readonly type: 'stopRequested' }
  /** Nothing is to be waited for. */
  | { readonly type: 'endRequested' }
  /** The trainer did not stop in time. */
  | { readonly type: 'stopTimedOut' }
  /** No device can help. */
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'disposed' };

/** Where the run stands when an input comes. */
export interface Standing {
  readonly position: RunPosition;
  readonly checkpoint: CheckpointMemory;
}

/** The next state, and what listeners are told of the change. */
export interface Transition {
  readonly state: FailoverState;
  readonly events: readonly RunEvent[];
}

/** All transitions. An input that a state has no use for changes nothing: it came too late. */
export function transition(state: FailoverState, input: FailoverInput, standing: Standing): Transition {
  switch (state.name) {
    case 'reading':
      if (input.type === 'corpusRead') return takeFirstDevice(input.devices);
      break;
    case 'choosingDevice':
      if (input.type === 'deviceChosen')
        return to({ name: 'opening', devices: state.devices, device: input.event.device }, input.event);
      break;
    case 'opening':
      if (input.type === 'trainerOpened') return to({ ...state, name: 'starting', trainer: input.trainer });
      if (input.type === 'deviceUnavailable') return replaceDevice(state, input.error, standing);
      break;
    case 'starting':
      if (input.type === 'started') return startTraining(state, input.event);
      if (input.type === 'deviceUnavailable') return replaceDevice(state, input.error, standing);
      if (input.type === 'deviceLost') return moveOn(state, input, standing);
      if (input.type === 'stopRequested') return stopTrainer(state.trainer, false);
      break;
    case 'training':
      if (input.type === 'deviceLost') return moveOn(state, input, standing);
      if (input.type === 'stopRequested') return stopTrainer(state.trainer, true);
      break;
    case 'stopping':
      if (input.type === 'started') return { state, events: [input.event] };
      if (input.type === 'stopRequested') return { state, events: [] };
      // However its trainer ends, the run was stopped.
      if (input.type === 'stopTimedOut' || input.type === 'deviceLost' || input.type === 'deviceUnavailable')
        return finishStopped(standing);
      break;
    case 'finished':
      return { state, events: [] };
  }
  if (input.type === 'stopRequested' || input.type === 'endRequested') return finishStopped(standing);
  if (input.type === 'ended') return to({ name: 'finished' }, input.event);
  if (input.type === 'failed') return finishFailed(input.error, standing);
  if (input.type === 'disposed') return to({ name: 'finished' });
  return { state, events: [] };
}

function to(state: FailoverState, ...events: readonly RunEvent[]): Transition {
  return { state, events };
}

/** Once the corpus is read: to the device that was asked for, or to the choice of one. */
function takeFirstDevice(devices: RunDevices): Transition {
  const { asked } = devices;
  return to(
    asked === 'auto' ? { name: 'choosingDevice', devices } : { name: 'opening', devices, device: asked },
  );
}

function startTraining({ devices, device, trainer, move }: Starting, event: Event<'started'>): Transition {
  const state: Training = { name: 'training', devices, device, trainer };
  if (!move) return to(state, event);
  const why = messageWithHint(move.error);
  return to(state, event, { type: 'moved', from: move.from, why, to: event.facts.device });
}

/**
 * A device that cannot be opened is replaced, but not the one that was asked for: the run was never on it.
 */
function replaceDevice(
  { devices, device, move }: Opening | Starting,
  error: unknown,
  standing: Standing,
): Transition {
  if (!move && devices.asked === device)
    return finishFailed(devices.unavailable(device, messageWithHint(error)), standing);
  // What was remembered of this machine does not hold any more.
  if (!move && devices.isRemembered(device)) return to({ name: 'choosingDevice', devices });
  return openNext(devices, error, move, standing);
}

/** The device or its trainer is lost: the run goes back to its last checkpoint, and on from there. */
function moveOn(
  { devices, device }: Starting | Training,
  { error, again }: FailoverInput & { readonly type: 'deviceLost' },
  standing: Standing,
): Transition {
  // Data and settings are the same on all devices. Any other error may be the device's: some drivers' faults
  // come as plain errors.
  if (error instanceof InputError) return finishFailed(error, standing);
  const { epoch, step } = standing.checkpoint;
  const why = messageWithHint(error);
  const moving: RunEvent = { type: 'moving', from: device, why, error: serializeError(error), epoch, step };
  const next: Transition = again
    ? to({ name: 'opening', devices, device, move: { from: device, error } })
    : openNext(devices, error, { from: device, error }, standing);
  return { state: next.state, events: [moving, ...next.events] };
}

/** Where no device is left, the run fails with the error by which it lost its last one. */
function openNext(
  devices: RunDevices,
  error: unknown,
  move: Move | undefined,
  standing: Standing,
): Transition {
  const device = devices.next;
  if (device !== undefined) return to({ name: 'opening', devices, device, move });
  return move ? finishFailed(move.error, standing, true) : finishFailed(error, standing);
}

function stopTrainer(trainer: TrainerClient, trained: boolean): Transition {
  return to({ name: 'stopping', trainer, trained }, { type: 'stopping' });
}

/** Without an answer of the trainer, the run ends where its last event left it. */
function finishStopped({ position }: Standing): Transition {
  return to({ name: 'finished' }, { type: 'ended', reason: 'stopped', ...position });
}

/** @param lost the run had lost a device, and was on its way to another. */
function finishFailed(error: unknown, { checkpoint }: Standing, lost = false): Transition {
  const failure = serializeError(error);
  const resumable = checkpoint.bytes
    ? l10n.t('The last checkpoint is kept: training can be resumed from it. The log has the details.')
    : l10n.t('The log has the details.');
  const hint = lost || error instanceof WorkerError ? resumable : failure.hint;
  return to({ name: 'finished' }, { type: 'failed', error: { ...failure, hint } });
}

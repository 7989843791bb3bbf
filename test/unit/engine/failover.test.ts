import assert from 'node:assert/strict';
import { DeviceLostError, InputError, WorkerError } from '../../../src/common/errors';
import { CheckpointMemory } from '../../../src/engine/checkpointMemory';
import type { DeviceChoices } from '../../../src/engine/deviceChoice';
import { transition } from '../../../src/engine/failover';
import type { FailoverInput, FailoverState, Transition } from '../../../src/engine/failover';
import { RunDevices } from '../../../src/engine/runDevices';
import { startPosition } from '../../../src/engine/runPosition';
import { TrainerClient } from '../../../src/engine/trainerClient';
import { TrainerPool } from '../../../src/engine/trainerPool';
import type { TrainerEvent, TrainerRequest } from '../../../src/engine/trainerProtocol';
import type { DeviceName } from '../../../src/kernels/registry';
import { factsOf } from '../../../src/training/corpusFacts';
import { completeSettings } from '../../../src/training/defaults';
import { resolveSettings } from '../../../src/training/resolveSettings';
import { corpusOf, smallLanguage } from '../training/corpora';
import { FakePort } from './fakePort';
import { LocalBackend } from './localBackend';

const facts = factsOf(corpusOf({ training: smallLanguage(20, 1) }));
const data = { corpus: 'c', corpusName: 'c', column: 'L', files: [], replaceInvalidBytes: false };

/** The devices of a machine with simd, webasm and cpu. */
function devicesOf(device: DeviceName | 'auto', choices?: DeviceChoices): RunDevices {
  const settings = completeSettings({ device, epochs: 2 });
  const pool = new TrainerPool(
    { node: new LocalBackend(['simd', 'webasm', 'cpu']) },
    data,
    settings,
    () => undefined,
  );
  const installation = { machine: 'm', version: '1' };
  return new RunDevices(pool, facts, resolveSettings(settings, facts), {
    settings,
    threads: 1,
    memoryBytes: 8e9,
    installation,
    choices,
  });
}

const trainer = new TrainerClient(new FakePort<TrainerRequest, TrainerEvent>(), () => undefined);
const started = {
  type: 'started',
  epoch: 1,
  step: 0,
  facts: { ...facts, device: 'cpu', deviceDescription: 'cpu', stepsPerEpoch: 5, epochs: 2 },
} as const;
const position = { ...startPosition, epoch: 2, step: 40 };

function next(state: FailoverState, input: FailoverInput, checkpoint = new CheckpointMemory()): Transition {
  return transition(state, input, { position, checkpoint });
}

/** What follows, in short: the state, with its device, and the events. */
function outline({ state, events }: Transition): string[] {
  const device = 'device' in state ? ` ${state.device}` : '';
  return [`${state.name}${device}`, ...events.map(({ type }) => type)];
}

/** One state of each kind, on `webasm` where it is on a device. */
function states(devices = devicesOf('webasm')): Record<FailoverState['name'], FailoverState> {
  const device = 'webasm';
  return {
    reading: { name: 'reading' },
    choosingDevice: { name: 'choosingDevice', devices },
    opening: { name: 'opening', devices, device },
    starting: { name: 'starting', devices, device, trainer },
    training: { name: 'training', devices, device, trainer },
    stopping: { name: 'stopping', trainer, trained: true },
    finished: { name: 'finished' },
  };
}

const lost = (again: boolean): FailoverInput => ({
  type: 'deviceLost',
  error: new DeviceLostError('It is gone.'),
  again,
});
const unavailable: FailoverInput = { type: 'deviceUnavailable', error: new InputError('It is forbidden.') };
const stopRequested: FailoverInput = { type: 'stopRequested' };

describe('The states of a supervised run', () => {
  it('lead from reading to training, by way of a choice on auto', () => {
    const auto = devicesOf('auto');
    const chosen = { type: 'chosen', device: 'cpu', trials: [], remembered: false } as const;
    const { reading, choosingDevice, opening, starting } = states(auto);
    assert.deepEqual(outline(next(reading, { type: 'corpusRead', devices: auto })), ['choosingDevice']);
    assert.deepEqual(outline(next(reading, { type: 'corpusRead', devices: devicesOf('cpu') })), [
      'opening cpu',
    ]);
    assert.deepEqual(outline(next(choosingDevice, { type: 'deviceChosen', event: chosen })), [
      'opening cpu',
      'chosen',
    ]);
    assert.deepEqual(outline(next(opening, { type: 'trainerOpened', trainer })), ['starting webasm']);
    assert.deepEqual(outline(next(starting, { type: 'started', event: started })), [
      'training webasm',
      'started',
    ]);
  });

  it('lead from a lost device to the next, or to the same one again, with its loss as an event', () => {
    const { starting, training } = states();
    for (const state of [starting, training]) {
      assert.deepEqual(outline(next(state, lost(true))), ['opening webasm', 'moving']);
      assert.deepEqual(outline(next(state, lost(false))), ['opening simd', 'moving']);
    }
    const { state } = next(training, lost(false));
    const again = next(next(state, { type: 'trainerOpened', trainer }).state, {
      type: 'started',
      event: started,
    });
    assert.deepEqual(outline(again), ['training simd', 'started', 'moved']);
  });

  it('fail where no device is left, by the error that the last one was lost by', () => {
    const devices = devicesOf('webasm');
    for (const device of ['simd', 'webasm', 'cpu'] as const) devices.exclude(device);
    const failure = next(states(devices).training, lost(false), new CheckpointMemory(new Uint8Array(1)));
    assert.deepEqual(outline(failure), ['finished', 'moving', 'failed']);
    const failed = failure.events.at(-1);
    assert.ok(failed?.type === 'failed' && failed.error.name === 'DeviceLostError');
    assert.match(failed.error.hint ?? '', /checkpoint is kept/);
  });

  it('fail without another device where the data is wrong, or no trainer can be had', () => {
    const wrong: FailoverInput = { type: 'deviceLost', error: new InputError('No label.'), again: true };
    assert.deepEqual(outline(next(states().training, wrong)), ['finished', 'failed']);
    const failed = next(states().reading, { type: 'failed', error: new WorkerError('died') });
    assert.deepEqual(outline(failed), ['finished', 'failed']);
  });

  it('fail where the device that was asked for cannot be opened, but not once the run was on it', () => {
    const { opening, starting } = states();
    for (const state of [opening, starting])
      assert.deepEqual(outline(next(state, unavailable)), ['finished', 'failed']);
    const devices = devicesOf('webasm');
    const moved = next(states(devices).training, lost(true)).state;
    devices.exclude('webasm');
    assert.deepEqual(outline(next(moved, unavailable)), ['opening simd']);
  });

  it('lead back to the choice where the remembered device cannot be opened', () => {
    const remembered: DeviceChoices = {
      get: () => ({ device: 'webasm', trials: [] }),
      set: () => undefined,
      delete: () => undefined,
      all: () => [],
    };
    const devices = devicesOf('auto', remembered);
    assert.deepEqual(outline(next(states(devices).opening, unavailable)), ['choosingDevice']);
    assert.deepEqual(outline(next(states(devicesOf('auto')).opening, unavailable)), ['opening simd']);
  });

  it('end at once when the run is stopped, but leave a trainer that trains the time to answer', () => {
    for (const [name, state] of Object.entries(states())) {
      const { state: after, events } = next(state, stopRequested);
      const trains = ['starting', 'training'].includes(name);
      assert.equal(after.name, trains || name === 'stopping' ? 'stopping' : 'finished', name);
      const ended = { type: 'ended', reason: 'stopped', ...position };
      const over = ['stopping', 'finished'].includes(name);
      assert.deepEqual(events, over ? [] : [trains ? { type: 'stopping' } : ended], name);
    }
  });

  it('know when they stop whether the trainer had begun to train, and has something to save', () => {
    const { starting, training } = states();
    for (const [state, trained] of [
      [starting, false],
      [training, true],
    ] as const)
      assert.deepEqual(next(state, stopRequested).state, { name: 'stopping', trainer, trained });
  });

  it('end at once, stopping too, where nothing is to be waited for', () => {
    for (const [name, state] of Object.entries(states())) {
      const { state: after, events } = next(state, { type: 'endRequested' });
      assert.equal(after.name, 'finished', name);
      const ended = { type: 'ended', reason: 'stopped', ...position };
      assert.deepEqual(events, name === 'finished' ? [] : [ended], name);
    }
  });

  it('end as stopped, however the trainer ends that was asked to stop', () => {
    const ended = { type: 'ended', reason: 'stopped', ...position, seconds: 3 } as const;
    const { stopping } = states();
    for (const input of [{ type: 'stopTimedOut' } as const, lost(true), lost(false), unavailable])
      assert.deepEqual(next(stopping, input).events, [{ type: 'ended', reason: 'stopped', ...position }]);
    assert.deepEqual(next(stopping, { type: 'ended', event: ended }).events, [ended]);
  });

  it('do not change once the run has finished, and end without an event when it is disposed of', () => {
    const inputs: FailoverInput[] = [
      { type: 'corpusRead', devices: devicesOf('cpu') },
      { type: 'trainerOpened', trainer },
      { type: 'failed', error: new Error('late') },
      { type: 'disposed' },
      stopRequested,
      unavailable,
      lost(true),
    ];
    const { finished } = states();
    for (const input of inputs) assert.deepEqual(next(finished, input), { state: finished, events: [] });
    for (const state of Object.values(states()))
      assert.deepEqual(outline(next(state, { type: 'disposed' })), ['finished']);
  });
});

import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import { Emitter } from '../../../src/common/events';
import type { TrainingRun } from '../../../src/engine/engine';
import { canResume } from '../../../src/record/runRecord';
import type { RunAdjustments } from '../../../src/run/runAdjustments';
import type { RunEvent } from '../../../src/run/runEvent';
import { defaultSettings } from '../../../src/training/defaults';
import { RunSession } from '../../../src/workspace/runSession';
import { RunStore } from '../../../src/workspace/runStore';
import { checkpoint, ended, epochEnded, movingTo, progress, scores, started } from '../run/events';
import { temporaryStorage, windowOf } from './temporaryStorage';

/** A trainer that emits what a test lets it emit. */
class ScriptedRun implements TrainingRun {
  private readonly events = new Emitter<RunEvent>();
  readonly asked: string[] = [];
  readonly onEvent = this.events.event;
  emit(...events: RunEvent[]): void {
    for (const event of events) this.events.fire(event);
  }
  pause(): void {
    this.asked.push('pause');
  }
  resume(): void {
    this.asked.push('resume');
  }
  adjust({ learningRate }: RunAdjustments): void {
    this.asked.push(`adjust ${learningRate}`);
  }
  stop(): void {
    this.asked.push('stop');
  }
  stopNow(): void {
    this.asked.push('stopNow');
  }
  dispose(): void {
    this.asked.push('dispose');
  }
}

describe('run session', () => {
  let trainer: ScriptedRun;
  let store: RunStore;
  const { files } = temporaryStorage(() => store.flush());
  let session: RunSession;

  beforeEach(() => {
    trainer = new ScriptedRun();
    store = new RunStore(files(), {
      keep: () => 10,
      log: assert.fail,
      intervalMs: 0,
      window: windowOf('one'),
    });
    const { id } = store.create({
      corpus: 'c',
      corpusName: 'C',
      column: 'NER',
      settings: defaultSettings,
      spans: false,
    });
    session = new RunSession(id, store);
    session.follow(trainer);
  });

  const record = () => store.run(session.id)!;
  const failure = (name: string, message: string): RunEvent => ({ type: 'failed', error: { name, message } });

  it('keeps a run from its start to its end', async () => {
    const seen: string[] = [];
    session.onEvent(({ type }) => seen.push(`${type} ${record().step}`));
    trainer.emit(started());
    assert.deepEqual(
      [session.state.phase, record().state, record().device, record().spans, record().notices],
      ['running', 'running', 'Plain JavaScript', true, [{ type: 'heldOut' }]],
    );
    trainer.emit(progress([1, 2], [3, 2]), epochEnded(1, { development: scores }), checkpoint(3));
    assert.deepEqual([session.state.loss, session.state.secondsLeft], [2.5, 9]);
    trainer.emit(ended('done', { development: scores, test: scores }));
    assert.equal(await session.finished, undefined);
    const { state, epoch, step, seconds, development, test, checkpoint: newest, best } = record();
    assert.deepEqual([state, epoch, step, seconds, development, test], ['done', 20, 60, 70, scores, scores]);
    assert.deepEqual(
      [newest, best],
      [
        { epoch: 1, step: 3 },
        { epoch: 1, step: 3 },
      ],
    );
    assert.deepEqual(
      seen,
      ['started 0', 'progress 2', 'epoch 3', 'checkpoint 3', 'ended 60'],
      'the store knows of an event before those who listen',
    );
    await store.flush();
    const later = new RunStore(files(), { keep: () => 10, log: assert.fail, window: windowOf('later') });
    await later.load();
    const { history } = await later.readState(session.id);
    assert.deepEqual([history.steps, history.losses, history.epochs.length], [[1, 2], [3, 2], 1]);
    assert.deepEqual([...(await later.readModel(session.id, 'best'))], [3]);
  });

  it('passes on what a person asks for', () => {
    trainer.emit(started());
    session.pause();
    session.resume();
    session.stop();
    assert.deepEqual(trainer.asked, ['pause', 'resume', 'stop']);
  });

  it('saves what was learned where it is stopped again while it stops', () => {
    trainer.emit(started());
    session.stop();
    trainer.emit({ type: 'stopping' });
    session.stop();
    assert.deepEqual(trainer.asked, ['stop', 'stop']);
  });

  it('keeps why a run failed, and the last checkpoint', async () => {
    trainer.emit(checkpoint(5), failure('WorkerError', 'The trainer ended.'));
    assert.equal((await session.finished)?.name, 'WorkerError');
    assert.deepEqual([record().state, record().message], ['failed', 'The trainer ended.']);
    assert.deepEqual([...(await store.readModel(session.id, 'latest'))], [5]);
  });

  it('fails where no device is left, and can be resumed', async () => {
    trainer.emit(started(), checkpoint(3), movingTo(3), failure('DeviceLostError', 'cpu is gone.'));
    assert.equal((await session.finished)?.name, 'DeviceLostError');
    assert.deepEqual([record().state, canResume(record())], ['failed', true]);
  });

  it('is interrupted when the window closes, and takes no further event', async () => {
    session.dispose();
    trainer.emit(ended('done'));
    await session.finished;
    assert.equal(record().state, 'interrupted');
    session.dispose();
    assert.deepEqual([record().state, session.state.phase], ['interrupted', 'interrupted']);
  });

  it('does not change a run that has ended when it is disposed of', async () => {
    trainer.emit(ended('stopped'));
    await session.finished;
    session.dispose();
    assert.equal(record().state, 'stopped');
  });

  describe('before it has a trainer', () => {
    let early: RunSession;
    const types: string[] = [];
    beforeEach(() => {
      early = new RunSession(session.id, store);
      types.length = 0;
      early.onEvent(({ type }) => types.push(type));
    });

    it('ends at once where it is stopped', async () => {
      early.stop();
      await early.finished;
      assert.deepEqual(
        [record().state, early.hasEnded, early.hadTrainer, types],
        ['stopped', true, false, ['ended']],
      );
    });

    it('fails where it cannot be given one', async () => {
      early.abandon(new InputError('None of the files can be read.'));
      assert.equal((await early.finished)?.name, 'InputError');
      assert.deepEqual(
        [record().state, record().message, types],
        ['failed', 'None of the files can be read.', ['failed']],
      );
    });
  });

  describe('of a run that was taken up again', () => {
    let resumed: ScriptedRun;
    const again = async () => {
      trainer.emit(started(), progress([1, 2]), checkpoint(1), ended('stopped', { epoch: 1, step: 2 }));
      await session.finished;
      resumed = new ScriptedRun();
      const { before } = await store.reopen(session.id);
      session = new RunSession(session.id, store, before);
      return before;
    };

    it('gives it the learning rate that it was given last: its checkpoint may be of before', async () => {
      await again();
      session.follow(resumed);
      assert.deepEqual(resumed.asked, []);
      resumed.emit(
        started(1),
        checkpoint(1),
        { type: 'learningRate', epoch: 1, step: 2, learningRate: 0.25 },
        ended('stopped', { epoch: 1, step: 2 }),
      );
      await session.finished;
      const { before } = await store.reopen(session.id);
      session = new RunSession(session.id, store, before);
      session.follow((resumed = new ScriptedRun()));
      assert.deepEqual(resumed.asked, ['adjust 0.25']);
    });

    it('makes it what it was where it cannot go on', async () => {
      const before = await again();
      session.follow(resumed);
      resumed.emit(failure('InputError', 'The training data has changed.'));
      assert.equal((await session.finished)?.message, 'The training data has changed.');
      assert.equal(session.restored, true);
      assert.deepEqual(record(), before);
      assert.equal(record().state, 'stopped');
      assert.deepEqual((await store.readState(session.id)).history.steps, [1, 2]);
    });

    it('makes it what it was where it is stopped, abandoned or the window closes before it goes on', async () => {
      const before = await again();
      session.follow(resumed);
      resumed.emit(ended('stopped', { epoch: 0, step: 0, seconds: 0 }));
      assert.deepEqual([await session.finished, session.restored], [undefined, true]);
      assert.deepEqual(record(), before);
      for (const end of [
        (taken: RunSession) => taken.dispose(),
        (taken: RunSession) => taken.stop(),
        (taken: RunSession) => taken.abandon(new Error('The disk is gone.')),
      ]) {
        const taken = new RunSession(session.id, store, (await store.reopen(session.id)).before);
        end(taken);
        assert.deepEqual([record(), taken.restored], [before, true]);
      }
    });

    it('lets it fail where the trainer died, or once it has gone on', async () => {
      await again();
      session.follow(resumed);
      resumed.emit(failure('WorkerError', 'The trainer ended.'));
      assert.deepEqual([session.restored, record().state], [false, 'failed']);
      const { before } = await store.reopen(session.id);
      session = new RunSession(session.id, store, before);
      session.follow((resumed = new ScriptedRun()));
      resumed.emit(started(1), failure('InputError', 'Wrong.'));
      assert.deepEqual([session.restored, record().state], [false, 'failed']);
    });
  });
});

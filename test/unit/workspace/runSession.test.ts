import assert from 'node:assert/strict';
import { Emitter } from '../../../src/common/events';
import type { TrainingRun } from '../../../src/engine/engine';
import type { RunFacts } from '../../../src/run/facts';
import { emptyHistory } from '../../../src/run/history';
import type { RunEvent } from '../../../src/run/runEvent';
import { defaultSettings } from '../../../src/training/defaults';
import { canResume } from '../../../src/workspace/runRecord';
import { RunSession } from '../../../src/workspace/runSession';
import type { SessionEvent } from '../../../src/workspace/runSession';
import { RunStore } from '../../../src/workspace/runStore';
import { temporaryStorage } from './temporaryStorage';

/** A trainer that says what a test lets it say. */
class ScriptedRun implements TrainingRun {
  private readonly events = new Emitter<RunEvent>();
  readonly asked: string[] = [];
  readonly onEvent = this.events.event;
  say(event: RunEvent): void {
    this.events.fire(event);
  }
  pause(): void {
    this.asked.push('pause');
  }
  resume(): void {
    this.asked.push('resume');
  }
  stop(): void {
    this.asked.push('stop');
  }
  dispose(): void {
    this.asked.push('dispose');
  }
}

const words = {
  heldOut: 'A tenth is held out.',
  longSentences: (count: number) => `${count} are long.`,
  moved: (...parts: string[]) => parts.join(' '),
};
const counts = { training: 10, development: 2, test: 0 };
const facts: RunFacts = {
  device: 'cpu',
  deviceDescription: 'Plain JavaScript',
  labels: ['O', 'B-LOC'],
  scheme: 'IOB2',
  vocabulary: 5,
  features: 40,
  tokens: counts,
  sentences: counts,
  stepsPerEpoch: 3,
  epochs: 20,
  longest: 9,
  longSentences: 0,
  heldOut: true,
};
const scores = { tokens: 2, sentences: 1, loss: 0.5, accuracy: 0.5 };

describe('run session', () => {
  let trainer: ScriptedRun;
  let store: RunStore;
  const { files } = temporaryStorage(() => store.flush());
  let session: RunSession;
  let seen: SessionEvent[];
  let nowMs = 0;

  beforeEach(() => {
    trainer = new ScriptedRun();
    store = new RunStore(files(), { keep: () => 10, log: assert.fail, intervalMs: 0 });
    const { id } = store.create({
      corpus: 'c',
      corpusName: 'C',
      column: 'NER',
      settings: defaultSettings,
      spans: false,
    });
    session = new RunSession(id, trainer, store, emptyHistory(), words, undefined, () => nowMs);
    seen = [];
    session.onEvent((event) => seen.push(event));
  });

  const record = () => store.run(session.id)!;

  it('follows a run from its start to its end', async () => {
    assert.equal(session.state, 'starting');
    trainer.say({ type: 'started', facts, epoch: 1, step: 0 });
    assert.deepEqual(
      [session.state, record().device, record().spans, record().notices],
      ['running', 'Plain JavaScript', true, ['A tenth is held out.']],
    );
    trainer.say({
      type: 'progress',
      epoch: 1,
      step: 2,
      steps: [1, 2],
      losses: [3, 2],
      tokensPerSecond: 100,
      secondsLeft: 9,
      seconds: 1,
    });
    assert.deepEqual([session.loss, session.secondsLeft, record().step], [2.5, 9, 2]);
    trainer.say({
      type: 'epoch',
      epoch: 1,
      step: 3,
      loss: 2,
      development: scores,
      tokensPerSecond: 100,
      seconds: 1,
    });
    trainer.say({
      type: 'checkpoint',
      bytes: new Uint8Array([1, 2, 3]),
      epoch: 1,
      step: 3,
      best: true,
      latest: true,
    });
    trainer.say({
      type: 'ended',
      reason: 'done',
      epoch: 20,
      step: 60,
      seconds: 7,
      tokensPerSecond: 90,
      development: scores,
      test: scores,
    });
    assert.equal(await session.over, undefined);
    assert.equal(session.state, 'over');
    const { state, epoch, step, seconds, development, test, checkpoint, best } = record();
    assert.deepEqual([state, epoch, step, seconds, development, test], ['done', 20, 60, 7, scores, scores]);
    assert.deepEqual(
      [checkpoint, best],
      [
        { epoch: 1, step: 3 },
        { epoch: 1, step: 3 },
      ],
    );
    assert.deepEqual(
      seen.map(({ type }) => type),
      ['notice', 'changed', 'losses', 'changed', 'epoch', 'changed', 'checkpoint', 'changed'],
    );
    const history = await store.readHistory(session.id);
    assert.deepEqual([history.steps, history.losses, history.epochs.length], [[1, 2], [3, 2], 1]);
    assert.deepEqual([...(await store.readModel(session.id, 'latest'))], [1, 2, 3]);
  });

  it('counts the time of an epoch that is under way, pauses left out', () => {
    trainer.say({ type: 'started', facts, epoch: 1, step: 0 });
    nowMs += 2000;
    trainer.say({ type: 'paused' });
    nowMs += 60_000;
    trainer.say({ type: 'resumed' });
    nowMs += 500;
    trainer.say({
      type: 'progress',
      epoch: 1,
      step: 1,
      steps: [1],
      losses: [3],
      tokensPerSecond: 100,
      secondsLeft: 9,
      seconds: 1,
    });
    assert.equal(record().seconds, 2.5);
    trainer.say({ type: 'epoch', epoch: 1, step: 3, loss: 2, tokensPerSecond: 100, seconds: 2.25 });
    nowMs += 1000;
    trainer.say({ type: 'ended', reason: 'stopped', epoch: 2, step: 4, seconds: 0, tokensPerSecond: 90 });
    assert.equal(record().seconds, 3.25);
  });

  it('passes on what a person asks for, and what the trainer answers', () => {
    trainer.say({ type: 'started', facts, epoch: 1, step: 0 });
    session.pause();
    trainer.say({ type: 'paused' });
    assert.equal(session.state, 'paused');
    session.resume();
    trainer.say({ type: 'resumed' });
    assert.equal(session.state, 'running');
    session.stop();
    assert.deepEqual(trainer.asked, ['pause', 'resume', 'stop']);
  });

  it('stays paused where it was paused while starting, and counts no time until it goes on', () => {
    trainer.say({ type: 'paused' });
    nowMs += 1000;
    trainer.say({ type: 'started', facts, epoch: 1, step: 0 });
    assert.equal(session.state, 'paused');
    nowMs += 1000;
    trainer.say({ type: 'resumed' });
    assert.equal(session.state, 'running');
    nowMs += 250;
    trainer.say({
      type: 'progress',
      epoch: 1,
      step: 1,
      steps: [1],
      losses: [3],
      tokensPerSecond: 100,
      secondsLeft: 9,
      seconds: 1,
    });
    assert.equal(record().seconds, 0.25);
  });

  it('is starting again where it goes on before it has started', () => {
    trainer.say({ type: 'paused' });
    trainer.say({ type: 'resumed' });
    assert.equal(session.state, 'starting');
    nowMs += 1000;
    trainer.say({ type: 'started', facts, epoch: 1, step: 0 });
    assert.deepEqual([session.state, record().seconds], ['running', 0]);
  });

  describe('that was taken up again', () => {
    let resumed: ScriptedRun;
    const again = async () => {
      trainer.say({ type: 'started', facts, epoch: 1, step: 0 });
      trainer.say({
        type: 'progress',
        epoch: 1,
        step: 2,
        steps: [1, 2],
        losses: [3, 2],
        tokensPerSecond: 100,
        secondsLeft: 9,
        seconds: 1,
      });
      trainer.say({
        type: 'checkpoint',
        bytes: new Uint8Array([9]),
        epoch: 0,
        step: 1,
        best: false,
        latest: true,
      });
      trainer.say({ type: 'ended', reason: 'stopped', epoch: 1, step: 2, seconds: 7, tokensPerSecond: 90 });
      await session.over;
      resumed = new ScriptedRun();
      const { before, history } = await store.reopen(session.id);
      session = new RunSession(session.id, resumed, store, history, words, before, () => nowMs);
      return before;
    };

    it('is what it was where it cannot go on', async () => {
      const before = await again();
      resumed.say({
        type: 'failed',
        error: { name: 'InputError', message: 'The training data has changed.' },
      });
      assert.equal((await session.over)?.message, 'The training data has changed.');
      assert.equal(session.restored, true);
      assert.deepEqual(record(), before);
      assert.equal(record().state, 'stopped');
      assert.deepEqual((await store.readHistory(session.id)).steps, [1, 2]);
    });

    it('is what it was where it is stopped or the window closes before it goes on', async () => {
      const before = await again();
      resumed.say({ type: 'ended', reason: 'stopped', epoch: 0, step: 0, seconds: 0, tokensPerSecond: 0 });
      assert.deepEqual([await session.over, session.restored], [undefined, true]);
      assert.deepEqual(record(), before);
      const { before: second, history } = await store.reopen(session.id);
      session = new RunSession(session.id, new ScriptedRun(), store, history, words, second);
      session.dispose();
      assert.deepEqual(record(), before);
    });

    it('has failed where the trainer died, or once it has gone on', async () => {
      await again();
      resumed.say({ type: 'failed', error: { name: 'WorkerError', message: 'The trainer ended.' } });
      assert.deepEqual([session.restored, record().state], [false, 'failed']);
      await again();
      resumed.say({ type: 'started', facts, epoch: 1, step: 1 });
      resumed.say({ type: 'failed', error: { name: 'InputError', message: 'Wrong.' } });
      assert.deepEqual([session.restored, record().state], [false, 'failed']);
    });
  });

  describe('that moves to another device', () => {
    const progress = (step: number) =>
      ({
        type: 'progress',
        epoch: 1,
        step,
        steps: [step],
        losses: [step],
        tokensPerSecond: 100,
        secondsLeft: 9,
        seconds: 1,
      }) as const;
    const moving = {
      type: 'moving',
      from: 'webgpu',
      why: 'The panel was closed.',
      error: { name: 'WorkerError', message: 'The panel was closed.' },
      epoch: 1,
      step: 3,
    } as const;
    const begin = () => {
      trainer.say({
        type: 'chosen',
        device: 'webgpu',
        trials: [{ device: 'webgpu', tokensPerSecond: 7 }],
        remembered: false,
      });
      trainer.say({ type: 'started', facts: { ...facts, longSentences: 2 }, epoch: 1, step: 0 });
      for (const step of [1, 2, 3]) trainer.say(progress(step));
      trainer.say({ type: 'epoch', epoch: 1, step: 3, loss: 2, tokensPerSecond: 100, seconds: 1 });
      trainer.say({
        type: 'checkpoint',
        bytes: new Uint8Array([1]),
        epoch: 1,
        step: 3,
        best: true,
        latest: true,
      });
      for (const step of [4, 5, 6]) trainer.say(progress(step));
      trainer.say({ type: 'epoch', epoch: 2, step: 6, loss: 2, tokensPerSecond: 100, seconds: 1 });
    };

    it('goes back to its checkpoint, and its curves with it', async () => {
      begin();
      trainer.say(moving);
      assert.deepEqual(
        [
          session.state,
          session.history.steps,
          session.history.epochs.map(({ epoch }) => epoch),
          record().epoch,
          record().step,
        ],
        ['starting', [1, 2, 3], [1], 1, 3],
      );
      trainer.say({
        type: 'started',
        facts: { ...facts, device: 'simd', deviceDescription: 'WebAssembly SIMD' },
        epoch: 1,
        step: 3,
      });
      trainer.say({ type: 'moved', from: 'webgpu', to: 'simd', why: 'The panel was closed.' });
      assert.deepEqual(
        [session.state, record().device, record().choice?.device],
        ['running', 'WebAssembly SIMD', 'webgpu'],
      );
      // Its end is done again where the checkpoint is of the epoch's last step.
      trainer.say({ type: 'epoch', epoch: 1, step: 3, loss: 2, tokensPerSecond: 100, seconds: 1 });
      for (const step of [4, 5]) trainer.say(progress(step));
      assert.deepEqual(
        [session.history.steps, session.history.losses, session.history.epochs.length],
        [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], 1],
      );
      assert.deepEqual((await store.readHistory(session.id)).steps, [1, 2, 3, 4, 5]);
    });

    it('says so once, beside what is to be known of the corpus, and keeps it with the run', () => {
      begin();
      trainer.say(moving);
      trainer.say({ type: 'started', facts: { ...facts, longSentences: 2 }, epoch: 1, step: 3 });
      trainer.say({ type: 'moved', from: 'webgpu', to: 'simd', why: 'The panel was closed.' });
      const notices = ['A tenth is held out.', '2 are long.', 'webgpu simd The panel was closed.'];
      assert.deepEqual(record().notices, notices);
      assert.deepEqual(
        seen.filter((event) => event.type === 'notice').map(({ text }) => text),
        notices,
      );
      assert.equal(record().message, undefined);
    });

    it('counts no time till it goes on, and stays paused where it was', () => {
      begin();
      trainer.say({ type: 'paused' });
      trainer.say(moving);
      assert.equal(session.state, 'paused');
      nowMs += 5000;
      trainer.say({ type: 'resumed' });
      assert.equal(session.state, 'starting');
      nowMs += 5000;
      trainer.say({ type: 'started', facts, epoch: 1, step: 3 });
      assert.equal(session.state, 'running');
      nowMs += 500;
      trainer.say(progress(4));
      assert.equal(record().seconds, 1.5);
    });

    it('fails where none is left, and can be resumed', async () => {
      begin();
      trainer.say(moving);
      trainer.say({
        type: 'failed',
        error: { name: 'DeviceLostError', message: 'cpu is gone.', hint: 'Resume it.' },
      });
      assert.equal((await session.over)?.name, 'DeviceLostError');
      assert.deepEqual([record().state, canResume(record())], ['failed', true]);
    });
  });

  it('keeps why a run failed, with what can be done, and the last checkpoint', async () => {
    trainer.say({
      type: 'checkpoint',
      bytes: new Uint8Array([9]),
      epoch: 1,
      step: 5,
      best: false,
      latest: true,
    });
    trainer.say({
      type: 'failed',
      error: { name: 'WorkerError', message: 'The trainer ended.', hint: 'Resume it.' },
    });
    assert.equal((await session.over)?.name, 'WorkerError');
    assert.deepEqual([record().state, record().message], ['failed', 'The trainer ended. Resume it.']);
    assert.deepEqual([...(await store.readModel(session.id, 'latest'))], [9]);
  });

  it('keeps why a run diverged, and the scores of the last epoch', async () => {
    trainer.say({
      type: 'epoch',
      epoch: 1,
      step: 3,
      loss: 2,
      development: scores,
      tokensPerSecond: 100,
      seconds: 1,
    });
    trainer.say({
      type: 'ended',
      reason: 'diverged',
      message: 'The loss is not a number: lower the learning rate.',
      epoch: 2,
      step: 4,
      seconds: 1,
      tokensPerSecond: 1,
    });
    await session.over;
    assert.deepEqual([record().state, record().development], ['diverged', scores]);
    assert.match(record().message ?? '', /learning rate/);
  });

  it('is interrupted when the window closes, and hears nothing more', async () => {
    session.dispose();
    trainer.say({ type: 'ended', reason: 'done', epoch: 20, step: 60, seconds: 7, tokensPerSecond: 90 });
    await session.over;
    assert.equal(record().state, 'interrupted');
    session.dispose();
    assert.equal(record().state, 'interrupted');
  });

  it('does not change a run that is over when it is disposed of', async () => {
    trainer.say({ type: 'ended', reason: 'stopped', epoch: 1, step: 6, seconds: 7, tokensPerSecond: 90 });
    await session.over;
    session.dispose();
    assert.equal(record().state, 'stopped');
  });
});

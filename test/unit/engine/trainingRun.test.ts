import assert from 'node:assert/strict';
import { WorkerError } from '../../../src/engine/engine';
import type { TrainerEvent, TrainerRequest } from '../../../src/engine/protocol';
import { stopWithinMs, WorkerTrainingRun } from '../../../src/engine/trainingRun';
import { defaultSettings } from '../../../src/training/settings';
import { FakePort } from './fakePort';

function start(): { port: FakePort<TrainerRequest, TrainerEvent>; run: WorkerTrainingRun; events: TrainerEvent[] } {
  const port = new FakePort<TrainerRequest, TrainerEvent>();
  const data = { corpus: 'c', corpusName: 'c', column: 'UPOS', files: [], replaceInvalidBytes: false };
  const run = new WorkerTrainingRun(port, data, defaultSettings);
  const events: TrainerEvent[] = [];
  run.onEvent((event) => events.push(event));
  return { port, run, events };
}
const progress = { type: 'progress', epoch: 2, step: 50, steps: [50], losses: [1], tokensPerSecond: 1000, secondsLeft: 3, seconds: 2 } as const;

describe('a training run from the host', () => {
  it('ends a worker that is silent after a stop, within 200 ms, and says stopped', async () => {
    const { port, run, events } = start();
    port.answer(progress);
    const before = performance.now();
    const ended = new Promise<TrainerEvent>((resolve) => run.onEvent((event) => event.type === 'ended' && resolve(event)));
    run.stop();
    const event = await ended;
    const tookMs = performance.now() - before;
    assert.ok(tookMs >= stopWithinMs - 5 && tookMs < stopWithinMs + 150, `took ${tookMs} ms`);
    assert.ok(port.disposed);
    assert.deepEqual(event, { type: 'ended', reason: 'stopped', epoch: 2, step: 50, seconds: 2, tokensPerSecond: 1000 });
    port.answer(progress);
    assert.equal(events.at(-1)?.type, 'ended');
  });

  it('lets a worker that answers a stop end by itself, once', async () => {
    const { port, run, events } = start();
    run.stop();
    run.stop();
    assert.deepEqual(port.posted.map(({ type }) => type), ['read', 'train', 'stop']);
    port.answer({ type: 'ended', reason: 'stopped', epoch: 1, step: 9, seconds: 1, tokensPerSecond: 5 });
    await new Promise((resolve) => setTimeout(resolve, stopWithinMs + 50));
    assert.deepEqual(events.map(({ type }) => type), ['ended']);
  });

  it('reports a worker that died with a way out, and is then over', () => {
    const { port, run, events } = start();
    port.die(new WorkerError('it ran out of memory'));
    run.stop();
    run.pause();
    assert.equal(events.length, 1);
    assert.ok(events[0].type === 'failed' && events[0].error.name === 'WorkerError' && /checkpoint/.test(events[0].error.hint ?? ''));
    assert.deepEqual(port.posted.map(({ type }) => type), ['read', 'train']);
  });

  it('says nothing more once disposed', () => {
    const { port, run, events } = start();
    run.dispose();
    port.answer(progress);
    assert.ok(port.disposed);
    assert.equal(events.length, 0);
  });
});

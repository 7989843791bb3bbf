import assert from 'node:assert/strict';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { WorkerError } from '../../src/common/errors';
import { createNodeEngine } from '../../src/engine/node/nodeEngine';
import type { SourceFile } from '../../src/engine/sourceFile';
import { writeModel } from '../../src/model/modelFile';
import { toyFile } from '../unit/engine/toyCorpus';
import { randomModel } from '../unit/model/models';
import { assertSameBits, finishInNextWindow, keptRun, lookAround, withFolder } from './keptRuns';
import { atEachMoment, pause } from './moments';
import type { Draw } from './moments';
import { TestWindow } from './testWindow';
import { formNames } from './toyRuns';

/** Worker threads of this process that live. */
const living = new Set<Worker>();
process.on('worker', (worker: Worker) => {
  living.add(worker);
  worker.on('exit', () => living.delete(worker));
});

/** Ends all worker threads in the midst of what they do. */
async function endWorkers(): Promise<number> {
  const ended = await Promise.all([...living].map((worker) => worker.terminate()));
  return ended.length;
}

const engine = createNodeEngine({ distFolder: path.resolve('dist'), threads: 1 });
const diesOf = (role: string): RegExp => new RegExp(`The ${role} ended unexpectedly: exit code \\d`);

describe('A trainer that is ended at any moment', () => {
  it('is replaced once, and a second time its run can be resumed: to the same bits', () =>
    atEachMoment('trainers', (draw) => {
      const form = draw.oneOf(...formNames);
      return withFolder(async (folder) => {
        const window = new TestWindow({ folder, form, intervalMs: draw.oneOf(0, 10, 1000) });
        await window.open();
        const deaths = Array.from({ length: 1 + draw.below(2) }, () => ({
          event: draw.below(20),
          delay: draw.below(15),
        }));
        let [events, ended] = [0, 0];
        const session = await window.train(({ type }) => {
          const next = deaths.at(0);
          if (type === 'ended' || events++ < (next?.event ?? Infinity)) return;
          deaths.shift();
          events = 0;
          void pause(next!.delay).then(async () => (ended += await endWorkers()));
        });
        const error = await session?.finished;
        await window.close();
        if (error === undefined) {
          await lookAround({ folder, form });
          await assertSameBits(folder, form);
        } else {
          assert.equal(error.name, 'WorkerError', JSON.stringify(error));
          assert.match(error.message, diesOf('trainer'));
          // Nothing was learned yet that could be lost.
          if (keptRun(folder).step === undefined) return `${ended} ended, failed before a checkpoint`;
          await finishInNextWindow({ folder, form });
        }
        return `${ended} ended, ${error ? 'resumed' : 'went on'}`;
      });
    }));
});

const requests = 12;

/**
 * Has `ask` asked several times, ends the worker meanwhile, and looks that each answer is right or says that
 * the worker ended, and that the next is right.
 */
async function askThroughDeath(
  draw: Draw,
  role: string,
  ask: () => Promise<void>,
  again: () => Promise<void>,
): Promise<string> {
  let [answered, failed] = [0, 0];
  const [last, delay] = [draw.below(requests), draw.below(5)];
  let ending: Promise<unknown> | undefined;
  const endAfter = (answers: number): void => {
    if (answers === last) ending = pause(delay).then(endWorkers);
  };
  const asked = Array.from({ length: requests }, async () => {
    try {
      await ask();
      endAfter(++answered);
    } catch (error) {
      assert.ok(error instanceof WorkerError, String(error));
      assert.match(error.message, diesOf(role));
      failed++;
    }
  });
  endAfter(0);
  await Promise.all(asked);
  await ending;
  await again();
  return failed === 0 ? 'after all answers' : answered === 0 ? 'before any answer' : 'between answers';
}

describe('A tagger that is ended at any moment', () => {
  it('answers or says so, and the next request is answered, with the models of before', async () => {
    const bytes = writeModel(randomModel());
    const layout = { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' } as const;
    const text = new TextDecoder().decode(toyFile('x', 40).content as Uint8Array);
    const input = { kind: 'rows', text, firstLine: 0, layout } as const;
    const whole = engine.createTagger();
    await whole.request({ type: 'load', key: 'm', bytes });
    const right = await whole.request({ type: 'tag', key: 'm', input });
    whole.dispose();
    await atEachMoment('taggers', async (draw) => {
      const tagger = engine.createTagger();
      try {
        await tagger.request({ type: 'load', key: 'm', bytes });
        const ask = async (): Promise<void> =>
          assert.deepEqual(await tagger.request({ type: 'tag', key: 'm', input }), right);
        return await askThroughDeath(draw, 'tagger', ask, ask);
      } finally {
        tagger.dispose();
      }
    });
  });
});

describe('A corpus reader that is ended at any moment', () => {
  it('answers or says so, and the next one that is given all files finds the same', async () => {
    const files = (): SourceFile[] => [toyFile('train.conll', 400), toyFile('dev.conll', 30, 5000)];
    const request = { removed: [], replaceInvalidBytes: false };
    const whole = engine.createReader();
    const right = await whole.scan({ changed: files(), ...request });
    whole.dispose();
    await atEachMoment('readers', async (draw) => {
      const reader = engine.createReader();
      try {
        const ask = async (): Promise<void> =>
          assert.deepEqual(await reader.scan({ changed: files(), ...request }), right);
        return await askThroughDeath(draw, 'corpus reader', ask, ask);
      } finally {
        reader.dispose();
      }
    });
  });
});

import assert from 'node:assert/strict';
import type { Device } from '../../../src/kernels/device';
import type { Shape } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { leavesOf } from '../../../src/kernels/tree';
import { lengthGrid, longestSentence, planBatches } from '../../../src/model/batches';
import { sampleOf, representativeBatches, TrainingMeasurement } from '../../../src/training/measure';
import type { MeasuredSpeed, MeasureOptions } from '../../../src/training/measure';
import { corpusOf, smallLanguage } from './corpora';
import { resolved } from './resolved';

const corpus = corpusOf({ training: smallLanguage(300, 1) });
const { training } = corpus.splits;

/**
 * The reference under a clock of its own: a run takes so long for each row of its batch, and the first of a
 * shape longer.
 */
function clocked(msPerRow: number, compileMs = 0): { device: Device; now: () => number; runs: number[] } {
  const reference = createReferenceDevice();
  let ms = 0;
  const runs: number[] = [];
  const device: Device = {
    ...reference,
    name: 'cpu',
    compile: async (program, shapes) => {
      const plan = await reference.compile(program, shapes);
      // The mask has a row for each token.
      const rows = Math.max(
        ...leavesOf<Shape>(shapes)
          .filter((shape) => shape.columns === 1)
          .map((shape) => shape.rows),
      );
      let first = true;
      return {
        ...plan,
        run: (inputs) => {
          ms += rows * msPerRow + (first ? compileMs : 0);
          first = false;
          runs.push(rows);
          return plan.run(inputs);
        },
        dispose: () => plan.dispose(),
      };
    },
  };
  return { device, now: () => ms, runs };
}

const options = (
  clock: Pick<MeasureOptions, 'device' | 'now'>,
  change: Partial<MeasureOptions> = {},
): MeasureOptions => ({
  corpus,
  settings: resolved({ hidden: 4 }),
  yieldToHost: async () => 'continue',
  device: clock.device,
  now: clock.now,
  ...change,
});

/** The first round of a device's. */
async function firstRound(given: MeasureOptions, best = 0): Promise<MeasuredSpeed | undefined> {
  const measurement = new TrainingMeasurement(given);
  return measurement.round(best).finally(() => measurement.dispose());
}

describe('measuring a device', () => {
  it('gives tokens per second of warm steps: compiling does not count, padding does', async () => {
    for (const batch of [1, 4, 0]) {
      const settings = resolved({ hidden: 4, batch });
      const speed = await firstRound(options(clocked(1, 5000), { settings }));
      assert.ok(
        speed && !speed.givenUp && speed.tokensPerSecond > 700 && speed.tokensPerSecond <= 1000,
        JSON.stringify(speed),
      );
    }
  });

  it('stops measuring a device after one small step where it is far slower than the best, and no other', async () => {
    const slow = clocked(1);
    const settings = resolved({ hidden: 4, batch: 32 });
    const given = await firstRound(options(slow, { settings }), 8000);
    assert.equal(given?.givenUp, true);
    assert.equal(slow.runs.length, 2, 'one to compile, one to time');
    assert.ok(slow.runs.every((rows) => rows <= 4 * longestSentence(training.start)));
    const fair = await firstRound(options(clocked(1), { settings }), 2000);
    assert.equal(fair?.givenUp, false);
  });

  it('compiles nothing again in later rounds, whose figures stand for themselves', async () => {
    let msPerRow = 1;
    let ms = 0;
    const clock = clocked(1, 5000);
    let before = 0;
    const now = (): number => {
      ms += (clock.now() - before) * msPerRow;
      before = clock.now();
      return ms;
    };
    const measurement = new TrainingMeasurement(options({ device: clock.device, now }));
    const quick = await measurement.round(0);
    msPerRow = 10;
    const busy = await measurement.round(0);
    msPerRow = 1;
    const last = await measurement.round(0);
    measurement.dispose();
    assert.ok(quick && busy && last);
    assert.ok(Math.abs(quick.tokensPerSecond / busy.tokensPerSecond - 10) < 0.1, 'a busy moment is seen');
    assert.equal(last.tokensPerSecond, quick.tokensPerSecond, 'and leaves no trace');
  });

  it('gives a device that was given up a second chance, which costs one step', async () => {
    const clock = clocked(1);
    const settings = resolved({ hidden: 4, batch: 32 });
    const measurement = new TrainingMeasurement(options(clock, { settings }));
    assert.equal((await measurement.round(8000))?.givenUp, true);
    assert.equal((await measurement.round(8000))?.givenUp, true);
    assert.equal(clock.runs.length, 3);
    assert.equal((await measurement.round(2000))?.givenUp, false);
    measurement.dispose();
  });

  it('ends early when it is stopped', async () => {
    const clock = clocked(1);
    assert.equal(await firstRound(options(clock, { yieldToHost: async () => 'stop' })), undefined);
    assert.equal(clock.runs.length, 1);
  });

  it('fails with a DeviceLostError where the device is lost', async () => {
    const { device } = clocked(1);
    const lost = { ...device, compile: () => Promise.reject(new Error('gone')) };
    await assert.rejects(firstRound(options({ device: lost, now: () => 0 })), /gone/);
  });
});

describe('the batches that a device is measured on', () => {
  it('are drawn evenly from the whole corpus, in whole sentences', () => {
    const sample = sampleOf(training, 50);
    assert.equal(sample.sentences, 50);
    for (let s = 0; s < 50; s++) {
      const from = training.start[6 * s];
      const to = training.start[6 * s + 1];
      assert.deepEqual(
        sample.words.slice(sample.start[s], sample.start[s + 1]),
        training.words.slice(from, to),
      );
      assert.deepEqual(
        sample.labels.slice(sample.start[s], sample.start[s + 1]),
        training.labels.slice(from, to),
      );
    }
    assert.equal(sampleOf(training, 300), training);
  });

  it('have the lengths in the middle of each third of the tokens', () => {
    const batches = planBatches(training.start, 4, lengthGrid(longestSentence(training.start)), {
      seed: 1,
      epoch: 1,
    });
    const lengths = representativeBatches(batches, 3).map((index) => batches.sweep(index).length);
    assert.equal(lengths.length, 3);
    assert.deepEqual(
      lengths,
      [...lengths].sort((a, b) => a - b),
    );
    assert.ok(lengths[0] < lengths[2]);
    const one = planBatches(Uint32Array.of(0, 7), 4, [7]);
    assert.deepEqual(representativeBatches(one, 3), [0]);
  });
});

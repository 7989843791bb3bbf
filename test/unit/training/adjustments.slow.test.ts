import assert from 'node:assert/strict';
import { readModel } from '../../../src/model/modelFile';
import type { RunAdjustments } from '../../../src/run/runAdjustments';
import { run, small, stopAt } from './runs';
import type { RunOptions, Told } from './runs';

/** What is changed from that turn of the host on. */
function changing(turn: number, changed: RunAdjustments, stop = Infinity): RunOptions {
  let turns = 0;
  const stopping = stopAt(stop);
  return {
    msPerLook: 20,
    yieldToHost: () => {
      turns++;
      return stopping();
    },
    adjustments: () => (turns > turn ? changed : {}),
  };
}

const settings = { input: 'one-hot', batch: 4, epochs: 4, optimizer: 'adam', schedule: 'linear' } as const;
const outcome = ({ result, epochs }: Pick<Told, 'result' | 'epochs'>): unknown => ({
  parameters: result.model.parameters,
  scores: [result.reason, result.epoch, result.step, result.development],
  epochs: epochs.map(({ epoch, loss, learningRate }) => ({ epoch, loss, learningRate })),
});

describe('a run that is changed while it trains', function () {
  this.timeout(600_000);

  it('stops after the epoch in which that is asked for, and goes on as if it had not', async () => {
    const corpus = small();
    const whole = await run(corpus, settings);
    const stepsPerEpoch = whole.started[0].stepsPerEpoch;
    // More than one epoch's turns: in the second epoch.
    const cut = await run(corpus, settings, changing(stepsPerEpoch + 3, { stopAfterEpoch: true }));
    assert.equal(cut.result.reason, 'stopped');
    assert.ok(cut.epochs.length > 0 && cut.epochs.length < settings.epochs);
    assert.equal(cut.result.step, cut.epochs.length * stepsPerEpoch);
    const rest = await run(corpus, settings, { checkpoint: readModel(cut.checkpoints.at(-1)!.bytes) });
    assert.deepEqual(
      outcome({ result: rest.result, epochs: [...cut.epochs, ...rest.epochs] }),
      outcome(whole),
    );
  });

  it('is done where that is asked for in its last epoch, or goes on where it is taken back', async () => {
    const corpus = small();
    const last = await run(corpus, { ...settings, epochs: 1 }, changing(2, { stopAfterEpoch: true }));
    assert.equal(last.result.reason, 'done');
    const goesOn = await run(corpus, settings, changing(2, { stopAfterEpoch: false }));
    assert.deepEqual(outcome(goesOn), outcome(await run(corpus, settings)));
  });

  it('takes another learning rate at its next step, says so once, and falls on from there', async () => {
    const corpus = small();
    const as = await run(corpus, settings);
    const changed = await run(corpus, settings, changing(20, { learningRate: 0.0005 }));
    assert.equal(changed.rates.length, 1);
    const [{ step, learningRate }] = changed.rates;
    assert.equal(learningRate, 0.0005);
    assert.ok(step > 0 && step < changed.result.step);
    const { learningRate: first } = as.result.model.settings;
    for (const [index, { epoch, learningRate: now = NaN }] of changed.epochs.entries()) {
      const before = as.epochs[index].learningRate ?? NaN;
      const isChanged = epoch * as.started[0].stepsPerEpoch > step;
      assert.ok(Math.abs(now - (isChanged ? (before / first) * 0.0005 : before)) < 1e-12);
    }
    assert.notDeepEqual(outcome(changed), outcome(as));
  });

  it('keeps the learning rate in its checkpoints: wherever it is cut off, it ends with the same parameters', async () => {
    const corpus = small();
    const whole = outcome(await run(corpus, settings, changing(20, { learningRate: 0.0005 })));
    let resumed = 0;
    for (let stop = 21; stop < 100; stop += 7) {
      const cut = await run(corpus, settings, changing(20, { learningRate: 0.0005 }, stop));
      // Before it was changed, or at its end.
      if (cut.rates.length === 0 || cut.result.reason === 'done') continue;
      resumed++;
      const rest = await run(corpus, settings, { checkpoint: readModel(cut.checkpoints.at(-1)!.bytes) });
      assert.deepEqual(
        outcome({ result: rest.result, epochs: [...cut.epochs, ...rest.epochs] }),
        whole,
        `cut off at turn ${stop}`,
      );
    }
    assert.ok(resumed > 3, String(resumed));
  });
});

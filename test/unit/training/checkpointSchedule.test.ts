import assert from 'node:assert/strict';
import { readModel } from '../../../src/model/modelFile';
import { CheckpointSchedule } from '../../../src/training/checkpointSchedule';
import { run, small, stopAt, wild, wildCorpus } from './runs';

describe('the schedule of checkpoints', () => {
  it('has one every 3 s where they cost little, the first after 0.5 s', () => {
    let ms = 1000;
    const schedule = new CheckpointSchedule(() => ms);
    const dueAfter = (): number => {
      const began = ms;
      while (!schedule.due) ms++;
      return ms - began;
    };
    assert.ok(schedule.affordable);
    assert.equal(dueAfter(), 500);
    assert.equal(
      schedule.make(() => true),
      true,
    );
    assert.equal(dueAfter(), 3000);
    schedule.make(() => ((ms += 10), true));
    assert.ok(!schedule.affordable);
    assert.equal(dueAfter(), 3000);
  });

  it('are further apart where writing them would take more than a twentieth of the time', () => {
    let ms = 0;
    const schedule = new CheckpointSchedule(() => ms);
    assert.equal(
      schedule.make(() => ((ms += 400), false)),
      false,
    );
    ms += 7999;
    assert.deepEqual([schedule.affordable, schedule.due], [false, false]);
    ms++;
    assert.deepEqual([schedule.affordable, schedule.due], [true, true]);
  });
});

describe('checkpoints that take long to write', () => {
  const costMs = 1000;

  it('take at most a twentieth of the training time; a best epoch between two of them is kept as a model without training state; the last one is written at the end, and then the model', async () => {
    for (const count of [28, 29, 30]) {
      const { checkpoints, epochs, result } = await run(
        wildCorpus(),
        { ...wild, epochs: count },
        { msPerLook: 100, msPerCheckpoint: costMs },
      );
      const latest = checkpoints.filter((checkpoint) => checkpoint.latest);
      const [last] = latest.slice(-1);
      const spaced = latest.slice(0, -1);
      const model = checkpoints[checkpoints.length - 1];
      assert.ok(spaced.length > 2 && spaced.length < epochs.length);
      for (let i = 1; i < spaced.length; i++) assert.ok(spaced[i].ms - spaced[i - 1].ms >= 20 * costMs);
      assert.deepEqual([last.step, readModel(last.bytes).state?.step], [result.step, result.step]);
      assert.deepEqual([model.best, model.latest, readModel(model.bytes).state], [true, false, undefined]);
      assert.ok(spaced.every(({ bytes }) => readModel(bytes).state));
      const models = checkpoints.slice(0, -1).filter((checkpoint) => !checkpoint.latest);
      assert.ok(models.length > 0);
      for (const { bytes, best, epoch } of models) {
        const { state, development } = readModel(bytes);
        assert.deepEqual([state, best, development], [undefined, true, epochs[epoch - 1].development]);
      }
      // Whoever keeps the best model has it after each epoch.
      const kept = checkpoints.filter((checkpoint) => checkpoint.best).at(-2)!;
      assert.deepEqual(readModel(kept.bytes).parameters, result.model.parameters);
    }
  });

  it('are made when the run is stopped, too', async () => {
    for (const turn of [5, 20, 35]) {
      const { checkpoints, result } = await run(
        small(),
        {},
        { msPerLook: 20, msPerCheckpoint: costMs, yieldToHost: stopAt(turn) },
      );
      const last = checkpoints.at(-1)!;
      assert.deepEqual(
        [result.reason, last.latest, last.step, readModel(last.bytes).state?.step],
        ['stopped', true, result.step, result.step],
      );
    }
  });
});

describe('a run of whose model nobody keeps anything', () => {
  it('makes no checkpoint, and ends with the same model', async () => {
    const alone = await run(small(), {}, { msPerLook: 20, checkpoints: false });
    const other = await run(small(), {}, { msPerLook: 20 });
    assert.deepEqual(alone.checkpoints, []);
    assert.ok(other.checkpoints.length > 2);
    assert.deepEqual(alone.result.model.parameters, other.result.model.parameters);
  });
});

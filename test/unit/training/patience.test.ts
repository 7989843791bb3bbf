import assert from 'node:assert/strict';
import { readModel } from '../../../src/model/modelFile';
import { isBetter } from '../../../src/training/scores';
import { corpusOf, smallLanguage } from './corpora';
import { run, wild, wildCorpus } from './runs';
import type { Told } from './runs';

/**
 * The epoch after which a run ends, by the scores that a whole one told: the best, and so many behind it that
 * are not.
 */
function expectedEnd({ epochs }: Told, patience: number): { best: number; last: number } {
  let best = 1;
  for (const { epoch, development } of epochs) {
    if (isBetter(development!, epochs[best - 1].development!)) best = epoch;
    if (epoch - best >= patience) return { best, last: epoch };
  }
  return { best, last: epochs.length };
}

describe('patience', () => {
  let whole: Told;
  before(async () => {
    whole = await run(wildCorpus(), wild);
  });

  it('ends a run after so many epochs in a row without a better score, with the best', async () => {
    const ends: number[] = [];
    for (const patience of [1, 2, 3, 100]) {
      const { best, last } = expectedEnd(whole, patience);
      const { result, epochs, checkpoints } = await run(wildCorpus(), { ...wild, patience });
      assert.equal(result.reason, 'done');
      assert.deepEqual([result.epoch, epochs.length, epochs.at(-1)!.step], [last, last, result.step]);
      assert.deepEqual(
        epochs.map(({ development }) => development),
        whole.epochs.slice(0, last).map(({ development }) => development),
      );
      assert.deepEqual(result.development, epochs[best - 1].development);
      assert.equal(
        result.message,
        last === whole.epochs.length
          ? undefined
          : `Training ended early: ${patience === 1 ? 'an epoch' : `${patience} epochs in a row`} brought no better score on development data.`,
      );
      // The last state, and then the best model without one.
      const [state, model] = checkpoints.slice(-2);
      assert.deepEqual([state.step, state.latest, model.best], [result.step, true, true]);
      assert.equal(readModel(state.bytes).state?.epoch, last + 1);
      assert.equal(readModel(model.bytes).state, undefined);
      assert.deepEqual(readModel(model.bytes).parameters, result.model.parameters);
      ends.push(last);
    }
    assert.ok(ends[0] < ends[1] && ends[1] < whole.epochs.length, ends.join());
    assert.equal(ends[3], whole.epochs.length);
  });

  it('that has run out ends a resumed run, too, before another step', async () => {
    const { result, checkpoints } = await run(wildCorpus(), { ...wild, patience: 1 });
    const again = await run(
      wildCorpus(),
      { ...wild, patience: 1 },
      { checkpoint: readModel(checkpoints.at(-2)!.bytes) },
    );
    assert.deepEqual(
      [again.result.reason, again.result.epoch, again.result.step, again.epochs.length],
      ['done', result.epoch, result.step, 0],
    );
    assert.equal(again.result.message, result.message);
    assert.deepEqual(again.result.model.parameters, result.model.parameters);
    assert.deepEqual(again.result.development, result.development);
  });

  it('does nothing without development data', async () => {
    const { result, epochs } = await run(corpusOf({ training: smallLanguage(12, 1) }), {
      ...wild,
      epochs: 5,
      patience: 1,
    });
    assert.deepEqual([result.reason, result.message, epochs.length], ['done', undefined, 5]);
  });

  it('makes the time left an upper bound, which is 0 at the end', async () => {
    const { progress } = await run(wildCorpus(), { ...wild, patience: 1 }, { msPerLook: 7 });
    assert.equal(progress.at(-1)!.secondsLeft, 0);
    assert.ok(progress.length > 3 && progress.slice(0, -1).every(({ secondsLeft }) => secondsLeft > 0));
  });
});

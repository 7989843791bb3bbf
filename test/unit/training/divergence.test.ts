import assert from 'node:assert/strict';
import { DivergenceGuard } from '../../../src/training/divergence';
import { resolved } from './resolved';

const at = { epoch: 2, step: 34 };
const guardOf = (given: Parameters<typeof resolved>[0] = {}) =>
  new DivergenceGuard(resolved({ input: 'one-hot', learningRate: 0.5, ...given }), {});

describe('the divergence guard', () => {
  it('tells a loss or a gradient that is no finite number, and what to change', () => {
    assert.equal(
      guardOf({ clip: 0 }).check(NaN, 10, 1, at),
      'The training loss became NaN in epoch 2, step 34. Lower the learning rate (it is 0.5; try 0.05), or clip the gradient norm (clip is 0, off; try 5).',
    );
    assert.match(
      guardOf({ clip: 1 }).check(1, 10, Infinity, at)!,
      /gradient became Infinity.*try 0\.05\)\.$/,
    );
    assert.match(
      guardOf({ clip: 5, activation: 'relu' }).check(1, 10, NaN, at)!,
      /lower \(clip is 5; try 1\), or use tanh/,
    );
  });

  it('gives advice that suits the optimizer', () => {
    const usual = resolved().learningRate;
    const adam = (given: Parameters<typeof resolved>[0]): string =>
      guardOf({ input: 'features', activation: 'tanh', ...given }).check(NaN, 10, 1, at)!;
    assert.match(
      adam({}),
      new RegExp(`try ${usual}\\)\\.$`),
      'what Adam has where nothing is set, not a tenth of what suits SGD, and nothing about clipping',
    );
    assert.match(adam({ learningRate: usual }), new RegExp(`try ${usual / 10}\\)\\.$`));
    assert.match(adam({ clip: 0 }), /clip is 0, off; try 5/);
    assert.match(
      guardOf({ learningRate: 1e6 }).check(NaN, 10, 1, at)!,
      /it is 1000000; try 0\.15\), or clip the gradient norm lower/,
    );
  });

  it('reports a loss far above its start at once', () => {
    const guard = guardOf();
    assert.equal(guard.check(2.8, 100, 1, at), undefined);
    assert.match(guard.check(1e6, 100, 1, at)!, /rose from 2\.80 to .* per token/);
  });

  it('accepts single bad steps, and a loss that stays a little above its start', () => {
    const guard = guardOf();
    for (let step = 0; step < 2000; step++)
      assert.equal(guard.check(step % 50 === 7 ? 40 : 3, 20, 1, at), undefined);
    for (let step = 0; step < 2000; step++) assert.equal(guard.check(5, 20, 1, at), undefined);
  });

  it('waits for several bad steps before it reports', () => {
    const guard = guardOf();
    guard.check(2, 100, 1, at);
    assert.equal(guard.doubtful, false);
    let doubted = 0;
    let steps = 0;
    for (; guard.check(20, 100, 1, at) === undefined; steps++) if (guard.doubtful) doubted++;
    assert.ok(doubted > 0 && steps < 20);
  });

  it('goes on from a saved state', () => {
    const guard = new DivergenceGuard(resolved(), { startLoss: 2, smoothedLoss: 7.9 });
    assert.match(guard.check(100, 100, 1, at)!, /rose/);
  });
});

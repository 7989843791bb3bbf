import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { GradientFlow } from '../../../src/run/epochRecord';
import { parseHistory } from '../../../src/workspace/historyRecord';
import { replacedAnywhere } from './damage';

const flow: GradientFlow = {
  gradientNorm: { mean: 1.5, largest: 9 },
  sweeps: [{ layer: 1, direction: 'rightToLeft', norms: [1, 0.5], bound: 0.7, saturated: 0.1 }],
};
const epoch = (number: number) => ({
  epoch: number,
  step: 2 * number,
  loss: 1 / number,
  tokensPerSecond: 100,
  seconds: number,
  development: { tokens: 5, sentences: 1, loss: 1, accuracy: 0.5 },
  flow,
});
const history = { steps: [1, 2, 3, 4], losses: [4, 3, 2, 1], epochs: [epoch(1), epoch(2)] };
const parse = (value: unknown) => parseHistory(JSON.stringify(value));

describe('the curves of a run', () => {
  it('are read as they were written', () => {
    assert.deepEqual(parse(history), { history, damaged: false });
    assert.deepEqual(parse({ steps: [], losses: [], epochs: [] }).damaged, false);
  });

  it('have no point where the loss is no number', () => {
    const read = parse({ ...history, losses: [4, null, 2, 1] });
    assert.deepEqual(
      [read.history.steps, read.history.losses],
      [
        [1, 3, 4],
        [4, 2, 1],
      ],
    );
    assert.equal(read.damaged, false, 'JSON has null for a loss that was not finite');
  });

  it('have all that is sound, in order, whatever stands in one place', () => {
    fc.assert(
      fc.property(replacedAnywhere(history), ({ whole, path }) => {
        const { steps, losses, epochs } = parse(whole).history;
        assert.equal(steps.length, losses.length);
        for (const places of [
          steps,
          epochs.map((record) => record.step),
          epochs.map((record) => record.epoch),
        ])
          places.forEach((place, i) => assert.ok(i === 0 || place > places[i - 1]));
        const [name, index] = path;
        if (name === 'epochs') assert.deepEqual([steps, losses], [history.steps, history.losses]);
        else assert.deepEqual(epochs, history.epochs);
        if (name === 'epochs' && index !== undefined) assert.ok(epochs.length >= 1);
        if (name !== 'epochs' && index !== undefined) assert.ok(steps.length >= 2);
      }),
      { numRuns: 1000 },
    );
  });

  it('keep an epoch of which a figure is damaged', () => {
    const read = parse({ ...history, epochs: [{ ...epoch(1), seconds: 'long', loss: [] }, epoch(2)] });
    const [first, second] = read.history.epochs;
    assert.deepEqual([first.seconds, first.loss, first.tokensPerSecond], [NaN, NaN, 100]);
    assert.deepEqual([second, read.damaged], [epoch(2), true]);
    const placeless = parse({ ...history, epochs: [{ ...epoch(1), step: null }, null, epoch(2)] });
    assert.deepEqual([placeless.history.epochs, placeless.damaged], [[epoch(2)], true]);
  });

  it('have how the gradient did in an epoch, and where that is damaged, the epoch without it', () => {
    const read = (value: unknown): unknown => {
      const { epochs } = parse({ ...history, epochs: [{ ...epoch(1), flow: value }] }).history;
      assert.equal(epochs.length, 1);
      return epochs[0].flow;
    };
    assert.deepEqual(read(flow), flow);
    assert.deepEqual(read({ ...flow, sweeps: [] }), { ...flow, sweeps: [] });
    const [sweep] = flow.sweeps;
    const damaged = [
      null,
      3,
      {},
      { sweeps: [] },
      { ...flow, gradientNorm: { mean: Infinity, largest: 1 } },
      { ...flow, sweeps: {} },
      { ...flow, sweeps: [null] },
    ];
    const sweeps = [
      { ...sweep, norms: [1, null] },
      { ...sweep, norms: 1 },
      { ...sweep, direction: 'up' },
      { ...sweep, layer: 0.5 },
      { ...sweep, bound: '1' },
      { ...sweep, saturated: -1 },
    ];
    for (const value of [...damaged, ...sweeps.map((bad) => ({ ...flow, sweeps: [sweep, bad] }))])
      assert.equal(read(value), undefined, JSON.stringify(value));
  });
});

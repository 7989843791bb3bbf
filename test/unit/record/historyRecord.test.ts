import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readHistory } from '../../../src/record/historyRecord';
import type { GradientFlow } from '../../../src/run/epochRecord';
import { maximumEpochs, maximumPoints } from '../../../src/run/history';
import { replacedAnywhere } from '../workspace/damage';

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
  labels: [
    ['NOUN', 0.5],
    ['<b>', 0],
  ],
});
const history = { steps: [1, 2, 3, 4], losses: [4, 3, 2, 1], epochs: [epoch(1), epoch(2)] };
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const parse = (value: unknown) => readHistory(bytesOf(value));

describe('the curves of a run', () => {
  it('has the envelope of points that stand for several steps, where it is sound', async () => {
    const enveloped = { ...history, least: [3, 2, 1, 0], greatest: [5, 4, 3, 2] };
    assert.deepEqual(await parse(enveloped), { history: enveloped, damaged: false });
    const read = await parse({ ...enveloped, least: [3, 'x', 9], greatest: [null, 4, 3, 2] });
    assert.deepEqual(
      [read.history.least, read.history.greatest],
      [
        [3, 3, 2, 1],
        [4, 4, 3, 2],
      ],
    );
    assert.equal((await parse({ ...history, least: [1, 1, 1, 1] })).history.least, undefined);
  });

  it('are read as they were written', async () => {
    assert.deepEqual(await parse(history), { history, damaged: false });
    assert.equal((await parse({ steps: [], losses: [], epochs: [] })).damaged, false);
    const spaced = new TextEncoder().encode(JSON.stringify(history, undefined, 2));
    assert.deepEqual(await readHistory(spaced), { history, damaged: false });
    assert.equal((await parse({ ofALaterVersion: { a: [1] }, ...history })).damaged, false);
  });

  it('have no point where the loss is no number', async () => {
    const read = await parse({ ...history, losses: [4, null, 2, 1] });
    assert.deepEqual(
      [read.history.steps, read.history.losses],
      [
        [1, 3, 4],
        [4, 2, 1],
      ],
    );
    assert.equal(read.damaged, false, 'JSON has null for a loss that was not finite');
  });

  it('have all that is sound, in order, whatever stands in one place', async () => {
    await fc.assert(
      fc.asyncProperty(replacedAnywhere(history), async ({ whole, path }) => {
        const { steps, losses, epochs } = (await parse(whole)).history;
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

  it('keep an epoch of which a figure is damaged', async () => {
    const read = await parse({ ...history, epochs: [{ ...epoch(1), seconds: 'long', loss: [] }, epoch(2)] });
    const [first, second] = read.history.epochs;
    assert.deepEqual([first.seconds, first.loss, first.tokensPerSecond], [NaN, NaN, 100]);
    assert.deepEqual([second, read.damaged], [epoch(2), true]);
    const placeless = await parse({ ...history, epochs: [{ ...epoch(1), step: null }, null, epoch(2)] });
    assert.deepEqual([placeless.history.epochs, placeless.damaged], [[epoch(2)], true]);
  });

  it('have F1 by label of an epoch, and where that is damaged or of another kind, the epoch without it', async () => {
    const tooMany = Array.from({ length: 21 }, (_, i) => [`L${i}`, 0.5]);
    for (const labels of ['x', [['NOUN']], [[1, 0.5]], [['NOUN', 1.5]], [['NOUN', null]], tooMany]) {
      const read = await parse({ ...history, epochs: [{ ...epoch(1), labels }, epoch(2)] });
      const { labels: _, ...without } = epoch(1);
      assert.deepEqual(read, { history: { ...history, epochs: [without, epoch(2)] }, damaged: true });
    }
    const { labels: _, ...earlier } = epoch(1);
    const read = await parse({ ...history, epochs: [earlier, epoch(2)] });
    assert.deepEqual(read, { history: { ...history, epochs: [earlier, epoch(2)] }, damaged: false });
  });

  it('have the learning rate of an epoch, and where that is damaged, the epoch without it', async () => {
    for (const [learningRate, read] of [
      [0.002, 0.002],
      ['fast', undefined],
      [-1, undefined],
    ]) {
      const found = await parse({ ...history, epochs: [{ ...epoch(1), learningRate }] });
      assert.equal(found.history.epochs[0].learningRate, read);
      assert.equal(found.damaged, read === undefined);
    }
  });

  it('have how the gradient did in an epoch, and where that is damaged, the epoch without it', async () => {
    const read = async (value: unknown): Promise<unknown> => {
      const { epochs } = (await parse({ ...history, epochs: [{ ...epoch(1), flow: value }] })).history;
      assert.equal(epochs.length, 1);
      return epochs[0].flow;
    };
    assert.deepEqual(await read(flow), flow);
    assert.deepEqual(await read({ ...flow, sweeps: [] }), { ...flow, sweeps: [] });
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
      assert.equal(await read(value), undefined, JSON.stringify(value));
  });

  it('are what came before the place where the file was cut off', async () => {
    const whole = bytesOf({ ...history, losses: history.losses.concat(Array(30_000).fill(0.5)) });
    const cut = await readHistory(whole.subarray(0, whole.length - 200));
    assert.deepEqual([cut.history.steps, cut.history.epochs, cut.damaged], [history.steps, [], true]);
    for (const text of ['', '[]', 'null', '{"steps": [1', '{"steps"'])
      await assert.rejects(readHistory(new TextEncoder().encode(text)), SyntaxError);
  });

  it('are read in turns with others, and thinned, where the file is very large', async () => {
    const count = 25_000;
    const steps = Array.from({ length: count }, (_, i) => i + 1);
    const epochs = steps.map((step) => ({
      ...epoch(step),
      loss: step === 12_345 ? 1e-9 : 1,
      development: { ...epoch(step).development, accuracy: step === 23_456 ? 0.9 : 0.5 },
    }));
    const large = bytesOf({ steps, losses: steps.map((step) => 1 / step), epochs });
    assert.ok(large.length > 5e6);
    let turns = 0;
    const others = setInterval(() => turns++);
    const { history: read, damaged } = await readHistory(large);
    clearInterval(others);
    assert.ok(turns > 1, `${turns} turns`);
    assert.equal(damaged, false);
    assert.ok(read.steps.length <= maximumPoints && read.steps.length > maximumPoints / 2);
    assert.equal(read.steps.at(-1), count);
    assert.ok(read.epochs.length <= maximumEpochs && read.epochs.length > maximumEpochs / 4);
    const kept = read.epochs.map((record) => record.epoch);
    for (const number of [1, 12_345, 23_456, count]) assert.ok(kept.includes(number), `${number}`);
    assert.ok(JSON.stringify(read).length < 2e6);
  });

  it('are refused where no version wrote such a file', async () => {
    const nested = new TextEncoder().encode(`{"steps": ${'['.repeat(1e6)}`);
    await assert.rejects(readHistory(nested), /nests more than/);
    const long = new TextEncoder().encode(`{"steps": ["${'x'.repeat(9e6)}"]}`);
    await assert.rejects(readHistory(long), /over 8388608 bytes/);
  });
});

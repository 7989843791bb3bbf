import assert from 'node:assert/strict';
import type { EpochRecord } from '../../../src/run/epochRecord';
import { findingText, findingsOf } from '../../../src/run/findings';
import type { History } from '../../../src/run/history';

/** Ten steps an epoch, each with the epoch's training loss. */
function historyOf(epochs: readonly { training: number; development: number; f1?: number }[]): History {
  const records = epochs.map(({ training, development, f1 = 0.5 }, i): EpochRecord => ({
    epoch: i + 1,
    step: 10 * (i + 1),
    loss: training,
    development: {
      tokens: 100,
      sentences: 10,
      loss: development,
      accuracy: 0.9,
      spans: { precision: f1, recall: f1, f1, gold: 10, predicted: 10, correct: 5 },
    },
    tokensPerSecond: 1,
    seconds: i + 1,
  }));
  const steps = Array.from({ length: 10 * epochs.length }, (_, i) => i + 1);
  return { steps, losses: steps.map((step) => epochs[Math.ceil(step / 10) - 1].training), epochs: records };
}

const told = (history: History): string[] =>
  findingsOf({ history, spans: true }).map((finding) => findingText(finding, { spans: true }));

const rising = [
  { training: 1, development: 1 },
  { training: 0.8, development: 0.9 },
  { training: 0.6, development: 0.8 },
  { training: 0.5, development: 0.82 },
  { training: 0.4, development: 0.85 },
];

describe('what is to be noticed in a run', () => {
  it('is over-fitting from the epoch at which it begins, once it is no chance', () => {
    assert.deepEqual(told(historyOf(rising.slice(0, 4))), []);
    assert.deepEqual(told(historyOf(rising)), [
      'Since epoch 3 the development loss rises while the training loss falls: the model begins to learn its training data by heart.',
    ]);
  });

  it('is no over-fitting where both losses rise, or the development loss comes down again', () => {
    const both = rising.map((epoch, i) => (i > 2 ? { ...epoch, training: 0.7 + i } : epoch));
    assert.deepEqual(told(historyOf(both)), []);
    assert.deepEqual(told(historyOf([...rising, { training: 0.3, development: 0.7 }])), []);
  });

  it('is a fall of the score, after a spike of the loss where there was one', () => {
    const falling = [0.1, 0.175, 0.04, 0.1].map((f1) => ({ training: 1, development: 1, f1 }));
    const history = historyOf(falling);
    assert.deepEqual(told(history), ['Epoch 3: span F1 fell from 17.5 % to 4.0 %.']);
    const losses = history.losses.map((loss, i) => (i === 23 ? 4 : loss));
    assert.deepEqual(told({ ...history, losses }), [
      'Epoch 3: span F1 fell from 17.5 % to 4.0 % after a spike of the loss.',
    ]);
  });

  it('is nothing where the score wavers, where epochs between two are not kept, and of no epoch', () => {
    const wavering = [0.8, 0.78, 0.81, 0.79].map((f1) => ({ training: 1, development: 1, f1 }));
    assert.deepEqual(told(historyOf(wavering)), []);
    const history = historyOf([0.8, 0.8, 0.2].map((f1) => ({ training: 1, development: 1, f1 })));
    assert.deepEqual(told({ ...history, epochs: [history.epochs[0], history.epochs[2]] }), []);
    assert.deepEqual(told(historyOf([])), []);
  });
});

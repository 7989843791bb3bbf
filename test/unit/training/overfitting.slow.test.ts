import assert from 'node:assert/strict';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import { corpusOf, smallLanguage } from './corpora';
import { run, spans } from './runs';

const plain: Partial<TrainingSettings> = {
  inputDropout: 0,
  dropout: 0,
  wordDropout: 0,
  averaging: false,
  learningRate: 0.01,
  epochs: 60,
  hidden: 12,
};

/** One sentence whose labels follow from their places alone: only the state tells these words apart. */
const counted = () =>
  corpusOf({
    training: [
      ['A', 'B', 'B', 'C', 'A', 'C', 'C', 'B'].map((label) => ['x', label] as const),
      [
        ['y', 'A'],
        ['x', 'C'],
        ['x', 'B'],
      ],
    ],
  });

describe('training on a tiny set reaches a loss under 0.01', function () {
  this.timeout(600_000);
  for (const loss of ['softmax', 'crf'] as const) {
    for (const [what, given] of [
      ['features, both directions', { input: 'features', bidirectional: true }],
      ['features, two layers', { input: 'features', bidirectional: true, layers: 2, activation: 'tanh' }],
      [
        'one-hot words, left to right',
        {
          input: 'one-hot',
          optimizer: 'adam',
          learningRate: 0.03,
          hidden: 16,
          activation: 'tanh',
          epochs: 150,
        },
      ],
    ] as const) {
      it(`${loss}: ${what}`, async () => {
        for (const corpus of [spans(6, 0), counted()]) {
          const { epochs } = await run(corpus, {
            ...plain,
            ...given,
            loss,
            epochs: 250,
            batch: 1,
            schedule: 'linear',
            clip: 5,
          });
          assert.ok(epochs.at(-1)!.loss < 0.01, String(epochs.at(-1)!.loss));
        }
      });
    }
  }

  it('softmax: the derivation’s network by its gradient descent', async () => {
    const training = smallLanguage(6, 1).flatMap((sentence) => [sentence, sentence]);
    const { epochs } = await run(corpusOf({ training }), {
      input: 'one-hot',
      batch: 1,
      hidden: 32,
      learningRate: 0.1,
      epochs: 100,
    });
    assert.ok(epochs.at(-1)!.loss < 0.01, String(epochs.at(-1)!.loss));
  });
});

import assert from 'node:assert/strict';
import { mostLabelsOfEpoch } from '../../../src/run/epochRecord';
import type { EpochRecord, LabelF1 } from '../../../src/run/epochRecord';
import { addEpoch, emptyHistory, maximumEpochs } from '../../../src/run/history';
import { labelCurves } from '../../../src/run/labelCurves';

const epochWith = (epoch: number, labels?: readonly LabelF1[]): EpochRecord => ({
  epoch,
  step: 10 * epoch,
  loss: 1,
  tokensPerSecond: 1000,
  seconds: epoch,
  ...(labels && { labels }),
});

describe('F1 of labels by epoch', () => {
  it('is learned by the first epoch after which it stays at nine tenths of its end', () => {
    const { epochs, curves } = labelCurves([
      epochWith(1),
      epochWith(2, [
        ['N', 0.95],
        ['V', 0],
      ]),
      epochWith(3, [
        ['N', 0.2],
        ['V', 0.5],
      ]),
      epochWith(5, [
        ['N', 0.9],
        ['V', 0.45],
        ['X', 0],
      ]),
    ]);
    assert.deepEqual(
      epochs.map(({ epoch }) => epoch),
      [2, 3, 5],
    );
    assert.deepEqual(curves, [
      { label: 'N', f1: [0.95, 0.2, 0.9], learnedBy: 5 },
      { label: 'V', f1: [0, 0.5, 0.45], learnedBy: 3 },
      { label: 'X', f1: [undefined, undefined, 0], learnedBy: undefined },
    ]);
    assert.deepEqual(labelCurves([epochWith(1)]), { epochs: [], curves: [] });
  });

  it('takes less than half a megabyte for a thousand epochs', () => {
    const labels = Array.from({ length: mostLabelsOfEpoch }, (_, i): LabelF1 => [`LABEL-${i}`, 0.123]);
    let history = emptyHistory;
    for (let epoch = 1; epoch <= maximumEpochs; epoch++)
      history = addEpoch(history, epochWith(epoch, labels));
    const bytes = JSON.stringify(history.epochs.map((record) => record.labels)).length;
    assert.ok(bytes < 500_000, `${bytes} bytes`);
  });
});

/**
 * Training runs on every device against the reference: two epochs on the same batches. In Node and in a page.
 */
import { createReferenceDevice } from '../../src/kernels/reference/device';
import { corpusOf, smallLanguage } from '../unit/training/corpora';
import { resolved } from '../unit/training/resolved';
import { check } from './conformance';
import { devices } from './devices';
import { epochLosses } from './epochLosses';

const corpus = corpusOf({ training: smallLanguage(40, 1), development: smallLanguage(10, 2) });
const oneHot = { input: 'one-hot', epochs: 2 } as const;
const features = { input: 'features', embedding: 10, epochs: 2 } as const;
const runs = [
  {
    name: 'tanh, minibatches of 4',
    settings: resolved({ ...oneHot, hidden: 12, batch: 4, seed: 3 }),
  },
  {
    name: 'sigmoid, one sentence at a time',
    settings: resolved({ ...oneHot, hidden: 8, batch: 1, activation: 'sigmoid', seed: 4 }),
  },
  {
    name: 'ReLU, minibatches of 32',
    settings: resolved({ ...oneHot, hidden: 16, batch: 32, activation: 'relu', seed: 5 }),
  },
  // Masks are drawn by shard, so that those of larger minibatches are not the same on simd.
  {
    name: 'features, both directions, dropout, minibatches of 8',
    settings: resolved({ ...features, hidden: 12, batch: 8, seed: 6 }),
  },
  {
    name: 'features, two layers, a CRF, truncated BPTT',
    settings: resolved({
      ...features,
      hidden: 8,
      layers: 2,
      bidirectional: false,
      loss: 'crf',
      truncation: 5,
      batch: 8,
      dropout: 0,
      seed: 7,
    }),
  },
];

for (const { name, settings } of runs) {
  describe(`Training, ${name}`, function () {
    this.timeout(600_000);
    let expected: number[];
    before(async () => {
      expected = await epochLosses(createReferenceDevice(), corpus, settings);
      check(
        expected.length === 2 && expected[1] < expected[0],
        `the reference learns: ${expected.join(', ')}`,
      );
    });

    for (const { title, open } of devices) {
      it(`on ${title} gives the mean loss of the first two epochs within 1 % of the reference’s`, async () => {
        const opened = await open();
        try {
          const losses = await epochLosses(opened, corpus, settings);
          const [actual, mean] = [losses, expected].map(
            (values) => values.reduce((sum, loss) => sum + loss, 0) / 2,
          );
          check(
            losses.length === 2 && Math.abs(actual / mean - 1) < 0.01,
            `${losses.join(', ')} against ${expected.join(', ')}`,
          );
        } finally {
          opened.dispose();
        }
      });
    }
  });
}

import assert from 'node:assert/strict';
import { startSimdThread } from '../../../src/engine/node/simdThreads';
import { createSimdDevice } from '../../../src/kernels/simd/device';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import { run, spans } from './runs';
import type { Told } from './runs';

const dropping: Partial<TrainingSettings> = {
  input: 'features',
  bidirectional: true,
  layers: 2,
  optimizer: 'adam',
  averaging: true,
  inputDropout: 0.2,
  dropout: 0.3,
  wordDropout: 0.2,
  batch: 16,
  epochs: 2,
  seed: 5,
};

const outcome = ({ result, epochs }: Told) => ({
  parameters: result.model.parameters,
  epochs: epochs.map(({ loss, development }) => [loss, development]),
});

describe('the same data, settings and seed', function () {
  this.timeout(600_000);
  const corpus = spans(60, 20);

  for (const loss of ['softmax', 'crf'] as const) {
    it(`give the same model to the bit, dropout and all, whatever the clock says: ${loss}`, async () => {
      const first = await run(corpus, { ...dropping, loss });
      const second = await run(corpus, { ...dropping, loss }, { msPerLook: 40 });
      assert.deepEqual(outcome(second), outcome(first));
    });

    it(`give the same model to the bit on 1, 2 and 3 threads: ${loss}`, async () => {
      const outcomes = [];
      for (const threads of [1, 2, 3]) {
        const device = createSimdDevice({ threads, startThread: startSimdThread });
        assert.equal(device.description.includes('threads'), threads > 1);
        outcomes.push(outcome(await run(corpus, { ...dropping, batch: 32, hidden: 16, loss }, { device })));
        device.dispose();
      }
      assert.deepEqual(outcomes[1], outcomes[0]);
      assert.deepEqual(outcomes[2], outcomes[0]);
    });
  }

  it('give another model where the seed or a dropout rate differs', async () => {
    const { parameters } = outcome(await run(corpus, dropping));
    for (const change of [
      { seed: 6 },
      { inputDropout: 0 },
      { dropout: 0 },
      { wordDropout: 0 },
      { averaging: false },
    ] as const) {
      assert.notDeepEqual(
        outcome(await run(corpus, { ...dropping, ...change })).parameters,
        parameters,
        JSON.stringify(change),
      );
    }
  });
});

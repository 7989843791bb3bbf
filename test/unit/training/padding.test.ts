import assert from 'node:assert/strict';
import { longestSentence, lengthGrid, planBatches } from '../../../src/model/batches';
import { readWorkspaceFile } from '../corpus/sources';

/** The share of the rows of an epoch that are padding. */
function paddingShare(start: Uint32Array, batch: number, epoch: number): number {
  const batches = planBatches(start, batch, lengthGrid(longestSentence(start)), { seed: 1, epoch });
  let rows = 0;
  for (let index = 0; index < batches.sweeps; index++) rows += batches.sweep(index).length * batch;
  return 1 - start[start.length - 1] / rows;
}

describe('padding', () => {
  for (const [path, batches] of [
    // Its 1,046 sentences are too few for minibatches of 32 of each length.
    ['sample/UD_English-EWT/en_ewt-excerpt-train.conllu', [1, 4]],
    ['sample/WNUT17/wnut17train.conll', [1, 4, 32]],
  ] as const) {
    const { sentenceStart } = readWorkspaceFile(path);
    for (const batch of batches) {
      it(`is less than a tenth of the rows of ${path}, in minibatches of ${batch}`, () => {
        for (const epoch of [1, 2]) {
          const share = paddingShare(sentenceStart, batch, epoch);
          assert.ok(share < 0.1, `${(100 * share).toFixed(1)} %`);
        }
      });
    }
  }
});

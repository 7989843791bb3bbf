import assert from 'node:assert/strict';
import fc from 'fast-check';
import { uniform } from '../../../../src/common/random';
import { LabellingModel } from './labellingModel';

/** How many steps are drawn; 100,000 by option. */
const steps = Number(process.env.RNN_TAGGER_LABELLING ?? 8_000);
const stepsEach = 50;
const seed = process.env.RNN_TAGGER_SEED;

describe('labels among edits, undos, saves, reloads and changes on the disk', () => {
  it('are never at a wrong place, and none is lost', () => {
    const counts: Record<string, number> = {};
    fc.assert(
      fc.property(fc.integer(), (draws) => {
        let drawn = 0;
        const model = new LabellingModel((below) => Math.floor(uniform(draws, drawn++) * below));
        try {
          for (let step = 0; step < stepsEach; step++) model.step();
        } catch (error) {
          throw new Error(`After\n${model.log.join('\n')}`, { cause: error });
        }
        for (const [name, count] of Object.entries(model.counts)) counts[name] = (counts[name] ?? 0) + count;
      }),
      {
        numRuns: Math.ceil(steps / stepsEach),
        // What fails says its seed and path; this repeats it.
        ...(seed !== undefined && { seed: Number(seed) }),
      },
    );
    // A quarter of what is usual, and less: chance alone does not fail it.
    for (const name of [
      'label',
      'change',
      'remove',
      'answer',
      'undo',
      'redo',
      'crash',
      'reload',
      'checkout',
      'rewrite',
    ])
      assert.ok((counts[name] ?? 0) > steps / 2_000, `${name}: only ${counts[name] ?? 0}`);
    for (const name of [
      'take back',
      'take back over an edit',
      'save annotations',
      'revert annotations',
      'labels catch up',
      'checkout below unsaved annotations',
    ])
      assert.ok((counts[name] ?? 0) > 0, `${name}: only ${counts[name] ?? 0}`);
    if (process.env.RNN_TAGGER_LABELLING !== undefined) console.log(counts);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formats } from '../../src/corpus/formats';
import { fuzz } from './cases';
import { checkCase, layouts, read } from './formats/check';
import { changes } from './formats/damage';
import { madeSeeds, seeds } from './formats/seeds';

describe('each format, damaged at random,', () => {
  it('has seeds, which are told to be of it and read without a fault', () => {
    const kinds = new Set(madeSeeds.map((name) => layouts.get(name)?.kind));
    assert.deepEqual(
      formats.map(({ id }) => id).filter((id) => !kinds.has(id)),
      [],
    );
    for (const name of madeSeeds) {
      const file = read(seeds[name], layouts.get(name))!;
      assert.equal(file.leftOut.rows, 0, name);
      assert.deepEqual(
        file.problems.filter(({ severity }) => severity === 'error'),
        [],
        name,
      );
    }
  });

  it('is read without losing anything unsaid, written to the byte, and labelled with just the labels given', () =>
    fuzz(
      'formats',
      1,
      fc.record({
        name: fc.constantFrom(...Object.keys(seeds)),
        own: changes,
        beside: changes,
        isKnown: fc.boolean(),
        choice: fc.nat(1000),
      }),
      checkCase,
    ));
});

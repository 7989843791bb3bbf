import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DistinctParts } from '../../../../src/corpus/formats/distinctParts';

describe('distinct parts of texts', () => {
  it('get numbers from 0 in the order of their first occurrence, whatever they are', () => {
    const value = fc.oneof(
      fc.constantFrom('', 'a', 'b', 'ab', '\0', '\ud800', '猫'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 300 }), fc.boolean(), (values, own) => {
        const parts = new DistinctParts(Infinity, own);
        const distinct = [...new Set(values)];
        for (const part of values) {
          const text = `<${part}>`;
          assert.equal(parts.numberOf(text, 1, text.length - 1), distinct.indexOf(part));
        }
        assert.deepEqual(parts.values, distinct);
        for (const part of values) assert.equal(parts.find(part), distinct.indexOf(part));
        assert.equal(parts.find('none of them'), -1);
      }),
    );
  });

  it('are found again among very many that are alike', () => {
    const parts = new DistinctParts();
    for (let i = 0; i < 300_000; i++) assert.equal(parts.numberOf(`${i}`, 0, `${i}`.length), i);
    for (let i = 0; i < 300_000; i += 7) assert.equal(parts.find(`${i}`), i);
  });

  it('get no more numbers than there may be', () => {
    const parts = new DistinctParts(2);
    assert.deepEqual(
      ['a', 'b', 'c', 'a', 'c'].map((part) => parts.numberOf(part, 0, 1)),
      [0, 1, -1, 0, -1],
    );
    assert.equal(parts.find('c'), -1);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseShallowJson } from '../../../src/common/shallowJson';

/** How deep a value nests: 0 of a number. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('shallow JSON', () => {
  it('is read as JSON, up to its depth and no deeper', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(6), (value, levels) => {
        const text = JSON.stringify(value);
        if (depthOf(value) <= levels) assert.deepEqual(parseShallowJson(text, levels), JSON.parse(text));
        else assert.throws(() => parseShallowJson(text, levels), SyntaxError);
      }),
      { numRuns: 500 },
    );
  });

  it('may have brackets, quotation marks and backslashes in strings', () => {
    const value = { '[[[{"\\': ['{{{\\"[', ']]}"'] };
    assert.deepEqual(parseShallowJson(JSON.stringify(value), 2), value);
  });

  it('throws a SyntaxError for what is no JSON, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('"', '\\', '[', ']', '{', '}', ':', ',', '1', 'a')), (parts) => {
        try {
          parseShallowJson(parts.join(''), 3);
        } catch (error) {
          assert.ok(error instanceof SyntaxError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

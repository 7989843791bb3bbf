import assert from 'node:assert/strict';
import fc from 'fast-check';
import { arraysInJson } from '../../../src/common/jsonPieces';

function arrays(text: string): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = {};
  for (const { name, values, first } of arraysInJson(new TextEncoder().encode(text))) {
    if (first) Object.defineProperty(found, name, { value: [], enumerable: true, configurable: true });
    found[name].push(...values);
  }
  return found;
}

describe('the arrays in a JSON object', () => {
  it('are those that JSON.parse finds', () => {
    const text = fc
      .tuple(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.constantFrom(0, 2, '\t'))
      .map(([value, space]) => JSON.stringify(value, undefined, space));
    fc.assert(
      fc.property(text, (json) => {
        const expected = Object.entries(JSON.parse(json) as object).filter(([, value]) =>
          Array.isArray(value),
        );
        assert.deepEqual(Object.entries(arrays(json)), expected);
      }),
      { numRuns: 500 },
    );
  });

  it('come in pieces where they are long', () => {
    const values = Array.from({ length: 50_000 }, (_, i) => ({ i, text: '],["' }));
    const pieces = [...arraysInJson(new TextEncoder().encode(JSON.stringify({ values })))];
    assert.ok(pieces.length > 10);
    assert.deepEqual(
      pieces.flatMap((piece) => piece.values),
      values,
    );
    assert.deepEqual(
      pieces.map(({ first }) => first),
      pieces.map((_, i) => i === 0),
    );
  });

  it('are given or refused with a SyntaxError, whatever the text is', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(20), fc.constantFrom('', '"', '[', '}', ',', '\\', ':'))
      .map(([json, at, piece]) => `{"a": [${json.slice(0, at)}${piece}${json.slice(at)}], "b": 1}`);
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string()), (text) => {
        try {
          arrays(text);
        } catch (error) {
          assert.ok(error instanceof SyntaxError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

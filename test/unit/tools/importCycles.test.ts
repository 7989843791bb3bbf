import assert from 'node:assert/strict';
import { importCycles } from '../../../tools/lint/importCycles.mjs';

const cycles = (imports: Record<string, string[]>): string[] =>
  importCycles(new Map(Object.entries(imports))).map((cycle) => cycle.join(' '));

describe('import cycles', () => {
  it('are not found where all imports point downwards', () => {
    assert.deepEqual(cycles({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }), []);
  });

  it('are found between two files, and where a file imports itself', () => {
    assert.deepEqual(cycles({ a: ['b'], b: ['a', 'c'], c: ['c'] }), ['a b a', 'c c']);
  });

  it('are told as the shortest way round', () => {
    assert.deepEqual(cycles({ x: ['a'], a: ['b', 'c'], b: ['c'], c: ['d'], d: ['a'] }), ['a c d a']);
  });

  it('are told once for each group of files', () => {
    assert.deepEqual(cycles({ a: ['b', 'c'], b: ['a'], c: ['a', 'x'], x: ['y'], y: ['x'] }), [
      'a b a',
      'x y x',
    ]);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelOrder } from '../../../src/workspace/labelOrder';
import type { LabelOrder } from '../../../src/workspace/labelOrder';
import { anyJson } from './damage';

describe('the order of label names', () => {
  const read = (before: LabelOrder, known: readonly string[], isRead = true): LabelOrder =>
    labelOrder({ kept: before.kept, shownBefore: before.shown, known, isRead });
  const none: LabelOrder = { kept: [], shown: [] };

  it('is the same after a reload, whatever was asked for before the corpora were read', () => {
    const before = read(none, ['PER', 'LOC', 'ORG']);
    const early = read(before, ['ORG'], false);
    assert.deepEqual(early.shown, ['PER', 'LOC', 'ORG']);
    assert.deepEqual(read(before, ['ORG', 'LOC', 'PER']).shown, ['PER', 'LOC', 'ORG']);
  });

  it('gives a name its place back that was in use nowhere for a while', () => {
    const without = read(read(none, ['PER', 'LOC', 'ORG']), ['LOC', 'ORG']);
    assert.deepEqual(without.shown, ['LOC', 'ORG']);
    assert.deepEqual(read(without, ['LOC'], false).shown, ['LOC', 'ORG']);
    assert.deepEqual(read(without, ['ORG', 'MISC', 'LOC', 'PER']).shown, ['PER', 'LOC', 'ORG', 'MISC']);
  });

  it('puts names of the project’s settings that come later behind those that have a place', () => {
    assert.deepEqual(read(read(none, ['PER']), ['Country', 'PER']).shown, ['PER', 'Country']);
  });

  it('remembers a thousand names, those in use first, and takes whatever was remembered', () => {
    const names = Array.from({ length: 1_500 }, (_, i) => `L${i}`);
    const many = read(none, names.slice(0, 1_000));
    const next = read(many, [...names.slice(1_200), 'L3', '__proto__']);
    assert.equal(next.kept.length, 302);
    assert.deepEqual(next.kept.slice(0, 2), ['L3', 'L1200']);
    assert.deepEqual(next.shown, next.kept);
    fc.assert(
      fc.property(anyJson, anyJson, fc.boolean(), (kept, shownBefore, isRead) => {
        const order = labelOrder({ kept, shownBefore, known: ['PER'], isRead });
        assert.ok(order.shown.includes('PER'));
        for (const name of [...order.shown, ...order.kept]) assert.equal(typeof name, 'string');
      }),
      { numRuns: 300 },
    );
  });

  it('never changes the order of two names that were shown', () => {
    const names = fc
      .subarray(['PER', 'LOC', 'ORG', 'MISC', '__proto__'])
      .chain((own) => fc.shuffledSubarray(own));
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.boolean()), { maxLength: 12 }), (asked) => {
        let before = none;
        const places = new Map<string, number>();
        for (const [known, isRead] of asked) {
          const order = read(before, known, isRead);
          if (!isRead) continue;
          order.kept.forEach((name, i) => assert.equal(places.get(name) ?? i, i, name));
          order.kept.forEach((name, i) => places.set(name, i));
          assert.deepEqual(
            order.shown,
            order.kept.filter((name) => known.includes(name)),
          );
          before = order;
        }
      }),
    );
  });
});

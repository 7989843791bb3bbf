import assert from 'node:assert/strict';
import type { DocumentKind } from '../../../../src/editor/labels/documentKind';
import { LabelCache } from '../../../../src/editor/labels/labelCache';
import { tokenOf } from './documents';

const text: DocumentKind = { kind: 'text', markdown: false };
const model = { key: 'm', revision: 1 };
const segmentAt = (
  first: number,
  content: string,
  firstColumn = 0,
): { first: number; last: number; firstColumn: number; text: string } => ({
  first,
  last: first + 1,
  firstColumn,
  text: content,
});

describe('Kept labels', () => {
  it('are found by their text, wherever it has moved', () => {
    const cache = new LabelCache();
    cache.set(model, text, segmentAt(10, 'a\nb', 100), [
      tokenOf({ line: 10, label: 'X', startColumn: 103, endColumn: 105 }),
      tokenOf({ line: 11, label: 'Y', startColumn: 3, endColumn: 5 }),
    ]);
    const found = cache.get(model, text, segmentAt(20, 'a\nb', 7));
    assert.deepEqual(
      found?.map(({ line, startColumn, endColumn, label }) => [line, startColumn, endColumn, label]),
      [
        [20, 10, 12, 'X'],
        [21, 3, 5, 'Y'],
      ],
    );
    assert.equal(cache.get(model, text, segmentAt(20, 'a\nc')), undefined);
  });

  it('are kept apart by the way the text is read', () => {
    const cache = new LabelCache();
    cache.set(model, text, segmentAt(0, 'a'), []);
    assert.deepEqual(cache.get(model, text, segmentAt(0, 'a')), []);
    assert.equal(cache.get(model, { kind: 'text', markdown: true }, segmentAt(0, 'a')), undefined);
    const rows = (separator: '\t' | ' '): DocumentKind => ({
      kind: 'rows',
      layout: { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator },
    });
    cache.set(model, rows(' '), segmentAt(0, 'a'), []);
    assert.equal(cache.get(model, rows('\t'), segmentAt(0, 'a')), undefined);
  });

  it('go with their revision, and never come from an older one', () => {
    const cache = new LabelCache();
    const newer = { key: 'm', revision: 2 };
    cache.set(model, text, segmentAt(0, 'a'), [tokenOf({ line: 0, label: 'old' })]);
    assert.equal(cache.get(newer, text, segmentAt(0, 'a')), undefined);
    cache.set(newer, text, segmentAt(0, 'b'), [tokenOf({ line: 0, label: 'new' })]);
    assert.equal(cache.get(model, text, segmentAt(0, 'a')), undefined);
    cache.set(model, text, segmentAt(0, 'b'), [tokenOf({ line: 0, label: 'old' })]);
    assert.equal(cache.get(newer, text, segmentAt(0, 'b'))?.[0].label, 'new');
  });

  it('go with a model that is gone, and make room for others', () => {
    const cache = new LabelCache();
    const tokens = Array.from({ length: 1_000 }, (_, line) => tokenOf({ line, label: 'X' }));
    const other = { key: 'other', revision: 1 };
    cache.set(other, text, segmentAt(0, 'a'), tokens);
    for (let n = 0; n < 50; n++) {
      const gone = { key: `gone ${n}`, revision: 1 };
      cache.set(gone, text, segmentAt(0, 'a'), tokens);
      cache.keepOnly(new Set(['other']));
      assert.equal(cache.get(gone, text, segmentAt(0, 'a')), undefined);
    }
    assert.equal(cache.get(other, text, segmentAt(0, 'a'))?.length, 1_000);
  });

  it('are limited in number: those that were not used for longest are dropped', () => {
    const cache = new LabelCache();
    const tokens = Array.from({ length: 1_000 }, (_, line) => tokenOf({ line, label: 'X' }));
    for (let i = 0; i < 200; i++) {
      cache.set(model, text, segmentAt(0, `text ${i}`), tokens);
      cache.get(model, text, segmentAt(0, 'text 0'));
    }
    const kept = Array.from({ length: 200 }, (_, i) => i).filter((i) =>
      cache.get(model, text, segmentAt(0, `text ${i}`)),
    );
    assert.equal(kept[0], 0);
    assert.ok(kept.length >= 15 && kept.length <= 20);
    assert.equal(kept.at(-1), 199);
  });
});

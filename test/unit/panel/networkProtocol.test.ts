import assert from 'node:assert/strict';
import { fromNetworkPage, placeFrom, toNetworkPage } from '../../../src/panel/network/protocol';

describe('messages of the network’s page', () => {
  const place = { document: 'file:///a.conll', line: 3, column: 0, step: 2, label: 'B-x' };

  it('are taken as what they are, without what does not belong to them', () => {
    assert.deepEqual(fromNetworkPage({ type: 'ready' }), { type: 'ready' });
    assert.deepEqual(fromNetworkPage({ type: 'ready', place: { ...place, more: 1 } }), {
      type: 'ready',
      place,
    });
    assert.deepEqual(fromNetworkPage({ type: 'step', place }), { type: 'step', place });
    assert.deepEqual(fromNetworkPage({ type: 'wayOut', wayOut: 'train' }), {
      type: 'wayOut',
      wayOut: 'train',
    });
    assert.deepEqual(fromNetworkPage({ type: 'trainWith', run: 'r', changes: { clip: 5 } }), {
      type: 'trainWith',
      run: 'r',
      changes: { clip: 5 },
    });
  });

  it('are none where they are damaged, or of another version', () => {
    for (const message of [
      undefined,
      null,
      'ready',
      {},
      { type: 'step' },
      { type: 'step', place: { ...place, line: -1 } },
      { type: 'reveal', place: { ...place, document: 7 } },
      { type: 'wayOut', wayOut: 'workbench.action.quit' },
      { type: 'trainWith', run: 'r' },
      { type: 'error' },
      { type: 'constructor' },
    ])
      assert.equal(fromNetworkPage(message), undefined, JSON.stringify(message));
  });

  it('have a place whose step is left out where it is no count', () => {
    assert.deepEqual(placeFrom({ ...place, step: 1.5, label: 3 }), {
      document: place.document,
      line: 3,
      column: 0,
    });
  });

  it('bring a sentence to the page only whole', () => {
    const sweep = { h: new Float32Array(2) };
    const unrolled = { tokens: [{}], sweeps: [sweep], sizes: {} };
    assert.ok(toNetworkPage({ type: 'show', sentence: { place, unrolled } }));
    const wordColumns = [{ forms: ['the', 'The'], isKnown: true }];
    assert.ok(toNetworkPage({ type: 'show', sentence: { place, unrolled: { ...unrolled, wordColumns } } }));
    for (const damaged of [
      { ...unrolled, tokens: [] },
      { ...unrolled, sweeps: [] },
      { ...unrolled, sweeps: [{ h: [1, 2] }] },
      { ...unrolled, sizes: undefined },
      { ...unrolled, wordColumns: {} },
      { ...unrolled, wordColumns: ['the'] },
    ])
      assert.equal(toNetworkPage({ type: 'show', sentence: { place, unrolled: damaged } }), undefined);
    assert.equal(toNetworkPage({ type: 'show', sentence: { unrolled } }), undefined);
    assert.equal(toNetworkPage({ type: 'nothing', reason: {} }), undefined);
    assert.ok(toNetworkPage({ type: 'stale', text: 'old' }));
  });
});

import assert from 'node:assert/strict';
import { colours, labelSet } from '../../../../src/editor/labels/labelSet';

const partsOfSpeech = ['NOUN', 'PUNCT', 'VERB', 'PRON', 'ADP', 'DET', 'PROPN', 'AUX', 'ADJ', 'ADV', 'NUM'];

describe('The colours of labels', () => {
  it('differ for the eight most frequent parts of speech that are words, in whatever order a model has them', () => {
    const frequent = ['NOUN', 'VERB', 'PRON', 'ADP', 'DET', 'PROPN', 'ADJ', 'ADV'];
    for (const labels of [partsOfSpeech, [...partsOfSpeech].reverse()]) {
      const { colourOf } = labelSet(labels, 'none');
      assert.equal(new Set(frequent.map(colourOf)).size, colours);
    }
  });

  it('are the same for a label that many corpora share, whatever the model and the scheme', () => {
    const first = labelSet(['O', 'B-PER', 'I-PER', 'B-LOC', 'B-X1', 'B-X2'], 'IOB2');
    const second = labelSet(['LOC', 'O', 'X9', 'PER'], 'IO');
    for (const type of ['PER', 'LOC']) assert.equal(first.colourOf(type), second.colourOf(type));
  });

  it('differ for the first eight types of a model whose types nobody else has', () => {
    const labels = Array.from({ length: 20 }, (_, i) => `L${i}`);
    const { colourOf } = labelSet(labels, 'none');
    assert.equal(new Set(labels.slice(0, colours).map(colourOf)).size, colours);
    assert.ok(labels.every((label) => colourOf(label) >= 0 && colourOf(label) < colours));
  });

  it('go to types of the model’s own where shared types leave some', () => {
    const { colourOf } = labelSet(['B-DRUG', 'B-PER', 'B-DOSE', 'B-LOC', 'B-ROUTE'], 'IOB2');
    assert.equal(new Set(['DRUG', 'PER', 'DOSE', 'LOC', 'ROUTE'].map(colourOf)).size, 5);
  });

  it('are there for labels with the names of what every object has', () => {
    const { colourOf } = labelSet(['__proto__', 'constructor', 'toString'], 'none');
    assert.deepEqual(['__proto__', 'constructor', 'toString'].map(colourOf), [0, 1, 2]);
    assert.equal(colourOf('hasOwnProperty'), 0);
  });
});

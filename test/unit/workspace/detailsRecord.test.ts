import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RunDetails } from '../../../src/run/learned';
import { detailsText, readDetails } from '../../../src/workspace/detailsRecord';
import { replacedAnywhere } from './damage';

const scores = { precision: 0.5, recall: 1, f1: 2 / 3, gold: 1, predicted: 2, correct: 1 };
const details: RunDetails = {
  development: {
    labels: [{ label: 'N', ...scores }],
    confusions: [
      ['N', 'N', 1],
      ['V', 'N', 1],
    ],
    calibration: { temperature: 1.5, ece: 0.01, eceUncalibrated: 0.02 },
    words: {
      inVocabulary: { recall: 1, gold: 1, correct: 1 },
      outOfVocabulary: { recall: 0, gold: 1, correct: 0 },
    },
  },
  test: { labels: [], confusions: [] },
  learned: {
    reliability: { tokens: 2, ece: 0.01, bins: [{ tokens: 2, confidence: 0.7, accuracy: 0.5 }] },
    knownWords: { tokens: 1, correct: 1 },
    unknownWords: { tokens: 1, correct: 0, spans: scores },
    sentences: [{ file: 'file:///dev.conll', number: 3, words: 'a b' }],
    tokens: [{ gold: 'V', predicted: 'N', places: [[0, 1]] }],
    worst: [{ sentence: 0, tokens: 2, errors: 1, token: 1, loss: 4.5 }],
  },
};

describe('the details of a run', () => {
  it('are read as they were written', () => {
    assert.deepEqual(readDetails(detailsText(details)), details);
    assert.deepEqual(readDetails(detailsText({})), {});
  });

  it('are read whole or not at all, whatever stands in one place', () => {
    fc.assert(
      fc.property(replacedAnywhere({ version: 1, ...details }), ({ whole }) => {
        let read: RunDetails;
        try {
          read = readDetails(JSON.stringify(whole));
        } catch (error) {
          assert.ok(error instanceof Error);
          return;
        }
        // What the panel and the extension rely on.
        for (const set of [read.development, read.test])
          for (const [gold, predicted, count] of set?.confusions ?? [])
            assert.deepEqual([typeof gold, typeof predicted, typeof count], ['string', 'string', 'number']);
        for (const { places } of read.learned?.tokens ?? [])
          for (const [sentence] of places) assert.ok(read.learned!.sentences[sentence].words.length >= 0);
        for (const { sentence } of read.learned?.worst ?? [])
          assert.equal(typeof read.learned!.sentences[sentence].file, 'string');
      }),
      { numRuns: 1000 },
    );
  });

  it('are not read where the file is cut off, or of a later version', () => {
    const text = detailsText(details);
    assert.throws(() => readDetails(text.slice(0, -5)), SyntaxError);
    assert.throws(
      () => readDetails(JSON.stringify({ ...details, version: 2 })),
      /its version is 2, .* knows 1/,
    );
    assert.throws(() => readDetails('[]'), /it is no object/);
    const learned = { ...details.learned, worst: [{ ...details.learned!.worst[0], sentence: 1 }] };
    const beyond = { ...details, learned };
    assert.throws(() => readDetails(JSON.stringify({ version: 1, ...beyond })), /learned is damaged/);
  });
});

import assert from 'node:assert/strict';
import { trainedText } from '../../../../src/editor/runText';
import { countText, endActions, nextText, startText } from '../../../../src/editor/surest/surestText';
import type { DisagreementCount } from '../../../../src/editor/surest/surestText';
import type { RunRecord } from '../../../../src/record/runRecord';
import { defaultSettings } from '../../../../src/training/defaults';
import { english } from '../english';

const tags: DisagreementCount = {
  evidence: 'development',
  isSpans: false,
  sentences: 2_001,
  tokens: 25_147,
  spans: 0,
  disagreements: 1_160,
  suggestions: 0,
  leftOut: 0,
};
const spans: DisagreementCount = { ...tags, evidence: 'heldOut', isSpans: true, spans: 340 };
const said = (count: DisagreementCount): string => countText(count, english);
const run: RunRecord = {
  version: 1,
  id: 'r',
  corpus: 'c',
  corpusName: 'EWT',
  column: 'UPOS',
  settings: defaultSettings,
  created: '2025-01-02T03:04:05.000Z',
  state: 'done',
  spans: false,
  epoch: 3,
  step: 50,
  stepsPerEpoch: 20,
  seconds: 4,
  development: { tokens: 25_147, sentences: 2_001, loss: 0.3, accuracy: 0.954 },
};

describe('what is said of the disagreements of a model', () => {
  it('counts them, and says in which text', () => {
    assert.equal(said(tags), '1,160 disagreements in 25,147 tokens of the development data.');
    assert.equal(
      said({ ...tags, disagreements: 1 }),
      '1 disagreement in 25,147 tokens of the development data.',
    );
    assert.equal(
      said(spans),
      '1,160 disagreements in 340 spans, 25,147 tokens of the text held out of training.',
    );
    assert.match(said({ ...spans, disagreements: 1 }), /^1 disagreement in 340 spans/);
  });

  it('says so where text and model agree, and where nothing is known', () => {
    assert.match(said({ ...tags, disagreements: 0 }), /^No disagreement in 25,147 tokens .* agree\.$/);
    assert.match(said({ ...spans, disagreements: 0 }), /^No disagreement in 340 spans, 25,147 tokens/);
    assert.match(said({ ...tags, evidence: 'none' }), /nobody knows how good the model is/);
    assert.match(said({ ...tags, evidence: 'unknown' }), /cannot be told/);
  });

  it('tells of suggestions in text without labels, and of files that were left out', () => {
    assert.match(
      said({ ...spans, suggestions: 31, leftOut: 1 }),
      /held out of training\. 31 suggestions in text that has no labels yet\. 1 file was left out/,
    );
    assert.match(said({ ...spans, suggestions: 1, leftOut: 2 }), /1 suggestion in .* 2 files were left out/);
  });

  it('is the message at the end of a run, with a button into the review or to what is next', () => {
    const message = (count: DisagreementCount, places: number): string =>
      trainedText(run, { ...count, places: Array.from({ length: places }) }, english);
    assert.equal(
      message(tags, 20),
      'RNN Tagger: EWT · UPOS is trained, accuracy 95.4 %. 1,160 disagreements in 25,147 tokens of the development data.',
    );
    assert.match(message({ ...tags, disagreements: 0 }, 0), /agree\. Next: Find Label Errors/);
    assert.match(message({ ...tags, evidence: 'none' }, 0), /Next: label more text/);
    assert.match(message({ ...tags, evidence: 'unknown' }, 0), /Next: train again/);
    assert.match(message(tags, 0), /kept as it is\.$/);
    const actions = (count: DisagreementCount, places: number): [string, unknown][] =>
      endActions(run, count, places, english).map(({ command, argument }) => [command, argument]);
    assert.deepEqual(actions(tags, 20), [['rnnTagger.reviewSurestDisagreements', { run: 'r' }]]);
    assert.deepEqual(actions(tags, 0), [['rnnTagger.findLabelErrors', { corpus: 'c', column: 'UPOS' }]]);
    assert.deepEqual(actions({ ...tags, evidence: 'none' }, 0), [['rnnTagger.queue.focus', undefined]]);
    assert.deepEqual(actions({ ...tags, evidence: 'unknown' }, 0), []);
    assert.equal(startText(20, english), 'Start with the 20 Surest');
    assert.equal(startText(1, english), 'Review It');
    assert.equal(startText(0, english), undefined);
    assert.ok(nextText(tags, english).length > 0);
  });
});

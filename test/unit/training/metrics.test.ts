import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme } from '../../../src/corpus/corpus';
import { scorePredictions, spanScores } from '../../../src/training/metrics';
import { isBetter, mainScore } from '../../../src/training/scores';
import { countChunks } from './conlleval';

/** Scores sentences of pairs of gold and predicted label. The model knows the predicted labels and `known`. */
function score(sentences: readonly (readonly (readonly [string, string])[])[], scheme: LabelScheme, known: readonly string[] = []) {
  const pairs = sentences.flat();
  const labels = [...new Set([...known, ...pairs.map(([, predicted]) => predicted)])];
  const values = [...new Set(pairs.map(([gold]) => gold))];
  const start = new Uint32Array(sentences.length + 1);
  sentences.forEach((sentence, s) => (start[s + 1] = start[s] + sentence.length));
  const dataset = {
    sentences: sentences.length,
    tokens: pairs.length,
    start,
    labels: Int32Array.from(pairs, ([gold]) => labels.indexOf(gold)),
    gold: { values, ids: Uint32Array.from(pairs, ([gold]) => values.indexOf(gold)) },
  };
  return scorePredictions(dataset, { labels: pairs.map(([, predicted]) => labels.indexOf(predicted)), loss: 0.25 }, labels, scheme);
}

const zip = (gold: string, predicted: string) => gold.split(' ').map((label, t) => [label, predicted.split(' ')[t]] as const);

describe('scores', () => {
  it('accuracy is the share of tokens with the gold label; an unknown gold label is an error', () => {
    assert.deepEqual(score([zip('A B', 'A A'), zip('C', 'A')], 'none'), { tokens: 3, sentences: 2, loss: 0.25, accuracy: 1 / 3 });
    assert.equal(score([], 'none').accuracy, 0);
  });

  it('spans by hand: type and both ends must agree', () => {
    const scores = score([zip('B-x I-x O B-y O B-x', 'B-x I-x O B-x O O'), zip('B-x I-x I-x', 'B-x I-x O')], 'IOB2');
    assert.deepEqual(scores.spans, { precision: 1 / 3, recall: 1 / 4, f1: 2 / 7, gold: 4, predicted: 3, correct: 1 });
    assert.equal(mainScore(scores), 2 / 7);
  });

  it('a predicted I without a B begins a span, as in conlleval', () => {
    assert.deepEqual(score([zip('B-x I-x O', 'I-x I-x O')], 'IOB2').spans, spanScores({ gold: 1, predicted: 1, correct: 1 }));
    assert.deepEqual(score([zip('B-x I-x', 'B-x I-y')], 'IOB2').spans, spanScores({ gold: 1, predicted: 2, correct: 0 }));
  });

  it('spans end with their sentence', () => {
    assert.deepEqual(score([zip('O B-x', 'O B-x'), zip('I-x O', 'I-x O')], 'IOB2').spans, spanScores({ gold: 2, predicted: 2, correct: 2 }));
  });

  it('gold spans of a type that the model does not know are missed', () => {
    assert.deepEqual(score([zip('B-new O', 'O O')], 'IOB2').spans, spanScores({ gold: 1, predicted: 0, correct: 0 }));
  });

  it('shares of nothing are 0', () => {
    assert.deepEqual(spanScores({ gold: 0, predicted: 0, correct: 0 }), { precision: 0, recall: 0, f1: 0, gold: 0, predicted: 0, correct: 0 });
  });

  for (const [scheme, prefixes] of [['IOB2', 'BI'], ['IOBES', 'BIES']] as const) {
    it(`count spans of ${scheme} as conlleval does, on any labels`, () => {
      const label = fc.oneof(fc.constant('O'), fc.tuple(fc.constantFrom(...prefixes), fc.constantFrom('x', 'y')).map(([prefix, type]) => `${prefix}-${type}`));
      const sentence = fc.array(fc.oneof(fc.tuple(label, label), label.map((one) => [one, one] as [string, string])), { maxLength: 12 });
      fc.assert(
        fc.property(fc.array(sentence, { maxLength: 4 }), (sentences) => {
          assert.deepEqual(score(sentences, scheme).spans, spanScores(countChunks(sentences)));
        }),
        { numRuns: 2000 },
      );
    });
  }

  it('compare by the main score, then by loss', () => {
    const base = { tokens: 1, sentences: 1, loss: 1, accuracy: 0.5 };
    assert.ok(isBetter({ ...base, accuracy: 0.6, loss: 2 }, base));
    assert.ok(isBetter({ ...base, loss: 0.9 }, base));
    assert.ok(!isBetter(base, base));
    const spans = spanScores({ gold: 2, predicted: 2, correct: 1 });
    assert.ok(!isBetter({ ...base, accuracy: 0.9, spans }, { ...base, spans, loss: 0.5 }));
  });
});

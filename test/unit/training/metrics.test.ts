import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme } from '../../../src/corpus/corpus';
import { matchScores, scorePredictions } from '../../../src/training/metrics';
import { isBetter, mainScore } from '../../../src/training/scores';
import { countChunks, extended, original } from './conlleval';
import { labelledSet, zip } from './labelled';
import type { LabelledToken } from './labelled';

function score(sentences: readonly (readonly LabelledToken[])[], scheme: LabelScheme) {
  const { dataset, predictions, reading } = labelledSet(sentences, scheme);
  return scorePredictions(dataset, predictions, reading);
}

describe('scores', () => {
  it('accuracy is the share of tokens with the gold label; an unknown gold label is an error', () => {
    assert.deepEqual(score([zip('A B', 'A A'), zip('C', 'A')], 'none'), {
      tokens: 3,
      sentences: 2,
      loss: 0.25,
      accuracy: 1 / 3,
    });
    assert.equal(score([], 'none').accuracy, 0);
  });

  it('spans by hand: type and both ends must agree', () => {
    const scores = score(
      [zip('B-x I-x O B-y O B-x', 'B-x I-x O B-x O O'), zip('B-x I-x I-x', 'B-x I-x O')],
      'IOB2',
    );
    assert.deepEqual(scores.spans, {
      precision: 1 / 3,
      recall: 1 / 4,
      f1: 2 / 7,
      gold: 4,
      predicted: 3,
      correct: 1,
    });
    assert.equal(mainScore(scores), 2 / 7);
  });

  it('a predicted I without a B begins a span, as in conlleval', () => {
    assert.deepEqual(
      score([zip('B-x I-x O', 'I-x I-x O')], 'IOB2').spans,
      matchScores({ gold: 1, predicted: 1, correct: 1 }),
    );
    assert.deepEqual(
      score([zip('B-x I-x', 'B-x I-y')], 'IOB2').spans,
      matchScores({ gold: 1, predicted: 2, correct: 0 }),
    );
  });

  it('spans end with their sentence', () => {
    assert.deepEqual(
      score([zip('O B-x', 'O B-x'), zip('I-x O', 'I-x O')], 'IOB2').spans,
      matchScores({ gold: 2, predicted: 2, correct: 2 }),
    );
  });

  it('gold spans of a type that the model does not know are missed', () => {
    assert.deepEqual(
      score([zip('B-new O', 'O O')], 'IOB2').spans,
      matchScores({ gold: 1, predicted: 0, correct: 0 }),
    );
  });

  it('are 0 where there is nothing to count', () => {
    assert.deepEqual(matchScores({ gold: 0, predicted: 0, correct: 0 }), {
      precision: 0,
      recall: 0,
      f1: 0,
      gold: 0,
      predicted: 0,
      correct: 0,
    });
  });

  it('accuracy is what counting tokens gives', () => {
    const label = fc.constantFrom('NOUN', 'VERB', 'X', '__proto__');
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(label, label), { maxLength: 8 }), { maxLength: 5 }),
        (sentences) => {
          const tokens = sentences.flat();
          const right = tokens.filter(([gold, predicted]) => gold === predicted).length;
          assert.equal(score(sentences, 'none').accuracy, tokens.length > 0 ? right / tokens.length : 0);
        },
      ),
    );
  });

  for (const [scheme, prefixes, rules, types] of [
    ['IOB1', 'BI', original, ['x', 'y']],
    ['IOB2', 'BI', original, ['x', 'y']],
    ['IOE1', 'IE', original, ['x', 'y']],
    ['IOE2', 'IE', original, ['x', 'y']],
    ['IOBES', 'BIES', extended, ['x', 'y']],
    ['IOB2', 'BI', original, ['']],
    ['IOE2', 'IE', original, ['']],
    ['IOBES', 'BIES', extended, ['', 'x']],
    // Slips: prefixes that the scheme does not have.
    ['IOB2', 'BIES', extended, ['x', 'y-z']],
  ] as const) {
    it(`count spans of ${scheme} with the prefixes ${prefixes} and ${types.map((type) => type || 'no type').join(', ')} as conlleval does, on any labels`, () => {
      const typed = fc
        .tuple(fc.constantFrom(...prefixes), fc.constantFrom(...types))
        .map(([prefix, type]) => (type ? `${prefix}-${type}` : prefix));
      const label = fc.oneof(fc.constant('O'), typed, typed);
      const sentence = fc.array(
        fc.oneof(
          fc.tuple(label, label),
          label.map((one) => [one, one] as [string, string]),
        ),
        { maxLength: 12 },
      );
      fc.assert(
        fc.property(fc.array(sentence, { maxLength: 4 }), (sentences) => {
          assert.deepEqual(score(sentences, scheme).spans, matchScores(countChunks(sentences, rules)));
        }),
        { numRuns: 1000 },
      );
    });
  }

  it('the other letters of BMES and BILOU count as those of IOBES', () => {
    const renamed: Readonly<Record<string, readonly string[]>> = {
      B: ['B'],
      I: ['I', 'M'],
      E: ['E', 'L'],
      S: ['S', 'U', 'W'],
      O: ['O'],
    };
    const token = fc
      .tuple(fc.constantFrom(...'BIESO'), fc.nat(2))
      .map(([prefix, n]) => [prefix, renamed[prefix][n % renamed[prefix].length]] as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(token, token), { maxLength: 16 }), (pairs) => {
        const plain = pairs.map(([gold, predicted]) => [gold[0], predicted[0]] as const);
        const written = pairs.map(([gold, predicted]) => [gold[1], predicted[1]] as const);
        assert.deepEqual(score([written], 'IOBES').spans, matchScores(countChunks([plain])));
      }),
    );
  });

  it('compare by the main score, then by loss', () => {
    const base = { tokens: 1, sentences: 1, loss: 1, accuracy: 0.5 };
    assert.ok(isBetter({ ...base, accuracy: 0.6, loss: 2 }, base));
    assert.ok(isBetter({ ...base, loss: 0.9 }, base));
    assert.ok(!isBetter(base, base));
    const spans = matchScores({ gold: 2, predicted: 2, correct: 1 });
    assert.ok(!isBetter({ ...base, accuracy: 0.9, spans }, { ...base, spans, loss: 0.5 }));
  });
});

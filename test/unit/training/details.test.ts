import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme } from '../../../src/corpus/corpus';
import { scoreDetails } from '../../../src/training/details';
import { matchScores, scorePredictions } from '../../../src/training/metrics';
import { TrainingWords } from '../../../src/training/trainingWords';
import { countChunks } from './conlleval';
import { labelledSet, zip } from './labelled';
import type { LabelledToken } from './labelled';

function details(sentences: readonly (readonly LabelledToken[])[], scheme: LabelScheme) {
  const { dataset, predictions, reading } = labelledSet(sentences, scheme);
  return scoreDetails(dataset, predictions, reading);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

describe('scores label by label', () => {
  it('of tokens, by hand', () => {
    // Gold N V N D N, predicted N N V D N. N: 3 gold, 3 predicted, 2 right. V: 1, 1, 0. D: 1, 1, 1.
    assert.deepEqual(details([zip('N V N', 'N N V'), zip('D N', 'D N')], 'none'), {
      labels: [
        { label: 'N', precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, gold: 3, predicted: 3, correct: 2 },
        { label: 'D', precision: 1, recall: 1, f1: 1, gold: 1, predicted: 1, correct: 1 },
        { label: 'V', precision: 0, recall: 0, f1: 0, gold: 1, predicted: 1, correct: 0 },
      ],
      confusions: [
        ['N', 'N', 2],
        ['D', 'D', 1],
        ['N', 'V', 1],
        ['V', 'N', 1],
      ],
    });
  });

  it('name gold labels that the model does not know', () => {
    // The model knows A only: both tokens are predicted A, one of them rightly. A: precision 1 of 2, recall 1
    // of 1, F1 2 · 1 / (1 + 2).
    assert.deepEqual(details([zip('A New', 'A A')], 'none'), {
      labels: [
        { label: 'A', precision: 1 / 2, recall: 1, f1: 2 / 3, gold: 1, predicted: 2, correct: 1 },
        { label: 'New', precision: 0, recall: 0, f1: 0, gold: 1, predicted: 0, correct: 0 },
      ],
      confusions: [
        ['A', 'A', 1],
        ['New', 'A', 1],
      ],
    });
  });

  it('of spans by type, by hand', () => {
    // Gold: x [0,2), y [3,4), x [5,6). Predicted: x [0,2), x [3,4), x [5,7). Right: the first alone.
    const { labels, confusions } = details([zip('B-x I-x O B-y O B-x O', 'B-x I-x O B-x O B-x I-x')], 'IOB2');
    assert.deepEqual(labels, [
      { label: 'x', precision: 1 / 3, recall: 1 / 2, f1: 2 / 5, gold: 2, predicted: 3, correct: 1 },
      { label: 'y', precision: 0, recall: 0, f1: 0, gold: 1, predicted: 0, correct: 0 },
    ]);
    assert.deepEqual(confusions, [
      ['B-x', 'B-x', 2],
      ['O', 'O', 2],
      ['B-y', 'B-x', 1],
      ['I-x', 'I-x', 1],
      ['O', 'I-x', 1],
    ]);
  });

  it('are empty for an empty set', () => {
    assert.deepEqual(details([], 'IOB2'), { labels: [], confusions: [] });
    assert.deepEqual(details([[]], 'none'), { labels: [], confusions: [] });
  });

  const sentencesOf = (label: fc.Arbitrary<string>) =>
    fc.array(fc.array(fc.tuple(label, label), { maxLength: 10 }), { maxLength: 5 });

  it('of tokens add up to the scores of all, on any labels', () => {
    fc.assert(
      fc.property(
        sentencesOf(fc.constantFrom('N', 'V', 'D', '', '__proto__', 'constructor')),
        (sentences) => {
          const { dataset, predictions, reading } = labelledSet(sentences, 'none');
          const { labels, confusions } = scoreDetails(dataset, predictions, reading);
          const tokens = sentences.flat();
          // One pass for each label: nothing in common with the sparse counts.
          for (const scores of labels) {
            const gold = tokens.filter((pair) => pair[0] === scores.label).length;
            const predicted = tokens.filter((pair) => pair[1] === scores.label).length;
            const correct = tokens.filter(
              (pair) => pair[0] === scores.label && pair[1] === scores.label,
            ).length;
            assert.deepEqual(scores, { label: scores.label, ...matchScores({ gold, predicted, correct }) });
          }
          assert.deepEqual(new Set(labels.map(({ label }) => label)), new Set(tokens.flat()));
          assert.equal(
            new Set(confusions.map(([gold, predicted]) => JSON.stringify([gold, predicted]))).size,
            confusions.length,
          );
          for (const [gold, predicted, count] of confusions)
            assert.equal(tokens.filter((pair) => pair[0] === gold && pair[1] === predicted).length, count);
          assert.equal(sum(confusions.map(([, , count]) => count)), tokens.length);
          assert.ok(
            confusions.every(([, , count], i) => i === 0 || count <= confusions[i - 1][2]),
            'most frequent first',
          );
        },
      ),
    );
  });

  it('of spans are those of conlleval by type, on any labels', () => {
    const label = fc.oneof(
      fc.constant('O'),
      fc
        .tuple(fc.constantFrom(...'BIES'), fc.constantFrom('x', 'y', 'z'))
        .map(([prefix, type]) => `${prefix}-${type}`),
    );
    fc.assert(
      fc.property(sentencesOf(label), (sentences) => {
        const { labels } = details(sentences, 'IOBES');
        const { types } = countChunks(sentences);
        assert.deepEqual(
          new Map(labels.map(({ label: type, ...scores }) => [type, scores])),
          new Map([...types].map(([type, counts]) => [type, matchScores(counts)])),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

/** Words with spaces between them, as characters with labels of BMES. */
function segmented(text: string): [word: string, label: string][] {
  return text.split(' ').flatMap((word) => {
    const characters = [...word];
    return characters.map((character, i): [string, string] => {
      if (characters.length === 1) return [character, 'S'];
      return [character, i === 0 ? 'B' : i === characters.length - 1 ? 'E' : 'M'];
    });
  });
}

const compare = (gold: string, predicted: string): LabelledToken[] => {
  const labels = segmented(predicted);
  return segmented(gold).map(([word, label], t) => [label, labels[t][1], word]);
};

/** Scores of a segmentation, by a model that was trained on other sentences. */
function segment(
  training: readonly string[],
  sentences: readonly (readonly LabelledToken[])[],
  scheme: LabelScheme = 'IOBES',
  known = ['B', 'M', 'E', 'S'],
) {
  const learned = training.map(segmented);
  const words = [
    ...new Set([...learned.flat().map(([word]) => word), ...sentences.flat().map(([, , word = '']) => word)]),
  ];
  const taught = labelledSet(
    learned.map((sentence) => sentence.map(([word, label]) => [label, label, word] as const)),
    'IOBES',
    { words },
  );
  const { dataset, predictions, reading } = labelledSet(sentences, scheme, {
    known,
    characters: true,
    words,
  });
  const scores = scorePredictions(dataset, predictions, reading);
  return {
    scores,
    details: scoreDetails(
      dataset,
      predictions,
      reading,
      new TrainingWords(taught.dataset, taught.reading, (number) => words[number]),
    ),
  };
}

describe('scores of word segmentation', () => {
  it('are those of words, and of words that training lacks, by hand', () => {
    // Gold 我 喜欢 北京 烤鸭 大; predicted 我 喜欢 北 京 烤鸭大. Right: 我, 喜欢 of 5 gold and 5 predicted words.
    // In training: 我, 北京 (the characters 喜 and 欢 are, as words of their own); not: 喜欢, 烤鸭 (烤 is new), 大 (only
    // inside of 大学).
    const {
      scores,
      details: { words, labels },
    } = segment(['我 爱 北京', '喜 欢 大学 鸭'], [compare('我 喜欢 北京 烤鸭 大', '我 喜欢 北 京 烤鸭大')]);
    assert.deepEqual(scores.spans, matchScores({ gold: 5, predicted: 5, correct: 2 }));
    assert.deepEqual(words, {
      inVocabulary: { recall: 1 / 2, gold: 2, correct: 1 },
      outOfVocabulary: { recall: 1 / 3, gold: 3, correct: 1 },
    });
    assert.deepEqual(labels, [{ label: '', ...matchScores({ gold: 5, predicted: 5, correct: 2 }) }]);
  });

  it('a word is its characters, however they stand in tokens', () => {
    const year = [
      ['B', 'B', '20'],
      ['E', 'E', '16'],
    ] as const;
    const characters = ['2', '016', '20', '16'];
    const learned = labelledSet(
      [year.map(([gold, predicted]) => [gold, predicted, gold === 'B' ? '2' : '016'] as const)],
      'IOBES',
      { words: characters },
    );
    const words = new TrainingWords(learned.dataset, learned.reading, (number) => characters[number]);
    assert.ok(words.has(Uint32Array.of(2, 3), 0, 2));
    assert.ok(!words.has(Uint32Array.of(2, 2), 0, 2));
  });

  it('malformed predictions are cut as conlleval cuts spans', () => {
    // M E M | B | S E: words [0,2), [2,3), [3,4), [4,5), [5,6).
    const predicted = ['M', 'E', 'M', 'B', 'S', 'E'];
    const gold = ['B', 'E', 'S', 'B', 'M', 'E'];
    const { scores } = segment(['天'], [gold.map((label, t) => [label, predicted[t], '天'] as const)]);
    assert.deepEqual(scores.spans, matchScores({ gold: 3, predicted: 5, correct: 2 }));
  });

  it('B and I alone, or B and E, cut text too', () => {
    assert.deepEqual(
      segment(['天'], [zip('B I B B I', 'B I I B I')], 'IOB2', ['B', 'I']).scores.spans,
      matchScores({ gold: 3, predicted: 2, correct: 1 }),
    );
    assert.deepEqual(
      segment(['天'], [zip('I E E I E', 'I I E I E')], 'IOE2', ['I', 'E']).scores.spans,
      matchScores({ gold: 3, predicted: 2, correct: 1 }),
    );
  });

  it('a character whose label is none of the scheme is a word of its own', () => {
    assert.deepEqual(
      segment(['天'], [zip('B E ? S', 'B E S S')]).scores.spans,
      matchScores({ gold: 3, predicted: 3, correct: 3 }),
    );
  });

  it('with O among the labels, what is outside is no word', () => {
    assert.deepEqual(
      segment(['天'], [zip('B E O S', 'B E O S')], 'IOBES', ['B', 'E', 'S', 'O']).scores.spans,
      matchScores({ gold: 2, predicted: 2, correct: 2 }),
    );
  });

  const cut = fc.array(fc.constantFrom('天', '气', '好', '天气', '好天气', '😀', 'ab'), {
    minLength: 1,
    maxLength: 8,
  });

  it('are as counted from the words themselves, on any segmentation', () => {
    fc.assert(
      fc.property(
        fc.array(cut, { minLength: 1, maxLength: 4 }),
        cut,
        fc.infiniteStream(fc.boolean()),
        (training, gold, stream) => {
          const characters = [...gold.join('')];
          const predicted: string[] = [];
          for (const character of characters) {
            if (predicted.length > 0 && stream.next().value) predicted.push(predicted.pop() + character);
            else predicted.push(character);
          }
          const result = segment(
            training.map((words) => words.join(' ')),
            [compare(gold.join(' '), predicted.join(' '))],
          );
          // Words at their places, by their first characters.
          const placed = (words: readonly string[]): Set<string> => {
            let at = 0;
            return new Set(words.map((word) => `${(at += [...word].length) - [...word].length} ${word}`));
          };
          const found = placed(predicted);
          const met = new Set<string>(training.flat());
          const correct = [...placed(gold)]
            .filter((word) => found.has(word))
            .map((word) => word.split(' ')[1]);
          assert.deepEqual(
            result.scores.spans,
            matchScores({ gold: gold.length, predicted: predicted.length, correct: correct.length }),
          );
          const { inVocabulary, outOfVocabulary } = result.details.words!;
          assert.deepEqual(
            [inVocabulary.gold, inVocabulary.correct],
            [gold.filter((word) => met.has(word)).length, correct.filter((word) => met.has(word)).length],
          );
          assert.deepEqual(
            [outOfVocabulary.gold, outOfVocabulary.correct],
            [gold.filter((word) => !met.has(word)).length, correct.filter((word) => !met.has(word)).length],
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

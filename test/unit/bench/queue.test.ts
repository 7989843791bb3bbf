import assert from 'node:assert/strict';
import { Annotator } from '../../../bench/queue/annotator';
import { meanCurve, shareFor } from '../../../bench/queue/learningCurve';
import { labelsOfRows, rowsOf } from '../../../bench/queue/simulatedCorpus';

const sentence = (words: string, labels: string) => ({ words: words.split(' '), labels: labels.split(' ') });

describe('the simulated annotator', () => {
  const sentences = [
    sentence('in New York today', 'O B-LOC I-LOC O'),
    sentence('the New York Times', 'O B-ORG I-ORG I-ORG'),
    sentence('New York sleeps', 'B-LOC I-LOC O'),
  ];

  it('widens a question to whole spans, and answers the same words elsewhere', () => {
    const annotator = new Annotator(sentences, 'IOB2');
    const places = [
      { sentence: 0, start: 2, end: 3 },
      { sentence: 2, start: 1, end: 2 },
    ];
    assert.ok(annotator.answer({ key: 'York' }, places));
    assert.deepEqual(annotator.labels, [
      ['O', 'B-LOC', 'I-LOC', 'O'],
      ['O', 'O', 'O', 'O'],
      ['B-LOC', 'I-LOC', 'O'],
    ]);
    assert.equal(annotator.shown, 2);
    assert.equal(annotator.known, 4);
    assert.equal(annotator.wrong, 0);
    assert.deepEqual([...annotator.kept], ['York']);
  });

  it('counts labels that are right at one place and wrong at another', () => {
    const annotator = new Annotator(sentences, 'IOB2');
    annotator.answer({ key: 'New York' }, [
      { sentence: 0, start: 1, end: 3 },
      { sentence: 1, start: 1, end: 3 },
    ]);
    assert.deepEqual(annotator.labels[1], ['O', 'B-LOC', 'I-LOC', 'O']);
    assert.equal(annotator.wrong, 2);
  });

  it('looks at no word twice, and changes nothing that was looked at', () => {
    const annotator = new Annotator(sentences, 'IOB2');
    annotator.labelSentence(1);
    assert.equal(annotator.shown, 4);
    assert.ok(!annotator.answer({ key: 'Times' }, [{ sentence: 1, start: 3, end: 4 }]));
    annotator.answer({ key: 'New York' }, [
      { sentence: 0, start: 1, end: 3 },
      { sentence: 1, start: 1, end: 3 },
    ]);
    assert.deepEqual(annotator.labels[1], sentences[1].labels);
    assert.equal(annotator.shown, 6);
  });

  it('leaves to a model the words that nobody has said anything of', () => {
    const annotator = new Annotator(sentences, 'IOB2');
    annotator.answer({ key: 'York' }, [{ sentence: 0, start: 1, end: 3 }]);
    assert.deepEqual(annotator.labelsWith(0, ['B-PER', 'O', 'O', 'B-PER']), [
      'B-PER',
      'B-LOC',
      'I-LOC',
      'B-PER',
    ]);
    assert.deepEqual(
      sentences.map((_, s) => annotator.isTouched(s)),
      [true, false, false],
    );
  });

  it('reads back the labels of the rows that it writes', () => {
    assert.deepEqual(
      labelsOfRows(rowsOf(sentences)),
      sentences.map(({ labels }) => labels),
    );
  });
});

describe('a learning curve', () => {
  const point = (share: number, score: number) => ({ share, score, known: share, wrong: 0 });

  it('reaches a score between two points', () => {
    const curve = [point(0.1, 40), point(0.2, 50), point(0.3, 45)];
    assert.ok(Math.abs((shareFor(curve, 45) ?? 0) - 0.15) < 1e-12);
    assert.equal(shareFor(curve, 30), 0.1);
    assert.equal(shareFor(curve, 51), undefined);
  });

  it('is the mean of curves, point by point', () => {
    assert.deepEqual(meanCurve([[point(0.1, 40)], [point(0.3, 50)]]), [point(0.2, 45)]);
  });
});

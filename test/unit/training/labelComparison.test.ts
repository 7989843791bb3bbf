import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme } from '../../../src/corpus/corpus';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { compareLabels } from '../../../src/training/labelComparison';
import type { ComparedFile } from '../../../src/training/labelComparison';
import { countChunks } from './conlleval';

type Labelled = readonly (readonly [word: string, label: string])[];

/** A file of columns, its word first and its label last. */
function labelled(sentences: readonly Labelled[], scheme?: LabelScheme): ComparedFile {
  const text = sentences.map((sentence) => sentence.map((row) => `${row.join('\t')}\n`).join('')).join('\n');
  const layout = {
    kind: 'columns',
    columns: ['FORM', 'NER'],
    form: 0,
    separator: '\t',
    ...(scheme && { scheme }),
  };
  return { file: readCorpusFile('f', 'f.tsv', text, layout), label: 1 };
}

const words = (labels: string): Labelled => labels.split(' ').map((label, i) => [`w${i}`, label]);

describe('a comparison of labels', () => {
  it('gives Cohen’s kappa', () => {
    // 20 times both say yes, 15 times both say no, 5 and 10 times they differ: 0.4 (a textbook example).
    const pairs = [
      ...Array<string>(20).fill('yes yes'),
      ...Array<string>(5).fill('yes no'),
      ...Array<string>(10).fill('no yes'),
      ...Array<string>(15).fill('no no'),
    ].map((pair) => pair.split(' '));
    const side = (i: number): ComparedFile => labelled([pairs.map((pair, t) => [`w${t}`, pair[i]])]);
    const { labels, tokens, differing } = compareLabels(side(0), side(1));
    assert.equal(tokens, 50);
    assert.equal(labels?.accuracy, 0.7);
    assert.ok(Math.abs((labels?.kappa ?? 0) - 0.4) < 1e-12);
    assert.equal(differing, 15);
  });

  it('has no kappa where both say one thing of all', () => {
    const { labels } = compareLabels(labelled([words('A A A')]), labelled([words('A A A')]));
    assert.deepEqual(labels, { accuracy: 1, confusions: [['A', 'A', 3]] });
  });

  it('tells where spans differ, in words', () => {
    const left = labelled([words('B-LOC I-LOC O B-PER O B-ORG')]);
    const right = labelled([words('B-LOC B-PER O B-PER B-LOC O')]);
    const { differences, spans, byLabel } = compareLabels(left, right);
    assert.deepEqual(differences, [
      { line: 0, otherLine: 0, words: ['w0', 'w1'], left: 'LOC', right: 'LOC (w0), PER (w1)' },
      { line: 4, otherLine: 4, words: ['w4'], left: '', right: 'LOC' },
      { line: 5, otherLine: 5, words: ['w5'], left: 'ORG', right: '' },
    ]);
    assert.deepEqual([spans?.gold, spans?.predicted, spans?.correct], [3, 4, 1]);
    assert.deepEqual(
      byLabel.map(({ label, gold, predicted, correct }) => [label, gold, predicted, correct]),
      [
        ['LOC', 1, 2, 0],
        ['PER', 1, 2, 1],
        ['ORG', 1, 0, 0],
      ],
    );
  });

  it('counts sentences that only one of the two has, and finds the others behind them', () => {
    const other: Labelled = [
      ['x', 'O'],
      ['y', 'B-LOC'],
    ];
    const left = labelled([words('B-PER O'), words('B-PER O'), other]);
    const right = labelled([[['new', 'O']], other, words('O O')]);
    const { sentences, leftOnly, rightOnly, differences } = compareLabels(left, right);
    assert.deepEqual([sentences, leftOnly, rightOnly], [2, 1, 1]);
    assert.deepEqual(differences, [{ line: 0, otherLine: 5, words: ['w0'], left: 'PER', right: '' }]);
  });

  it('compares the spans of two schemes, and not their labels', () => {
    const left = labelled([words('B-LOC I-LOC O B-PER'), words('O B-LOC O O O')]);
    const right = labelled([words('B-LOC E-LOC O S-PER'), words('O S-ORG O O O')]);
    const { labels, spans, differing } = compareLabels(left, right);
    assert.equal(labels, undefined);
    assert.deepEqual([spans?.gold, spans?.predicted, spans?.correct, differing], [3, 3, 2, 1]);
  });

  it('takes labels that mark nothing for labels of any scheme', () => {
    const [marked, empty] = [labelled([words('B-LOC I-LOC O')]), labelled([words('O O O')])];
    for (const [left, right] of [
      [marked, empty],
      [empty, marked],
    ]) {
      const { spans, differing, labels } = compareLabels(left, right);
      assert.deepEqual([(spans?.gold ?? 0) + (spans?.predicted ?? 0), differing], [1, 1]);
      assert.equal(labels?.accuracy, 1 / 3);
    }
  });

  it('reads labels by the scheme that is known of their corpus', () => {
    const side = (labels: string): ComparedFile => ({ ...labelled([words(labels)]), scheme: 'IOB1' });
    const { spans } = compareLabels(side('I-LOC I-LOC O'), side('I-LOC B-LOC O'));
    assert.deepEqual([spans?.gold, spans?.predicted, spans?.correct], [1, 2, 0]);
  });

  it('tells spans without a type by their words', () => {
    const { differences } = compareLabels(labelled([words('B I O O')]), labelled([words('O O B O')]));
    assert.deepEqual(
      differences.map(({ left, right }) => [left, right]),
      [
        ['w0 w1', ''],
        ['', 'w2'],
      ],
    );
  });

  it('says why there is nothing to compare', () => {
    assert.throws(
      () => compareLabels(labelled([words('A B')]), labelled([words('A B A')])),
      /no sentence in common/,
    );
    assert.throws(
      () => compareLabels(labelled([words('B-LOC O O')]), labelled([words('NOUN VERB DET')])),
      /mark spans/,
    );
  });

  it('counts spans as conlleval does, whatever the labels', () => {
    const label = fc.constantFrom('O', 'O', 'B-LOC', 'I-LOC', 'B-PER', 'I-PER');
    const pair = fc.array(fc.tuple(label, label), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 6 }), (all) => {
        const side = (i: 0 | 1): ComparedFile =>
          labelled(
            all.map((own, s) => own.map((tags, t) => [`s${s}w${t}`, tags[i]])),
            'IOB2',
          );
        const { spans, differences, labels } = compareLabels(side(0), side(1));
        const counted = countChunks(all);
        assert.deepEqual(
          { gold: spans?.gold, predicted: spans?.predicted, correct: spans?.correct },
          { gold: counted.gold, predicted: counted.predicted, correct: counted.correct },
        );
        // Where no span differs there is no difference, and the other way round.
        const isSame = counted.correct === counted.gold && counted.correct === counted.predicted;
        assert.equal(differences.length === 0, isSame);
        const right = all.flat().filter(([gold, predicted]) => gold === predicted).length;
        assert.ok(Math.abs((labels?.accuracy ?? 0) - right / all.flat().length) < 1e-12);
      }),
      { numRuns: 200 },
    );
  });
});

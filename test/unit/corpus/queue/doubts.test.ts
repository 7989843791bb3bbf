import assert from 'node:assert/strict';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { FileSample } from '../../../../src/corpus/formats/rows/sample';
import { doubtsOf, doubtsOfFile } from '../../../../src/corpus/queue/doubts';
import type { Doubt, JudgedToken } from '../../../../src/corpus/queue/doubts';
import { unlabelledSentences } from '../../../../src/corpus/queue/unlabelledSentences';
import { annotated } from '../answers/annotated';

const said = ({ words, gold, predicted, isGuess, uncertainty }: Doubt): unknown[] => [
  words,
  gold.label ?? gold.spans.map(({ type }) => type).join(),
  predicted.label ?? predicted.spans.map(({ type }) => type).join(),
  isGuess,
  Math.round(100 * uncertainty),
];

/** The doubts of columns, by what a model says of each row: its label, its probability, and the label next to it. */
function doubts(
  rows: readonly (readonly [word: string, gold: string, label: string, probability: number, next?: string])[],
  labels: readonly string[],
  scheme: 'IOB2' | 'none',
): Doubt[] {
  return doubtsOfFile([doubtsOfRows(rows, labels, scheme)]);
}

function doubtsOfRows(
  rows: readonly (readonly [word: string, gold: string, label: string, probability: number, next?: string])[],
  labels: readonly string[],
  scheme: 'IOB2' | 'none',
): ReturnType<typeof doubtsOf> {
  const text = rows.map(([word, gold]) => `${word}\t${gold}\n`).join('');
  const layout = { kind: 'columns', columns: ['FORM', 'NER'], form: 0, separator: '\t' };
  const read = annotated(text, { path: 'a.conll', layout, scheme, labels });
  const tokens = rows.map(([, , label, probability, next], t): JudgedToken => ({
    start: read.starts[t],
    end: read.ends[t],
    sentence: 0,
    label,
    probability,
    spanProbability: probability,
    ...(next !== undefined && { next: { label: next, probability: 1 - probability } }),
  }));
  return doubtsOf(read, tokens, scheme);
}

const types = ['O', 'B-PER', 'I-PER', 'B-LOC'];

describe('doubts', () => {
  it('are where the model says something else, with how unsure it is', () => {
    const found = doubts(
      [
        ['Rita', 'B-PER', 'B-PER', 0.9],
        ['May', 'I-PER', 'I-PER', 0.9],
        ['in', 'O', 'O', 0.6, 'B-LOC'],
        ['Rome', 'O', 'B-LOC', 0.7],
      ],
      types,
      'IOB2',
    );
    assert.deepEqual(found.map(said), [['Rome', '', 'LOC', false, 30]]);
    assert.deepEqual([found[0].target.index, found[0].target.tokens], [3, 1]);
  });

  it('are of tags each token that differs', () => {
    const found = doubts(
      [
        ['the', 'DET', 'DET', 0.4],
        ['run', 'VERB', 'NOUN', 0.6],
      ],
      ['DET', 'NOUN', 'VERB'],
      'none',
    );
    assert.deepEqual(found.map(said), [['run', 'VERB', 'NOUN', false, 40]]);
  });

  it('are in a text without labels also words which may be in a span, with the type that is likeliest', () => {
    const rows = [
      ['Zora', 'O', 'O', 0.6, 'B-PER'],
      ['naps', 'O', 'O', 0.96, 'B-PER'],
      ['in', 'O', 'O', 0.7, 'O'],
      ['Rome', 'O', 'B-LOC', 0.8],
    ] as const;
    assert.deepEqual(doubts(rows, types, 'IOB2').map(said), [
      ['Zora', '', 'PER', true, 40],
      ['Rome', '', 'LOC', false, 20],
    ]);
    // Whoever labelled most of it has looked at the others.
    const begun = [...rows, ['Rita', 'B-PER', 'B-PER', 0.9]] as const;
    assert.deepEqual(doubts(begun, types, 'IOB2').map(said), [['Rome', '', 'LOC', false, 20]]);
  });

  it('keep such words after the first answers, in whichever part of the file these are', () => {
    const open = doubtsOfRows([['Zora', 'O', 'O', 0.6, 'B-PER']], types, 'IOB2');
    const answered = doubtsOfRows(
      [
        ['Rome', 'B-LOC', 'O', 0.6, 'B-LOC'],
        ['Zora', 'O', 'O', 0.6, 'B-PER'],
      ],
      types,
      'IOB2',
    );
    const guesses = (...parts: (typeof open)[]): string[] =>
      doubtsOfFile(parts)
        .filter(({ isGuess }) => isGuess)
        .map(({ words }) => words);
    assert.deepEqual(guesses(open, open, open, open, answered), ['Zora', 'Zora', 'Zora', 'Zora', 'Zora']);
    assert.deepEqual(guesses(answered, open, open, answered, open), []);
  });
});

describe('sentences without labels', () => {
  const sentencesOf = (labels: readonly string[]): number[] => {
    const text = labels.map((label) => `Rome\t${label}\nnaps\tO\n\n`).join('');
    const layout = detectLayout('a.conll', new FileSample(`${text}Oslo\tB-LOC\n`))!;
    const file = readCorpusFile('a.conll', 'a.conll', text, layout);
    return unlabelledSentences(text, file, 1).map(({ line }) => line);
  };

  it('are offered of a file that hardly has labels, and not of an annotated one', () => {
    assert.deepEqual(sentencesOf(['O', 'O', 'O']), [0, 3, 6]);
    assert.deepEqual(sentencesOf(['O', 'O', 'O', 'O', 'B-LOC']), [0, 3, 6, 9]);
    assert.deepEqual(sentencesOf(['O', 'B-LOC', 'O', 'B-LOC', 'O']), []);
    assert.deepEqual(sentencesOf(['B-LOC']), []);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme } from '../../../../src/corpus/corpus';
import { spansOf } from '../../../../src/corpus/labels/spans';
import { decorationsOf, shownText } from '../../../../src/editor/labels/decorations';
import { labelSet } from '../../../../src/editor/labels/labelSet';
import { tokenOf } from './documents';

const segment = { first: 0, last: 99, firstColumn: 0, text: '' };
const everywhere = [{ first: 0, last: 99 }];

const entityLabels = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'];

/** `predicted/gold` for each row → what is drawn there: `kind text`, the word's decoration left out. */
function rows(labels: string, scheme: LabelScheme): string[] {
  const tokens = labels.split(' ').map((pair, line) => {
    const [label, gold] = pair.split('/');
    return tokenOf({ line, label, gold, startColumn: 2, endColumn: 5 });
  });
  const decorations = decorationsOf(segment, tokens, 'rows', labelSet(entityLabels, scheme), everywhere);
  return tokens.map(({ line }) =>
    decorations
      .filter(({ startLine, style }) => startLine === line && style.kind !== 'differing-token')
      .map(({ style }) => `${style.kind} ${style.text}`)
      .join(),
  );
}

describe('Decorations on rows', () => {
  it('show each label at its row, and where it differs, so', () => {
    assert.deepEqual(rows('NOUN/NOUN VERB/NOUN ADJ', 'none'), [
      'agrees NOUN',
      'differs ≠ VERB',
      'predicted ADJ',
    ]);
  });

  it('show O only where gold is something else', () => {
    assert.deepEqual(rows('O/O O O/B-PER', 'IOB2'), ['', '', 'differs ≠ O']);
    assert.deepEqual(rows('O/O O/PER', 'none'), ['', 'differs ≠ O']);
  });

  it('show the label of a span once', () => {
    assert.deepEqual(rows('B-PER/B-PER I-PER/I-PER O/O B-LOC B-LOC I-LOC', 'IOB2'), [
      'agrees PER',
      'continues ┆',
      '',
      'predicted LOC',
      'predicted LOC',
      'continues ┆',
    ]);
  });

  it('show every row of a span that differs', () => {
    assert.deepEqual(rows('B-PER/O I-PER/B-PER I-PER/I-PER', 'IOB2'), [
      'differs ≠ B-PER',
      'differs ≠ I-PER',
      'continues ┆',
    ]);
  });

  it('end a span with its sentence', () => {
    const tokens = [0, 1].map((line) => tokenOf({ line, label: 'I-PER', sentence: line }));
    const decorations = decorationsOf(segment, tokens, 'rows', labelSet(entityLabels, 'IOB1'), everywhere);
    assert.deepEqual(
      decorations.map(({ style }) => style.text),
      ['PER', 'PER'],
    );
  });

  it('name spans without a type by their label', () => {
    assert.deepEqual(rows('B I', 'IOB2'), ['predicted B', 'continues ┆']);
  });

  it('stand behind the label’s field, and decoration the word that differs', () => {
    const token = tokenOf({ line: 3, label: 'X', gold: 'Y', startColumn: 2, endColumn: 5, labelColumn: 9 });
    const [label, word] = decorationsOf(segment, [token], 'rows', labelSet(['X', 'Y'], 'none'), everywhere);
    assert.deepEqual([label.startLine, label.startColumn, label.endLine, label.endColumn], [3, 0, 3, 9]);
    assert.deepEqual([word.style.kind, word.startColumn, word.endColumn], ['differing-token', 2, 5]);
  });

  it('show each predicted span exactly once where all rows agree', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...entityLabels)),
        fc.constantFrom<LabelScheme>('IOB1', 'IOB2'),
        (labels, scheme) => {
          const tokens = labels.map((label, line) => tokenOf({ line, label, gold: label }));
          const decorations = decorationsOf(
            segment,
            tokens,
            'rows',
            labelSet(entityLabels, scheme),
            everywhere,
          );
          const shown = decorations
            .filter(({ style }) => style.kind === 'agrees')
            .map(({ startLine, style }) => ({ start: startLine, type: style.text }));
          assert.deepEqual(
            shown,
            spansOf(labels, scheme).map(({ start, type }) => ({ start, type })),
          );
          assert.equal(decorations.filter(({ style }) => style.kind === 'differs').length, 0);
        },
      ),
    );
  });
});

describe('Decorations in text', () => {
  const words = (labels: string[]): ReturnType<typeof tokenOf>[] =>
    labels.map((label, i) =>
      tokenOf({ line: Math.floor(i / 3), startColumn: (i % 3) * 5, endColumn: (i % 3) * 5 + 4, label }),
    );

  it('show each label behind its token, but not O', () => {
    const decorations = decorationsOf(
      segment,
      words(['NOUN', 'O', 'VERB']),
      'text',
      labelSet(['NOUN', 'VERB'], 'none'),
      everywhere,
    );
    assert.deepEqual(
      decorations.map(({ startColumn, endColumn, style }) => [
        startColumn,
        endColumn,
        style.kind,
        style.text,
      ]),
      [
        [0, 4, 'token', 'NOUN'],
        [10, 14, 'token', 'VERB'],
      ],
    );
  });

  it('show a span once, over all its tokens, line ends included', () => {
    const decorations = decorationsOf(
      segment,
      words(['O', 'O', 'B-LOC', 'I-LOC', 'B-PER']),
      'text',
      labelSet(entityLabels, 'IOB2'),
      everywhere,
    );
    assert.deepEqual(
      decorations.map(({ startLine, startColumn, endLine, endColumn, style }) => [
        startLine,
        startColumn,
        endLine,
        endColumn,
        style.kind,
        style.text,
      ]),
      [
        [0, 10, 1, 4, 'span', 'LOC'],
        [1, 5, 1, 9, 'span', 'PER'],
      ],
    );
  });

  it('tint the words of a segmented text by turns, without a text of their own', () => {
    const decorations = decorationsOf(
      segment,
      words(['B', 'I', 'B', 'B', 'I']),
      'text',
      labelSet(['B', 'I'], 'IOB2'),
      everywhere,
    );
    assert.deepEqual(
      decorations.map(({ style }) => [style.kind, style.text, style.colour]),
      [
        ['segment', '', 0],
        ['segment', '', 1],
        ['segment', '', 0],
      ],
    );
  });

  it('say where a very long line is cut', () => {
    const cut = { startColumn: 100, endColumn: 200, before: true, after: false };
    const decorations = decorationsOf({ ...segment, cut }, [], 'text', labelSet([], 'none'), everywhere);
    assert.deepEqual(
      decorations.map(({ startColumn, endColumn, style }) => [startColumn, endColumn, style.kind]),
      [[100, 100, 'cut']],
    );
  });
});

describe('Decorations', () => {
  it('are drawn on the given lines only', () => {
    const tokens = Array.from({ length: 50 }, (_, line) => tokenOf({ line, label: 'X' }));
    const decorations = decorationsOf(segment, tokens, 'rows', labelSet(['X'], 'none'), [
      { first: 10, last: 12 },
      { first: 30, last: 30 },
    ]);
    assert.deepEqual(
      decorations.map(({ startLine }) => startLine),
      [10, 11, 12, 30],
    );
  });

  it('have a text of one line and at most sixty characters', () => {
    assert.equal(shownText('a\nb\u2028c\0'), 'a‹U+000A›b‹U+2028›c‹U+0000›');
    assert.equal(shownText('\u202EBON'), '‹U+202E›BON');
    assert.equal([...shownText('😀'.repeat(90))].length, 60);
    assert.equal(shownText('Case=Nom|Number=Sing'), 'Case=Nom|Number=Sing');
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme } from '../../../../src/corpus/corpus';
import { spansOf } from '../../../../src/corpus/labels/spans';
import { decorationsOf as drawnWith } from '../../../../src/editor/labels/decorations';
import type { Decoration, GoldSpan } from '../../../../src/editor/labels/decorations';
import { goldDecorations } from '../../../../src/editor/labels/goldDecorations';
import { labelSet } from '../../../../src/editor/labels/labelSet';
import { drawingOf } from '../../../../src/editor/labels/labelStyle';
import type { LabelDrawing } from '../../../../src/editor/labels/labelStyle';
import { shownDifference, shownLabel } from '../../../../src/editor/labels/shownLabel';
import { tokenOf } from './documents';

const segment = { first: 0, last: 99, firstColumn: 0, text: '' };
const everywhere = [{ first: 0, last: 99 }];

const everyLabel = drawingOf('labels', false, true);

/** As {@link drawnWith}, each label written out unless said otherwise. */
function decorationsOf(
  ...[part, tokens, kind, labels, drawn, drawing]: [
    ...(Parameters<typeof drawnWith> extends [...infer All, LabelDrawing, unknown] ? All : never),
    LabelDrawing?,
  ]
): Decoration[] {
  return drawnWith(part, tokens, kind, labels, drawn, drawing ?? everyLabel, []);
}

const entityLabels = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'];

/** `predicted/gold` for each row → what is drawn there: `kind text`, the word's decoration left out. */
function rows(labels: string, scheme: LabelScheme, drawing = everyLabel, probability = 0.9): string[] {
  const tokens = labels.split(' ').map((pair, line) => {
    const [label, gold] = pair.split('/');
    return tokenOf({ line, label, gold, startColumn: 2, endColumn: 5, probability });
  });
  const decorations = decorationsOf(
    segment,
    tokens,
    'rows',
    labelSet(entityLabels, scheme),
    everywhere,
    drawing,
  );
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
});

describe('The style', () => {
  const automatic = drawingOf('automatic', false, false);
  const wrapped = drawingOf('automatic', true, false);
  const doubtful = drawingOf('doubtful', false, false);

  it('automatic shows in a corpus what differs, and a bar for what agrees', () => {
    assert.deepEqual(rows('B-PER/B-PER I-PER/I-PER O/O B-LOC/O', 'IOB2', automatic), [
      'bar ',
      'bar ',
      '',
      'differs ≠ B-LOC',
    ]);
  });

  it('automatic shows in a corpus what agrees and is doubtful, and what no gold label stands beside', () => {
    assert.deepEqual(rows('NOUN/NOUN', 'none', automatic, 0.5), ['agrees NOUN']);
    assert.deepEqual(rows('NOUN', 'none', automatic), ['predicted NOUN']);
  });

  it('doubtful shows nothing where the model agrees and is sure', () => {
    assert.deepEqual(rows('NOUN/NOUN VERB ADJ/ADV', 'none', doubtful), ['', '', 'differs ≠ ADJ']);
    assert.deepEqual(rows('NOUN/NOUN VERB', 'none', doubtful, 0.5), ['agrees NOUN', 'predicted VERB']);
  });

  /** The words of a line with their labels → what is drawn, `kind text` or `kind text?` where it is doubtful. */
  function inText(
    pairs: string,
    drawing: LabelDrawing,
    scheme: LabelScheme = 'none',
    probability = 0.9,
  ): string[] {
    const words = pairs.split(' ').map((pair) => pair.split('/'));
    const text = words.map(([word]) => word).join(' ');
    let column = 0;
    const tokens = words.map(([word, label]) => {
      const startColumn = column;
      column += word.length + 1;
      return tokenOf({ line: 0, startColumn, endColumn: startColumn + word.length, label, probability });
    });
    return decorationsOf(
      { ...segment, text },
      tokens,
      'text',
      labelSet(entityLabels, scheme),
      everywhere,
      drawing,
    ).map(({ style }) => `${style.kind} ${style.text}${style.doubtful ? '?' : ''}`);
  }

  it('automatic takes no width where lines wrap: the label is above its word if there is room', () => {
    assert.deepEqual(inText('weather/NOUN a/DET 雨/PROPN', wrapped), [
      'underlined-token NOUN',
      'underlined-token ',
      'underlined-token ',
    ]);
    assert.deepEqual(inText('weather/NOUN is/VERB', automatic), ['token NOUN', 'token VERB']);
    assert.deepEqual(inText('Jo/B-PER Doe/I-PER Ur/B-LOC', wrapped, 'IOB2'), [
      'underlined-span PER',
      'underlined-span LOC',
    ]);
  });

  it('two labels above words that are joined never run together', () => {
    const joined = (first: string, second: string): string[] =>
      decorationsOf(
        { ...segment, text: `${first}${second}` },
        [
          tokenOf({ line: 0, startColumn: 0, endColumn: first.length, label: 'PRON' }),
          tokenOf({
            line: 0,
            startColumn: first.length,
            endColumn: first.length + second.length,
            label: 'AUX',
          }),
        ],
        'text',
        labelSet(entityLabels, 'none'),
        everywhere,
        wrapped,
      ).map(({ style }) => style.text);
    assert.deepEqual(joined('we', "'re"), ['', 'AUX']);
    assert.deepEqual(joined('they', "'re"), ['PRON', 'AUX']);
    assert.deepEqual(inText("we/PRON 're/AUX", wrapped), ['underlined-token PRON', 'underlined-token AUX']);
  });

  it('automatic leaves out punctuation, but not signs that are read aloud', () => {
    assert.deepEqual(inText('Hm/X …/PUNCT &/CCONJ ?!/PUNCT', automatic), ['token X', 'token CCONJ']);
    assert.equal(inText('Hm/X …/PUNCT', drawingOf('automatic', false, true)).length, 2);
  });

  it('doubtful shows in text what is doubtful alone; every style tells it by the shape', () => {
    assert.deepEqual(inText('Hm/X so/ADV', doubtful), []);
    assert.deepEqual(inText('Hm/X so/ADV', doubtful, 'none', 0.3), ['token X?', 'token ADV?']);
    assert.deepEqual(inText('Doe/B-PER', wrapped, 'IOB2', 0.3), ['underlined-span PER?']);
  });

  it('takes a label as text, whatever it is', () => {
    for (const label of ['<img_src=x_onerror=alert(1)>', '[x](command:y)', '__proto__', 'x'.repeat(10_000)]) {
      for (const drawing of [automatic, wrapped, doubtful, everyLabel]) {
        assert.ok(inText(`word/${label}`, drawing).every((text) => text.length < 60));
        assert.ok(rows(`${label}/X`, 'none', drawing).every((text) => text.length < 60));
      }
    }
  });
});

describe('A label as it is drawn', () => {
  it('has one line, and what could not be seen is written out', () => {
    assert.equal(shownLabel('a\nb\u2028c\0', 'rows'), 'a‹U+000A›b‹U+2028›c‹U+0000›');
    assert.equal(shownLabel('\u202EBON', 'text'), '‹U+202E›BON');
  });

  it('is cut in its middle where it is long, and never inside of a character', () => {
    assert.equal(shownLabel('Case=Nom|Number=Sing', 'rows'), 'Case=Nom|Number=Sing');
    assert.equal(shownLabel('Case=Nom|Number=Sing', 'text'), 'Case=Nom…er=Sing');
    assert.equal(shownLabel('😀'.repeat(5_000), 'text'), `${'😀'.repeat(8)}…${'😀'.repeat(7)}`);
    assert.equal(shownLabel('😀'.repeat(16), 'text'), '😀'.repeat(16));
  });

  it('shows of features what differs from gold', () => {
    assert.equal(shownDifference('Case=Nom|Number=Sing', 'Case=Nom|Number=Plur'), 'Number=Sing');
    assert.equal(shownDifference('Case=Nom', 'Case=Acc|Gender=Fem|Number=Sing'), 'Case=Nom|−Gender|−Number');
    assert.equal(shownDifference('_', 'Case=Acc|Gender=Fem'), '−Case|−Gender');
    assert.equal(shownDifference('NOUN', 'VERB'), 'NOUN');
    assert.equal(shownDifference('B-a=b', 'O'), 'B-a=b');
    assert.equal(shownDifference('A=1|B=2', 'B=2|A=1'), 'A=1|B=2');
    assert.equal(shownDifference('__proto__=1|x=2', 'x=2|constructor=3'), '__proto__=1|−constructor');
  });

  it('leave out what a person said as well, and mark what is predicted otherwise', () => {
    const tokens = [
      tokenOf({ line: 0, startColumn: 0, endColumn: 4, label: 'B-PER' }),
      tokenOf({ line: 0, startColumn: 10, endColumn: 14, label: 'B-LOC' }),
      tokenOf({ line: 0, startColumn: 20, endColumn: 24, label: 'B-LOC' }),
    ];
    const at = (startColumn: number, type: string): GoldSpan => ({
      startLine: 0,
      startColumn,
      endLine: 0,
      endColumn: startColumn + 4,
      type,
    });
    const gold = [at(0, 'PER'), at(10, 'ORG')];
    const set = labelSet(entityLabels, 'IOB2');
    const underlined = drawingOf('underlines', false, true);
    const text = { ...segment, text: 'Anna loves Oslo and Rome' };
    const shown = drawnWith(text, tokens, 'text', set, everywhere, underlined, gold);
    assert.deepEqual(
      shown.map(({ startColumn, style: { kind, text } }) => [startColumn, kind, text]),
      [
        [10, 'span', '≠ LOC'],
        [20, 'underlined-span', 'LOC'],
      ],
    );
    assert.deepEqual(
      goldDecorations(gold, set, underlined, () => 'Anna loves Oslo').map(({ style }) => style.kind),
      ['underlined-gold-span', 'underlined-gold-span'],
    );
  });
});

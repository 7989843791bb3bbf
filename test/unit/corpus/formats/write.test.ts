import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../../../src/common/errors';
import type { CorpusLayout } from '../../../../src/corpus/corpus';
import { conlluLayout } from '../../../../src/corpus/formats/conllu';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { writeRowLabels } from '../../../../src/corpus/formats/rows/rowWriter';
import { writeTwoColumns } from '../../../../src/corpus/formats/rows/twoColumns';
import { sentencesOf } from '../sources';

const conllu = conlluLayout('');
const tabbed: CorpusLayout = {
  kind: 'columns',
  columns: ['FORM', 'COLUMN2', 'LABEL'],
  form: 0,
  separator: '\t',
};
const spaced: CorpusLayout = { ...tabbed, separator: ' ' };
const numbered: CorpusLayout = {
  kind: 'columns',
  columns: ['ID', 'FORM', 'LABEL'],
  form: 1,
  separator: '\t',
};

/** What occurs in tokens of real files: other scripts, emoji, and white space that parts no columns. */
const oddCharacter = fc.constantFrom(
  '#',
  '"',
  '_',
  '-',
  '\u2028',
  '\u0085',
  '\u00a0',
  '\ufeff',
  '\u200b',
  '\u3000',
  '👩‍👩‍👧',
  '🇵🇹',
  'é',
  '中',
  '.',
  '\\',
  '\ud800',
);
const plainCharacter = fc.constantFrom(...'abcXYZ019');
const word = (extra: string): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(plainCharacter, oddCharacter, fc.constantFrom(...extra)), { minLength: 1, maxLength: 16 })
    .map((characters) => characters.join(''))
    // Marks where files were joined are no part of words: see the tests of column files.
    .filter((joined) => !joined.startsWith('\ufeff'));
const label = fc.constantFrom('O', 'B-PER', 'I-PER', 'NOUN', '$', '#');
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

const row = (layout: CorpusLayout, number: number, form: string, value: string): string =>
  layout.columns
    .map((name) => ({ ID: String(number), FORM: form, LABEL: value, UPOS: value })[name] ?? '_')
    .join(layout.separator);

/** A file in some format with the sentences it should give. */
const written = fc.constantFrom(tabbed, spaced, numbered, conllu).chain((layout) =>
  fc
    .record({
      sentences: fc.array(
        fc.array(fc.tuple(word(layout.separator === '\t' ? ' ' : 'd'), label), {
          minLength: 1,
          maxLength: 6,
        }),
        { minLength: 1, maxLength: 6 },
      ),
      blank: fc.array(fc.constantFrom('', '\t', '  '), { minLength: 1, maxLength: 3 }),
      comment: fc.constantFrom('', '# text = \u2028 x', '# newdoc'),
      mark: fc.boolean(),
      lineEnd,
      lastLineEnd: fc.boolean(),
    })
    .filter(
      ({ sentences }) =>
        !/^(?:\ufeff|#\s)/.test(sentences[0][0][0]) && sentences.every(([[first]]) => !/^#\s/.test(first)),
    )
    .map(({ sentences, blank, comment, mark, lineEnd: end, lastLineEnd }) => {
      const comments = comment && (layout.kind === 'conllu' || layout.columns[0] === 'ID') ? [comment] : [];
      const lines = sentences.flatMap((sentence, s) => [
        ...(s > 0 ? blank : []),
        ...comments,
        ...sentence.map(([form, value], i) => row(layout, i + 1, form, value)),
      ]);
      return {
        layout,
        sentences,
        text: `${mark ? '\ufeff' : ''}${lines.join(end)}${lastLineEnd ? end : ''}`,
      };
    }),
);

describe('writing labels into rows', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(written, ({ layout, sentences, text }) => {
        const file = readCorpusFile('f', 'f', text, layout);
        assert.deepEqual(
          sentencesOf(file, 'FORM'),
          sentences.map((sentence) => sentence.map(([form]) => form)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('with the same labels gives the same text, to the byte', () => {
    fc.assert(
      fc.property(written, ({ layout, text }) => {
        const file = readCorpusFile('f', 'f', text, layout);
        for (const column of file.columns)
          assert.equal(writeRowLabels(text, file, column.name, sentencesOf(file, column.name).flat()), text);
      }),
      { numRuns: 300 },
    );
  });

  it('of any text whatsoever changes nothing but labels', () => {
    const line = fc.oneof(
      fc.constantFrom('', 'a\tO', 'b\tB-X\t', 'c', '# x', '-DOCSTART-\tO', '\tO', '1\ta\tO', 'a b\tc', '\r'),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    fc.assert(
      fc.property(
        fc.array(line),
        lineEnd,
        fc.constantFrom<CorpusLayout>(
          { ...tabbed, columns: ['FORM', 'LABEL'] },
          tabbed,
          spaced,
          numbered,
          conllu,
        ),
        (lines, end, layout) => {
          const text = lines.join(end);
          const file = readCorpusFile('f', 'f', text, layout);
          const name = file.columns[file.columns.length - 1].name;
          assert.equal(writeRowLabels(text, file, name, sentencesOf(file, name).flat()), text);
          const changed = readCorpusFile(
            'f',
            'f',
            writeRowLabels(
              text,
              file,
              name,
              Array.from({ length: file.tokens }, () => 'NEW'),
            ),
            layout,
          );
          assert.deepEqual(sentencesOf(changed, 'FORM'), sentencesOf(file, 'FORM'));
          assert.ok(
            sentencesOf(changed, name)
              .flat()
              .every((value) => value === 'NEW'),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('replaces the label alone, in its own place', () => {
    const text =
      '\ufeff# text = x\r\n1-2\tdel\t_\t_\t_\t_\t_\t_\t_\t_\r\n1\tde\t_\tADP\t_\t_\t0\tx\t_\t_\r\n2\tel\t_\tDET\t_\t_\t1\ty\t_\tSpaceAfter=No\r\nbad\trow\r\n\r\n';
    const file = readCorpusFile('f', 'f.conllu', text);
    assert.equal(
      writeRowLabels(text, file, 'UPOS', ['X', 'PROPN']),
      text.replace('ADP', 'X').replace('DET', 'PROPN'),
    );
  });

  it('keeps aligned columns’ white space', () => {
    const text = 'EU    B-ORG \nrejects O\n\n';
    const file = readCorpusFile('f', 'f.conll', text);
    assert.equal(writeRowLabels(text, file, 'LABEL', ['O', 'S-X']), 'EU    O \nrejects S-X\n\n');
  });

  it('adds a field where there is no such column, or none is named', () => {
    const text = 'a\tX\r\n\r\nb\tY\r\n';
    const file = readCorpusFile('f', 'f.conll', text);
    for (const column of ['UPOS', undefined])
      assert.equal(writeRowLabels(text, file, column, ['O', 'P']), 'a\tX\tO\r\n\r\nb\tY\tP\r\n');
  });

  it('takes no label that would break its row, and says which and where', () => {
    const rows = 'a\tX\nb\tY\n';
    for (const label of ['N\tO', 'N\nO', 'N\rO', ''])
      for (const column of ['LABEL', undefined]) {
        const file = readCorpusFile('f', 'f.conll', rows);
        assert.throws(
          () => writeRowLabels(rows, file, column, ['O', label]),
          (error) => error instanceof InputError && error.details.line === 1,
        );
      }
    assert.equal(
      writeRowLabels(rows, readCorpusFile('f', 'f.conll', rows), 'LABEL', ['N O', 'P']),
      'a\tN O\nb\tP\n',
    );
    const aligned = 'a X\nb Y\n';
    assert.throws(
      () => writeRowLabels(aligned, readCorpusFile('f', 'f.conll', aligned), 'LABEL', ['N O', 'P']),
      /“N O” holds a space/,
    );
    assert.throws(() => writeTwoColumns([[{ form: 'a', label: 'N\nO' }]]), /“N‹U\+000A›O” holds/);
  });

  it('takes one label for each token', () => {
    const text = 'a\tX\nb\tY\n';
    const file = readCorpusFile('f', 'f.conll', text);
    assert.throws(() => writeRowLabels(text, file, 'LABEL', ['O']), RangeError);
  });
});

describe('writing two columns', () => {
  it('gives text that reads back', () => {
    const sentences = [
      [
        { form: 'Rita', label: 'B-PER' },
        { form: 'runs', label: 'O' },
      ],
      [],
      [{ form: '#', label: 'O' }],
    ];
    const text = writeTwoColumns(sentences);
    assert.equal(text, 'Rita\tB-PER\nruns\tO\n\n#\tO\n\n');
    const file = readCorpusFile('f', 'f.conll', text, detectLayout('f.conll', text));
    assert.deepEqual(sentencesOf(file, 'FORM'), [['Rita', 'runs'], ['#']]);
  });

  it('keeps one row a token', () => {
    assert.equal(writeTwoColumns([[{ form: 'a\tb\nc', label: 'O' }]]), 'a b c\tO\n\n');
  });
});

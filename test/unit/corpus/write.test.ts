import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CorpusFormat } from '../../../src/corpus/corpus';
import { conllu } from '../../../src/corpus/formats/conllu';
import { detectFormat, readCorpusFile } from '../../../src/corpus/formats/read';
import { relabel, writeTwoColumns } from '../../../src/corpus/formats/write';
import { sentencesOf } from './sources';

const tabbed: CorpusFormat = {
  kind: 'columns',
  columns: ['FORM', 'COLUMN2', 'LABEL'],
  form: 0,
  separator: '\t',
};
const spaced: CorpusFormat = { ...tabbed, separator: ' ' };
const numbered: CorpusFormat = {
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
    .map((characters) => characters.join(''));
const label = fc.constantFrom('O', 'B-PER', 'I-PER', 'NOUN', '$', '#');
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

const row = (format: CorpusFormat, number: number, form: string, value: string): string =>
  format.columns
    .map((name) => ({ ID: String(number), FORM: form, LABEL: value, UPOS: value })[name] ?? '_')
    .join(format.separator);

/** A file in some format with the sentences it should give. */
const written = fc.constantFrom(tabbed, spaced, numbered, conllu).chain((format) =>
  fc
    .record({
      sentences: fc.array(
        fc.array(fc.tuple(word(format.separator === '\t' ? ' ' : 'd'), label), {
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
      const comments = comment && (format.kind === 'conllu' || format.columns[0] === 'ID') ? [comment] : [];
      const lines = sentences.flatMap((sentence, s) => [
        ...(s > 0 ? blank : []),
        ...comments,
        ...sentence.map(([form, value], i) => row(format, i + 1, form, value)),
      ]);
      return {
        format,
        sentences,
        text: `${mark ? '\ufeff' : ''}${lines.join(end)}${lastLineEnd ? end : ''}`,
      };
    }),
);

describe('relabelling', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(written, ({ format, sentences, text }) => {
        const file = readCorpusFile('f', 'f', text, format);
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
      fc.property(written, ({ format, text }) => {
        const file = readCorpusFile('f', 'f', text, format);
        for (const column of file.columns)
          assert.equal(relabel(text, file, column.name, sentencesOf(file, column.name).flat()), text);
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
        fc.constantFrom<CorpusFormat>(
          { ...tabbed, columns: ['FORM', 'LABEL'] },
          tabbed,
          spaced,
          numbered,
          conllu,
        ),
        (lines, end, format) => {
          const text = lines.join(end);
          const file = readCorpusFile('f', 'f', text, format);
          const name = file.columns[file.columns.length - 1].name;
          assert.equal(relabel(text, file, name, sentencesOf(file, name).flat()), text);
          const changed = readCorpusFile(
            'f',
            'f',
            relabel(
              text,
              file,
              name,
              Array.from({ length: file.tokens }, () => 'NEW'),
            ),
            format,
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
      relabel(text, file, 'UPOS', ['X', 'PROPN']),
      text.replace('ADP', 'X').replace('DET', 'PROPN'),
    );
  });

  it('keeps aligned columns’ white space', () => {
    const text = 'EU    B-ORG \nrejects O\n\n';
    const file = readCorpusFile('f', 'f.conll', text);
    assert.equal(relabel(text, file, 'LABEL', ['O', 'S-X']), 'EU    O \nrejects S-X\n\n');
  });

  it('names the columns there are where it is asked for another', () => {
    const file = readCorpusFile('f', 'f.conll', 'a\tX\nb\tY\n');
    assert.throws(() => relabel('a\tX\nb\tY\n', file, 'UPOS', ['O', 'O']), {
      name: 'InputError',
      message: /no column UPOS/,
    });
    assert.throws(() => relabel('a\tX\nb\tY\n', file, 'LABEL', ['O']), RangeError);
  });

  it('labels a file of 200,000 rows', () => {
    const text = 'word\tO\n'.repeat(200_000);
    const file = readCorpusFile('f', 'f.conll', text);
    const labels = Array.from({ length: file.tokens }, () => 'B-X');
    assert.equal(relabel(text, file, 'LABEL', labels), 'word\tB-X\n'.repeat(200_000));
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
    const file = readCorpusFile('f', 'f.conll', text, detectFormat('f.conll', text));
    assert.deepEqual(sentencesOf(file, 'FORM'), [['Rita', 'runs'], ['#']]);
  });

  it('keeps one row a token', () => {
    assert.equal(writeTwoColumns([[{ form: 'a\tb\nc', label: 'O' }]]), 'a b c\tO\n\n');
  });
});

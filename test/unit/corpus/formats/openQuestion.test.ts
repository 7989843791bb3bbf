import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StatedLayout } from '../../../../src/corpus/formats/rows/statedLayout';
import { groupCorpora, summarise } from '../../../../src/corpus/grouping';
import { similarColumns } from '../../../../src/corpus/labels/columns';
import { questionOf } from '../../../../src/engine/openQuestions';
import type { ReadingQuestion } from '../../../../src/engine/openQuestions';
import { ReaderService } from '../../../../src/engine/readerService';
import { readSource } from '../../../../src/engine/source';

const names = ['Anna', 'Berta', 'Carla', 'Dora', 'Emil', 'Fritz', 'Gerd'];
const places = ['Oslo', 'Bergen', 'Lund', 'Kiel', 'Bonn'];
const verbs = ['sees', 'likes', 'leaves'];
const tags = ['NN', 'VB', 'NE', 'PT'];

/** Twenty sentences of four tokens; `rowOf` writes one of them. */
function file(rowOf: (word: string, label: string, token: number, sentence: number) => string): string {
  return Array.from({ length: 20 }, (_, s) =>
    [
      [names[s % names.length], 'B-PER'],
      [verbs[s % verbs.length], 'O'],
      [places[s % places.length], 'B-LOC'],
      ['.', 'O'],
    ]
      .map(([word, label], t) => `${rowOf(word, label, t, s)}\n`)
      .join(''),
  ).join('\n');
}

/** The word in letters of another script. */
const written = (word: string): string =>
  word.replace(/[A-Za-z]/g, (letter) =>
    String.fromCharCode(0x430 + (letter.toLowerCase().charCodeAt(0) - 97)),
  );

const question = (content: string, stated?: StatedLayout): ReadingQuestion | undefined =>
  questionOf({ file: 'x.conll', path: 'c/x.conll', content, stated }, false);
/** What is asked, and what each answer would say. */
const asked = (content: string, stated?: StatedLayout): unknown[] => {
  const found = question(content, stated);
  return found ? [found.about, ...found.readings.map((reading) => reading.stated)] : [];
};

describe('what is asked before a file is learned from', () => {
  it('is which column holds the words, where two may, with three sentences under each', () => {
    const text = file((word, label) => `${word}\t${written(word)}\t${label}`);
    assert.deepEqual(question(text), {
      about: 'word',
      readings: [
        {
          stated: { columns: ['form', '_', 'LABEL'] },
          form: 0,
          columns: ['FORM', 'COLUMN2', 'LABEL'],
          sentences: [
            'Anna/B-PER sees/O Oslo/B-LOC ./O',
            'Berta/B-PER likes/O Bergen/B-LOC ./O',
            'Carla/B-PER leaves/O Lund/B-LOC ./O',
          ],
        },
        {
          stated: { columns: ['_', 'form', 'LABEL'] },
          form: 1,
          columns: ['COLUMN1', 'FORM', 'LABEL'],
          sentences: ['Anna', 'Berta', 'Carla'].map((name, i) =>
            [`${written(name)}/B-PER`, `${written(verbs[i])}/O`, `${written(places[i])}/B-LOC`, './O'].join(
              ' ',
            ),
          ),
        },
      ],
    });
  });

  it('is not the word where the other column is its lemma, names the token, or would leave no label', () => {
    assert.deepEqual(asked(file((word, label) => `${word}\t${word.replace(/s$/, '')}\t${label}`)), []);
    assert.deepEqual(asked(file((word, label, t, s) => `s${s}w${t}\t${word}\t${label}`)), []);
    assert.deepEqual(asked(file((word) => `${word}\t${written(word)}`)), []);
  });

  it('is the word where lemmas may stand before it', () => {
    const inflected = (word: string, s: number): string => `${word}${'abcdefghi'[s % 9]}`;
    const text = file((word, label, _, s) => `${word}\t${inflected(word, s)}\t${label}`);
    assert.equal(question(text)?.about ?? 'clear', 'clear');
    const some = file((word, label, t, s) => `${word}\t${t === 1 ? inflected(word, s) : word}\t${label}`);
    assert.equal(question(some)?.about, 'word');
  });

  it('is whether the first row names the columns, where its names are of no known kind', () => {
    const headers = [{ header: true }, { header: false }];
    const spans = file((word, label) => `${word}\t${label}`);
    assert.deepEqual(asked(`Wort\tEtikett\n${spans}`), ['header', ...headers]);
    const plain = file((word, _, t) => `${word}\t${tags[t]}`);
    assert.deepEqual(asked(`Wort\tWortart\n${plain}`), ['header', ...headers]);
    assert.deepEqual(asked(`token\tner\n${spans}`), []);
    assert.deepEqual(asked(spans), []);
    assert.deepEqual(asked(`Anna\tNN\nOslo\tNE\n\n${plain}`), []);
  });

  it('is whether labels without letters are spans or tags, where the one for outside does not show it', () => {
    const schemes = [{ scheme: 'IO' }, { scheme: 'none' }];
    const labelled = (...labels: string[]): string =>
      file((word, _, t, s) => `${word}\t${labels[(t + 4 * s) % labels.length]}`);
    assert.deepEqual(asked(labelled('PER', '_', 'LOC', '_')), ['spans', ...schemes]);
    assert.deepEqual(asked(labelled('PER', 'O', 'LOC', 'LOC', 'O', 'PER')), ['spans', ...schemes]);
    assert.deepEqual(asked(labelled('PER', 'O', 'LOC', 'O')), []);
    assert.deepEqual(asked(labelled('NN', 'VB', 'NN', 'PT', 'NN', 'O')), []);
    assert.deepEqual(
      question(labelled('PER', '_', 'LOC', 'LOC', '_', '_'))?.readings[0].sentences[0],
      '[Anna]/PER sees/_ [Oslo .]/LOC',
    );
  });

  it('is what parts the columns, where tabs and spaces do so alike', () => {
    const text = file((word, label, t) => `${word} ${tags[t]}\t${label}`);
    assert.deepEqual(asked(text), ['delimiter', { delimiter: '\t' }, { delimiter: ' ' }]);
    assert.deepEqual(
      question(text)?.readings.map(({ columns }) => columns.length),
      [2, 3],
    );
    assert.deepEqual(asked(file((word, label, t) => `${word}${t === 2 ? ' City' : ''}\t${label}`)), []);
  });

  it('is not asked again once it is said', () => {
    for (const text of [
      file((word, label) => `${word}\t${written(word)}\t${label}`),
      `Wort\tEtikett\n${file((word, label) => `${word}\t${label}`)}`,
      file((word, _, t) => `${word}\t${['PER', '_', 'LOC', '_'][t]}`),
      file((word, label, t) => `${word} ${tags[t]}\t${label}`),
    ]) {
      const readings = question(text)?.readings ?? [];
      assert.equal(readings.length, 2);
      for (const { stated } of readings) assert.deepEqual(asked(text, stated), []);
    }
  });

  it('is told from the beginning of a large file, whatever its text', () => {
    const text = file((word, label) => `${word}\t${written(word)}\t${label}`);
    const large = new TextEncoder().encode(`${text}\n`.repeat(750));
    const source = { file: 'x.conll', path: 'c/x.conll', content: large };
    assert.ok(large.length > 1_000_000);
    assert.equal(questionOf(source, false)?.about, 'word');
    const cell = fc.constantFrom(
      'Anna',
      'B-PER',
      'O',
      '_',
      'NN',
      '1',
      '',
      '"',
      ',',
      ' ',
      'Wort',
      '\u200b',
      '#',
    );
    const row = fc.array(cell, { maxLength: 4 }).map((cells) => cells.join('\t'));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const found = question(rows.join('\n'));
        assert.ok(found === undefined || found.readings.length > 1);
      }),
    );
  });

  it('is nothing in formats whose columns have names', () => {
    const rows = file((word, _, t) => `${t + 1}\t${word}\t${written(word)}\t${tags[t]}\t_\t_\t0\t_\t_\t_`);
    const source = { file: 'x.conllu', path: 'c/x.conllu', content: rows };
    const request = { type: 'question', source, replaceInvalidBytes: false } as const;
    assert.equal(new ReaderService().handle(request), undefined);
    assert.equal(question('Prose, and nothing else.\n'), undefined);
  });
});

describe('label columns of similar right', () => {
  const similar = (content: string): string[] => {
    const { file: read } = readSource({ file: 'x.conll', path: 'c/x.conll', content }, false);
    assert.ok(read);
    return similarColumns(groupCorpora([summarise(read, 'c/x.conll')])[0]).map(({ name }) => name);
  };

  it('are columns of tags without names', () => {
    assert.deepEqual(similar(file((word, _, t) => `${word}\t${tags[t][0]}\t${tags[t]}`)), [
      'LABEL',
      'COLUMN2',
    ]);
  });

  it('are not columns of spans, of which the fullest is meant', () => {
    const finer = (label: string): string => label.replace('-PER', '-PER.a');
    assert.deepEqual(similar(file((word, label) => `${word}\t${label}\t${finer(label)}`)), ['LABEL']);
  });

  it('are not tags beside spans, a nested layer, phrases beside entities, or what a header names', () => {
    assert.deepEqual(similar(file((word, label, t) => `${word}\t${tags[t]}\t${label}`)), ['LABEL']);
    const nested = file((word, label, t, s) => `${word}\t${label}\t${t === 0 && s < 3 ? 'B-LOC' : 'O'}`);
    assert.deepEqual(similar(nested), ['LABEL']);
    const phrases = file((word, label, t) => `${word}\t${['B-NP', 'B-VP', 'B-NP', 'O'][t]}\t${label}`);
    assert.deepEqual(similar(phrases).length, 1);
    assert.deepEqual(
      similar(`word\tpos\txpos\n${file((word, _, t) => `${word}\t${tags[t][0]}\t${tags[t]}`)}`),
      ['xpos'],
    );
  });

  it('are not names of words, such as w1', () => {
    assert.deepEqual(similar(file((word, _, t) => `w${t + 1}\t${word}\t${tags[t]}`)), ['LABEL']);
  });

  it('are taken by the one that a person names, where the others are of no interest', () => {
    const content = file((word, label) => `${word}\t${label}\t${label.replace('B', 'S')}`);
    const stated = { columns: ['form', '_', 'ner'] };
    const { file: read } = readSource({ file: 'x.conll', path: 'c/x.conll', content, stated }, false);
    assert.ok(read);
    assert.equal(groupCorpora([summarise(read, 'c/x.conll')])[0].columns[0].name, 'ner');
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CorpusLayout } from '../../../src/corpus/corpus';
import { fieldAt } from '../../../src/corpus/fieldAt';
import { conlluLayout } from '../../../src/corpus/formats/conllu';
import { detectLayout } from '../../../src/corpus/formats/detect';
import { oddText } from './oddLines';

/** `COLUMN value` at each place of a line, each once. */
function fields(line: string, layout: CorpusLayout): string[] {
  const found = Array.from({ length: line.length + 1 }, (_, column) => fieldAt(line, layout, column));
  const shown = found.flatMap((field) => {
    if (!field) return [];
    assert.equal(line.slice(field.startColumn, field.endColumn).replaceAll('""', '"'), field.value);
    return [`${layout.columns[field.index]} ${field.value}`];
  });
  return shown.filter((field, i) => field !== shown[i - 1]);
}

const treebank = conlluLayout('');
const spaced: CorpusLayout = {
  kind: 'columns',
  columns: ['FORM', 'POS', 'CHUNK', 'NER'],
  form: 0,
  separator: ' ',
};
const tabbed: CorpusLayout = { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' };

describe('The field at a place of a row', () => {
  it('is that of CoNLL-U, in ranges and empty nodes, too', () => {
    const expected = ['LEMMA cat', 'UPOS NOUN', 'XPOS NN', 'FEATS _', 'HEAD 0', 'DEPREL root', 'DEPS _'];
    for (const id of ['1', '4', '4-5', '8.1'])
      assert.deepEqual(fields(`${id}\tCats\tcat\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No`, treebank), [
        `ID ${id}`,
        'FORM Cats',
        ...expected,
        'MISC SpaceAfter=No',
      ]);
  });

  it('is that of columns, whatever parts them', () => {
    assert.deepEqual(fields('Rita  NNP B-NP  B-PER ', spaced), [
      'FORM Rita',
      'POS NNP',
      'CHUNK B-NP',
      'NER B-PER',
    ]);
    assert.deepEqual(fields('New York\tB-LOC', tabbed), ['FORM New York', 'LABEL B-LOC']);
    assert.deepEqual(fields('New York  B-LOC', { ...tabbed, mixed: true, columns: ['FORM', 'X', 'LABEL'] }), [
      'FORM New',
      'X York',
      'LABEL B-LOC',
    ]);
    assert.deepEqual(fields('#\tO', tabbed), ['FORM #', 'LABEL O']);
  });

  it('is that of a table, without its quotation marks', () => {
    const csv: CorpusLayout = {
      kind: 'csv',
      columns: ['SENTENCE', 'FORM', 'TAG'],
      form: 1,
      separator: ',',
      quoted: true,
      sentence: 0,
    };
    assert.deepEqual(fields('1,"a, ""b""","B-PER"', csv), ['SENTENCE 1', 'FORM a, "b"', 'TAG B-PER']);
  });

  it('is that of CoNLL-2012, WebAnno and words with their tags', () => {
    const row = 'bc/a 0 3 Rita NNP (TOP* - - - - (PERSON) (ARG0*)';
    const layout = { kind: 'conll2012', columns: ['FORM', 'POS', 'NER'], form: 0, separator: ' ' };
    assert.deepEqual(fields(row, layout), ['FORM Rita', 'POS NNP', 'NER (PERSON)']);
    const words = 'The/DT cat/NN\nA/DT dog/NN\nThe/DT cow/NN runs/VB ./.\n'.repeat(20);
    const inline = detectLayout('a.txt', words, 'chosen');
    assert.ok(inline);
    assert.deepEqual(fields('Cats/NNS and/or/CC', inline), [
      'FORM Cats',
      `${inline.columns[1]} NNS`,
      'FORM and/or',
      `${inline.columns[1]} CC`,
    ]);
  });

  it('is none in comments, marks, blank lines, rows of another width and formats without rows', () => {
    for (const line of ['', '# a comment', '-DOCSTART-\tO', 'EOS', 'lost', 'a\tb\tc'])
      assert.deepEqual(fields(line, tabbed), [], line);
    assert.deepEqual(fields('# sent_id = 1', treebank), []);
    assert.deepEqual(fields('Rita\tO', { kind: 'brat', columns: ['FORM', 'LABEL'], form: 0 }), []);
    assert.equal(fieldAt('x'.repeat(1_000_000), tabbed, 5), undefined);
  });

  it('of any line is in it, and holds the place', () => {
    fc.assert(
      fc.property(oddText, fc.constantFrom(treebank, spaced, tabbed), (text, layout) => {
        for (const line of text.split('\n'))
          for (let column = 0; column <= line.length; column++) {
            const field = fieldAt(line, layout, column);
            if (!field) continue;
            assert.ok(field.startColumn <= column && column <= field.endColumn);
            assert.ok(field.index < layout.columns.length && field.value !== '');
          }
      }),
      { numRuns: 30 },
    );
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CorpusFile } from '../../../../src/corpus/corpus';
import { formatOf } from '../../../../src/corpus/formats';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { labelsOf, rewrite, rowsOf } from './wholeFile';

const kaggle = [
  'Sentence #,Word,POS,Tag',
  'Sentence: 1,Anna,NNP,B-PER',
  ',said,VBD,O',
  ',"""",``,O',
  ',"Oslo, Norway",NNP,B-LOC',
  ',",",",",O',
  'Sentence: 2,Tor,NNP,B-PER',
  ',left,VBD,O',
  '',
].join('\n');

const twoColumns = {
  kind: 'csv',
  columns: ['FORM', 'LABEL'],
  form: 0,
  separator: ',',
  quoted: true,
  comment: '',
};

const read = (text: string, name = 'data.csv'): CorpusFile => readCorpusFile(name, name, text);

describe('CSV', () => {
  it('with a number at each sentence’s first word is read by its header', () => {
    const file = read(kaggle);
    assert.equal(file.layout.kind, 'csv');
    assert.deepEqual(file.layout.columns, ['SENTENCE', 'Word', 'POS', 'Tag']);
    assert.deepEqual(rowsOf(file, 'Tag'), [
      ['Anna B-PER', 'said O', '" O', 'Oslo, Norway B-LOC', ', O'],
      ['Tor B-PER', 'left O'],
    ]);
    assert.deepEqual(file.problems, []);
  });

  it('has the places of words inside of their quotation marks', () => {
    const file = read(kaggle);
    assert.deepEqual([file.line[3], file.startColumn[3], file.endColumn[3]], [4, 2, 14]);
  });

  it('with line ends inside of quotation marks is read row by row, and written to the byte', () => {
    for (const end of ['\n', '\r\n']) {
      const text = kaggle
        .replace('"Oslo, Norway",NNP', '"Oslo,\n\nNorway","NN\nP"')
        .replace(',said,VBD', ',"sa""\nid",VBD')
        .replaceAll('\n', end);
      const file = read(text);
      assert.deepEqual(rowsOf(file, 'Tag'), [
        ['Anna B-PER', `sa"${end}id O`, '" O', `Oslo,${end}${end}Norway B-LOC`, ', O'],
        ['Tor B-PER', 'left O'],
      ]);
      assert.deepEqual(file.problems, []);
      assert.deepEqual([...file.line], [1, 2, 4, 5, 9, 10, 11]);
      assert.deepEqual([file.startColumn[3], file.endColumn[3]], [2, 7]);
      const labels = labelsOf(file, 'Tag');
      assert.equal(rewrite(text, file, 'Tag', labels), text);
      assert.equal(
        rewrite(
          text,
          file,
          'Tag',
          labels.map((label, t) => (t === 3 ? 'O' : label)),
        ),
        text.replace('B-LOC', 'O'),
      );
      assert.equal(rewrite(text, file, 'POS', labelsOf(file, 'POS')), text);
    }
  });

  it('takes a mark that no later line closes for a character, and loses no row to it', () => {
    const lines = [
      'Jon,B-PER',
      'Anna,B-PER',
      '",O',
      'said,O',
      '",O',
      '"oops',
      'Tor,B-PER',
      '.,O',
      '',
      'x,O',
      'y,O',
      '',
    ];
    const file = readCorpusFile('f', 'f', lines.join('\n'), twoColumns);
    assert.deepEqual(labelsOf(file, 'FORM'), ['Jon', 'Anna', '"', 'said', '"', 'Tor', '.', 'x', 'y']);
    assert.deepEqual(
      file.problems.map(({ line }) => line),
      [5],
    );
  });

  it('of nothing but open marks takes linear time', () => {
    const text = `${'Anna,O\nsleeps,O\n'.repeat(20)}${'"a\n'.repeat(300_000)}${'"'.repeat(300_000)}\n`;
    assert.equal(readCorpusFile('f', 'f', text, twoColumns).tokens, 40);
    assert.doesNotThrow(() => detectLayout('f.csv', text));
  });

  it('with semicolons, blank lines between sentences, and a number in each row, is read as well', () => {
    const rows = ['sentence_id;words;labels', '0;Anna;B-PER', '0;slept;O', '1;Tor;B-PER', '1;ran;O', '1;.;O'];
    assert.deepEqual(rowsOf(read(rows.join('\r\n')), 'labels'), [
      ['Anna B-PER', 'slept O'],
      ['Tor B-PER', 'ran O', '. O'],
    ]);
    const blank = 'token,label\nAnna,B-PER\nslept,O\n\nTor,B-PER\nran,O\nhome,O\n';
    assert.equal(read(blank).sentences, 2);
  });

  it('parted by tabs, with the sentence’s number in its first row alone, is read as well', () => {
    const file = read(
      kaggle
        .replace(/^([^,\n]*),(\w+),(\w+),/gm, '$1\t$2\t$3\t')
        .replace(/^.*".*\n/gm, '')
        .replace('Sentence #,Word,POS,Tag', 'Sentence #\tWord\tPOS\tTag'),
      'data.tsv',
    );
    assert.deepEqual(rowsOf(file, 'Tag'), [
      ['Anna B-PER', 'said O'],
      ['Tor B-PER', 'left O'],
    ]);
  });

  it('with all fields in quotation marks is read without them', () => {
    const quoted = kaggle.replace(/^.*"".*\n|^.*Norway.*\n|^.*",".*\n/gm, '').replace(/[^,\n]+/g, '"$&"');
    assert.deepEqual(rowsOf(read(quoted), 'Tag'), [
      ['Anna B-PER', 'said O'],
      ['Tor B-PER', 'left O'],
    ]);
  });

  it('keeps all but the field that is written, and quotes a label that needs it', () => {
    const file = read(kaggle);
    assert.equal(rewrite(kaggle, file, 'Tag', labelsOf(file, 'Tag')), kaggle);
    assert.equal(rewrite(kaggle, file, 'POS', labelsOf(file, 'POS')), kaggle);
    const changed = labelsOf(file, 'Tag').map((label) => (label === 'O' ? 'a,"b"' : label));
    const written = rewrite(kaggle, file, 'Tag', changed);
    assert.equal(written.split('\n')[2], ',said,VBD,"a,""b"""');
    assert.deepEqual(labelsOf(readCorpusFile('f', 'f', written, file.layout), 'Tag'), changed);
  });

  it('tells of a row with too few fields, and keeps the rest of its sentence', () => {
    const more = Array.from({ length: 20 }, (_, i) => `Sentence: ${i + 3},Ivo,NNP,B-PER\n,ran,VBD,O\n`);
    const file = read(kaggle.replace(',said,VBD,O', ',said') + more.join(''));
    assert.equal(file.tokens, 46);
    assert.deepEqual(file.leftOut.kinds, [{ code: 'too-few-columns', rows: 1, line: 2 }]);
    assert.match(file.problems[0].message, /2 columns instead of 4/);
  });

  it('takes a quotation mark that is not closed for a word', () => {
    const file = read(kaggle.replace('""""', '"'));
    assert.equal(rowsOf(file, 'Tag')[0][2], '" O');
  });

  for (const [what, text] of Object.entries({
    'a table of numbers':
      'name,age,city\nRita,31,Oslo\nTom,42,Kiel\nAnna,17,Lund\nIvo,50,Oslo\nNils,3,Kiel\n',
    'labels of whole texts':
      'text,label\nexampleA,positive\nexampleB,\n,negative\nfoo,negative\nbar,positive\n',
    'texts in quotation marks':
      '"Bad service.","negative"\n"Good deal.","positive"\n"Fine.","positive"\n"No.","negative"\n',
    prose: 'Well, yes.\nNo, never.\nSo, why?\nPlease, go.\nNow, then.\n',
  }))
    it(`is not what ${what} are taken for`, () => assert.equal(detectLayout('d/data.csv', text), undefined));

  it('is written as it was read, whatever its fields hold', () => {
    const field = fc
      .string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'b', ',', '"', ' ', 'é', '🙂', '#') })
      .map((value) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value));
    const label = fc.constantFrom('O', 'B-PER', 'I-PER', '"B-LOC"');
    const row = fc.tuple(field, label).map((fields) => fields.join(','));
    const layout = {
      kind: 'csv',
      columns: ['FORM', 'LABEL'],
      form: 0,
      separator: ',',
      quoted: true,
      comment: '',
    };
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const text = rows.join(end);
        const file = readCorpusFile('f', 'f', text, layout);
        assert.equal(file.tokens + file.leftOut.rows, rows.length);
        for (const { name } of file.columns)
          assert.equal(formatOf(layout).writeLabels(text, file, name, labelsOf(file, name)), text);
      }),
    );
  });
});

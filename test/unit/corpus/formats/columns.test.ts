import assert from 'node:assert/strict';
import { formatOf } from '../../../../src/corpus/formats';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { findColumn } from '../../../../src/corpus/formats/layout';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { problemsOf, sentencesOf, twoColumns } from '../sources';

const read = (text: string, name = 'f.conll') => readCorpusFile(name, name, text);

describe('reading column files', () => {
  it('reads CoNLL-2003 with its document rows', () => {
    const file = read(
      '-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n\n-DOCSTART- -X- -X- O\n\nPeter NNP B-NP B-PER\nBlackburn NNP I-NP I-PER\n',
    );
    assert.deepEqual(file.layout.columns, ['FORM', 'POS', 'CHUNK', 'NER']);
    assert.deepEqual(sentencesOf(file, 'FORM'), [
      ['EU', 'rejects'],
      ['Peter', 'Blackburn'],
    ]);
    assert.deepEqual(sentencesOf(file, 'NER'), [
      ['B-ORG', 'O'],
      ['B-PER', 'I-PER'],
    ]);
    assert.deepEqual([...file.sentenceDocument], [0, 1]);
    assert.deepEqual(file.problems, []);
  });

  it('names the columns of known shapes, and others by their place', () => {
    const columns = (text: string): readonly string[] | undefined => detectLayout('f.conll', text)?.columns;
    assert.deepEqual(columns('Confidence NN B-NP\nin IN B-PP\nthe DT B-NP\npound NN I-NP\nis VBZ B-VP\n'), [
      'FORM',
      'POS',
      'CHUNK',
    ]);
    assert.deepEqual(columns('Das das ART B-NC O\nHaus Haus NN I-NC O\nBonn Bonn NE B-NC B-LOC\n'), [
      'FORM',
      'LEMMA',
      'POS',
      'CHUNK',
      'NER',
    ]);
    assert.deepEqual(columns('Melbourne NP B-LOC\n( Fpa O\nAustralia NP B-LOC\n'), [
      'FORM',
      'COLUMN2',
      'LABEL',
    ]);
    assert.deepEqual(columns('1\tRita\tB-PER\t-\t-\n2\truns\tO\t-\tme\n\n1\tTom\tB-PER\t-\t-\n'), [
      'ID',
      'FORM',
      'TAG',
      'COLUMN4',
      'ANNOTATOR',
    ]);
    assert.deepEqual(columns('1\tRita\tx\tB-PER\n2\truns\ty\tO\n'), ['ID', 'FORM', 'COLUMN3', 'LABEL']);
    assert.deepEqual(columns('B-ACTOR\tTom\nO\truns\nO\tfast\n'), ['LABEL', 'FORM']);
    assert.deepEqual(columns('Rita\tB-PER\nruns\tO\n'), ['FORM', 'LABEL']);
  });

  it('finds columns by name in any case and by number from 1', () => {
    const layout = detectLayout('f.conll', 'EU NNP B-NP B-ORG\nrejects VBZ B-VP O\n')!;
    assert.equal(findColumn(layout, 'ner'), 'NER');
    assert.equal(findColumn(layout, '4'), 'NER');
    assert.equal(findColumn(layout, '5'), undefined);
    assert.equal(findColumn(layout, '0'), undefined);
    assert.equal(findColumn(layout, 'tag'), undefined);
  });

  it('takes lines of white space for blank, and # for a token', () => {
    const file = read('#\tO\n1\tO\n\t\nRita\tB-PER\n#\tO\n \n#tag\tO\n');
    assert.deepEqual(sentencesOf(file, 'FORM'), [['#', '1'], ['Rita', '#'], ['#tag']]);
    assert.deepEqual(file.problems, []);
  });

  it('skips comments before a sentence', () => {
    const file = read(
      '# id 5239d808 domain=en\nRita _ _ B-PER\nruns _ _ O\n\n# a remark\nTom _ _ B-PER\n# _ _ O\n',
    );
    assert.deepEqual(sentencesOf(file, 'FORM'), [
      ['Rita', 'runs'],
      ['Tom', '#'],
    ]);
    assert.deepEqual(file.problems, []);
  });

  it('reads UNER’s comments, numbers and documents', () => {
    const file = read(
      '# newdoc id = a\n# text = x\n1\tRita\tB-PER\t-\t-\n2\truns\tO\t-\t-\n\n# newdoc id = b\n1\tTom\tB-PER\t-\tme\n',
      'zh.iob2',
    );
    assert.deepEqual(sentencesOf(file, 'TAG'), [['B-PER', 'O'], ['B-PER']]);
    assert.deepEqual([...file.sentenceDocument], [0, 1]);
  });

  it('reads rows aligned by several spaces, or with white space around them', () => {
    const file = read('EU    B-ORG\nrejects O  \n  German  B-MISC\n\n. O\n');
    assert.deepEqual(sentencesOf(file, 'FORM'), [['EU', 'rejects', 'German'], ['.']]);
    assert.deepEqual(sentencesOf(file, 'LABEL'), [['B-ORG', 'O', 'B-MISC'], ['O']]);
    assert.deepEqual(file.problems, []);
  });

  it('drops a tab at the end of a row, and keeps spaces in words parted by tabs', () => {
    const file = read('New York\tB-LOC\t\nis\tO\t\n \tO\n');
    assert.deepEqual(sentencesOf(file, 'FORM'), [['New York', 'is', ' ']]);
    assert.deepEqual(file.problems, []);
  });

  it('reports ragged rows', () => {
    const file = read(`${twoColumns('Rita/B-PER runs/O fast/O')}Tom\nruns\tO\nto\tO\tO\nEspoo\t\n`);
    assert.deepEqual(problemsOf(file), ['5 too-few-columns', '7 too-many-columns', '8 empty-column']);
    assert.deepEqual(sentencesOf(file, 'FORM'), [['Rita', 'runs', 'fast'], ['runs']]);
    assert.equal(file.problems[0].endColumn, 3);
  });

  it('says where words and labels stand on their lines', () => {
    const places = (text: string, column: string) => {
      const file = read(text);
      const ends = formatOf(file.layout).labelEnds(text, file, column);
      return Array.from(ends, (end, t) => [file.line[t], file.startColumn[t], file.endColumn[t], end]);
    };
    assert.deepEqual(places('Rita x\tB-PER\r\n\r\nruns\tO\t\n', 'LABEL'), [
      [0, 0, 6, 12],
      [2, 0, 4, 6],
    ]);
    assert.deepEqual(places('  Rita  B-PER \nruns O\n', 'LABEL'), [
      [0, 2, 6, 13],
      [1, 0, 4, 6],
    ]);
    // Without such a column, labels stand behind the word.
    assert.deepEqual(places('Rita\tB-PER\nruns\tO\n', 'UPOS'), [
      [0, 0, 4, 4],
      [1, 0, 4, 4],
    ]);
  });

  it('refuses text that is no rows, with a hint', () => {
    assert.throws(() => read('Just some words here.\nAnd more.\n', 'f.txt'), {
      name: 'InputError',
      message: /not annotated text/,
    });
  });

  it('reports an empty file as a problem, and does not fail', () => {
    for (const text of ['', '\n\n', '\ufeff', ' \t\r\n'])
      assert.deepEqual(problemsOf(read(text)), ['1 empty-file']);
  });
});

describe('telling corpora from other files', () => {
  const notCorpora: Record<string, string> = {
    'prose.txt': 'It was a dark night.\nThe wind blew hard.\n\nNobody was there.\nNot one soul.\n',
    'two-words.txt': 'Hello World\nGood Morning\n\nBye World\nGood Night\n',
    'README.md': '# Title\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n- item one\n- item two\n',
    'data.csv': 'word,label\nRita,B-PER\n\nTom,B-PER\n',
    'data.json': '{\n  "a": 1,\n  "b": 2\n}\n',
    'main.ts': "import a from 'a';\nimport b from 'b';\n\nexport const c = 1;\nexport const d = 2;\n",
    '.gitattributes': '*.png binary\n*.jpg binary\n\n*.txt text\n*.ts text\n*.js text\n',
    '.editorconfig': 'root = true\n\nindent = space\nsize = two\n\ncharset = utf8\nend = lf\n',
    'go.sum': 'example.org/a v1.0.0 h1:x=\nexample.org/a v1.0.0/go.mod h1:y=\n',
    'Cargo.lock': '[[package]]\nname = "a"\nversion = "1"\n\n[[package]]\nname = "b"\nversion = "2"\n',
    'yarn.lock': '"a@^1":\n  version "1.0.0"\n  resolved "x"\n\n"b@^2":\n  version "2.0.0"\n  resolved "y"\n',
    'table.tsv': 'name\tage\nRita\t31\nTom\t42\nAnna\t17\n',
    'empty.txt': '',
    'defines.h': '#define A\t1\n#define B\t2\n\n#define C\t3\n#define D\t4\n',
  };
  for (const [name, text] of Object.entries(notCorpora)) {
    it(`leaves ${name} alone`, () => assert.equal(detectLayout(`folder/${name}`, text), undefined));
  }

  it('finds annotated text whatever the file is called', () => {
    const text = twoColumns(
      'Rita/B-PER lives/O in/O Lisbon/B-LOC ./O | Tom/B-PER works/O for/O Nokia/B-ORG ./O | He/O likes/O it/O ./O',
    );
    assert.equal(detectLayout('corpora/train.txt', text)?.kind, 'columns');
    assert.equal(detectLayout('corpora/train.txt', text.replaceAll('\t', ' '))?.separator, ' ');
    const treebank = Array.from(
      { length: 3 },
      () => '1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n2\tb\tb\tY\t_\t_\t1\tx\t_\t_\n',
    ).join('\n');
    assert.equal(detectLayout('corpora/treebank.txt', treebank)?.kind, 'conllu');
  });
});

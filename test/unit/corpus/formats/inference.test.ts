import assert from 'node:assert/strict';
import type { CorpusFile, CorpusLayout } from '../../../../src/corpus/corpus';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { likenessOf } from '../../../../src/corpus/formats/likeness';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { layOutAsStated } from '../../../../src/corpus/formats/rows/statedLayout';
import { groupCorpora, summarise } from '../../../../src/corpus/grouping';
import { problemsOf, sentencesOf } from '../sources';

/** Sentences of four tokens; `rowOf` writes one of them. */
function file(
  sentences: number,
  rowOf: (word: string, label: string, token: number, sentence: number) => string,
  between = '\n',
): string {
  const names = ['Anna', 'Berta', 'Carla', 'Dora', 'Emil', 'Fritz', 'Gerd'];
  const places = ['Oslo', 'Bergen', 'Lund', 'Kiel', 'Bonn'];
  const verbs = ['sees', 'likes', 'leaves'];
  return Array.from({ length: sentences }, (_, s) =>
    [
      [names[s % names.length], 'B-PER'],
      [verbs[s % verbs.length], 'O'],
      [places[s % places.length], 'B-LOC'],
      ['.', 'O'],
    ]
      .map(([word, label], t) => `${rowOf(word, label, t, s)}\n`)
      .join(''),
  ).join(between);
}

const layoutOf = (text: string, name = 'x.conll'): CorpusLayout => detectLayout(name, text)!;
const read = (text: string, name = 'x.conll'): CorpusFile => readCorpusFile(name, name, text);
/** The label column that is learned where nobody says more. */
const learned = (text: string, name = 'x.conll'): string =>
  groupCorpora([summarise(read(text, name), `c/${name}`)])[0].columns[0].name;

describe('what the columns of a file are', () => {
  const plain = file(20, (word, label) => `${word}\t${label}`);

  it('is told of files without a blank line, however long', () => {
    for (const sentences of [10, 600]) {
      const text = file(sentences, (word, label) => `${word}\t${label}`, '');
      assert.deepEqual(layoutOf(text, 'x.bio').columns, ['FORM', 'LABEL']);
      assert.equal(read(text, 'x.bio').tokens, 4 * sentences);
    }
    // Without any sign between sentences, they end behind full stops.
    assert.equal(
      read(
        file(600, (word, label) => `${word}\t${label}`, ''),
        'x.bio',
      ).sentences,
      600,
    );
  });

  it('is told whatever the file is called, where the labels are spans', () => {
    assert.deepEqual(layoutOf(plain, 'train.txt').columns, ['FORM', 'LABEL']);
    assert.deepEqual(layoutOf(plain, 'data.tsv').columns, ['FORM', 'LABEL']);
  });

  it('finds the word behind labels, numbers of words and numbers of sentences', () => {
    assert.equal(layoutOf(file(20, (word, label) => `${label}\t${word}`)).form, 1);
    const numbered = layoutOf(file(20, (word, label, t) => `${t + 1}\t${word}\t${label}`));
    assert.deepEqual(numbered.columns, ['ID', 'FORM', 'LABEL']);
    const sentences = layoutOf(file(20, (word, label, _, s) => `${s + 1}\t${word}\t${label}`, ''));
    assert.deepEqual(sentences.columns, ['SENTENCE', 'FORM', 'LABEL']);
  });

  it('ends sentences where their number rises, if nothing else does', () => {
    const behind = read(
      file(20, (word, label, _, s) => `${word}\t${label}\t${s}`, ''),
      'x.tsv',
    );
    assert.equal(behind.sentences, 20);
    assert.equal(learned(file(20, (word, label, _, s) => `${word}\t${label}\t${s}`, '')), 'LABEL');
  });

  it('learns spans rather than notes, tags or a nested layer', () => {
    assert.equal(
      learned(file(20, (word, label, t) => `${word}\tX${t}\t${label}\t${t === 2 ? 'SpaceAfter=No' : '_'}`)),
      'LABEL',
    );
    const nested = file(20, (word, label, t, s) => `${word}\t${label}\t${t === 0 && s < 3 ? 'B-LOC' : 'O'}`);
    assert.deepEqual(layoutOf(nested).columns, ['FORM', 'LABEL', 'COLUMN3']);
    assert.equal(learned(nested), 'LABEL');
    const outer = file(20, (word, label, t, s) => `${word}\t${t === 0 && s < 3 ? 'B-LOC' : 'O'}\t${label}`);
    assert.deepEqual(layoutOf(outer).columns, ['FORM', 'COLUMN2', 'LABEL']);
    assert.equal(learned(file(20, (word, label, t) => `${word}\t${label}\tT${t}`)), 'LABEL');
  });

  it('offers a column of very many values last', () => {
    const text = file(400, (word, _, t, s) => `${word}\tT${(s * 4 + t) % 350}`);
    const [corpus] = groupCorpora([summarise(read(text), 'c/x.conll')]);
    assert.deepEqual(
      corpus.columns.map(({ name, labels }) => [name, labels.length]),
      [['LABEL', 350]],
    );
  });
});

describe('a row that names the columns', () => {
  for (const [header, labels] of [
    ['token\tner_tag', 'spans'],
    ['Word\tPOS', 'tags'],
    ['TOKEN\tNE-COARSE-LIT', 'spans'],
    ['word\tfoo', 'spans'],
  ] as const) {
    it(`is no token: ${header.replace('\t', ', ')}`, () => {
      const rows = file(20, (word, label, t) => `${word}\t${labels === 'spans' ? label : `T${t}`}`);
      for (const blank of ['', '\n']) {
        const corpusFile = read(`${header}\n${blank}${rows}`);
        assert.equal(corpusFile.tokens, 80);
        assert.equal(corpusFile.layout.columns[1], header.split('\t')[1]);
      }
    });
  }

  it('is no token where files were joined', () => {
    const one = `token\tner\n${file(5, (word, label) => `${word}\t${label}`)}`;
    assert.equal(read(`${one}\n${one}`).tokens, 40);
  });

  it('is a token where it only looks like one', () => {
    assert.equal(read(file(20, (word, label) => `${word === 'sees' ? 'word' : word}\t${label}`)).tokens, 80);
  });
});

describe('lines between the rows', () => {
  const marks = ['', ' ', '\t', '\u00a0', '\u200b\u00a0', '\u3000', 'EOS', '</s>', '---'];
  for (const mark of marks) {
    it(`end sentences: ${JSON.stringify(mark)}`, () => {
      const corpusFile = read(file(20, (word, label) => `${word}\t${label}`, `${mark}\n`));
      assert.deepEqual([corpusFile.sentences, corpusFile.tokens], [20, 80]);
      assert.deepEqual(corpusFile.problems, []);
    });
  }

  it('are words where rows hold a word alone, but for EOS and the like', () => {
    const layout = { kind: 'columns', columns: ['FORM'], form: 0, separator: '\t' } as const;
    const text = 'Yes\n***\n---\n====\n\nNo\nEOS\nOslo\n</s>\n';
    const corpusFile = readCorpusFile('a', 'a', text, layout);
    assert.deepEqual(sentencesOf(corpusFile, 'FORM'), [['Yes', '***', '---', '===='], ['No'], ['Oslo']]);
    assert.deepEqual(problemsOf(corpusFile), []);
  });

  it('end sentences where they hold a label alone, and nothing else does', () => {
    assert.equal(read(file(20, (word, label) => `${word}\t${label}`, '\tO\n')).sentences, 20);
    const once = `${file(20, (word, label) => `${word}\t${label}`)}\tO\n`;
    assert.deepEqual(problemsOf(read(once)), ['100 empty-column']);
  });

  it('are comments inside of sentences, where they say so', () => {
    const text = 'Anna\tB-PER\n# page = 3\nsees\tO\n# a remark\nOslo\tB-LOC\n';
    assert.deepEqual(sentencesOf(read(text), 'FORM'), [['Anna', 'sees', 'Oslo']]);
    assert.deepEqual(problemsOf(read('Anna\tB-PER\nsees\tO\n#Oslo\n')), ['3 too-few-columns']);
  });

  it('begin documents in all forms of -DOCSTART-', () => {
    for (const row of [
      '-DOCSTART- -X- O',
      '-DOCSTART-',
      '-DOCSTART FILE a/0',
      '--DOCSTART--',
      '-docstart-\tO',
    ]) {
      const corpusFile = read(`${row}\n\nAnna\tB-PER\nsees\tO\n\n${row}\n\nOslo\tB-LOC\nis\tO\n`);
      assert.deepEqual([...corpusFile.sentenceDocument], [0, 1], row);
      assert.equal(corpusFile.tokens, 4);
    }
  });

  it('part CoNLL-U before comments and at number 1', () => {
    const row = (id: number, form: string) => `${id}\t${form}\t_\tX${form}\t_\t_\t_\t_\t_\t_\n`;
    const text = `# text = a b\n${row(1, 'a')}${row(2, 'b')}# text = c\n${row(1, 'c')}${row(1, 'd')}${row(2, 'e')}`;
    const corpusFile = read(text, 'x.conllu');
    assert.deepEqual(sentencesOf(corpusFile, 'FORM'), [['a', 'b'], ['c'], ['d', 'e']]);
    assert.deepEqual(corpusFile.problems, []);
  });
});

describe('what is not to be seen', () => {
  it('is no part of labels, and stays in words', () => {
    const text = 'An\u200bna\tB-PER\u00a0\nsees\t O\nOslo\t\ufeffB-LOC\u200b \n\u00a0\tO\n';
    const corpusFile = read(text);
    assert.deepEqual(sentencesOf(corpusFile, 'LABEL'), [['B-PER', 'O', 'B-LOC', 'O']]);
    assert.deepEqual(sentencesOf(corpusFile, 'FORM'), [['An\u200bna', 'sees', 'Oslo', '\u00a0']]);
  });

  it('is dropped where files with byte order marks were joined', () => {
    const one = `\ufeff${file(3, (word, label) => `${word}\t${label}`)}`;
    assert.equal(sentencesOf(read(`${one}\n${one}`), 'FORM')[3][0], 'Anna');
    const row = (id: number, form: string) => `${id}\t${form}\t_\tX${form}\t_\t_\t_\t_\t_\t_\n`;
    const treebank = read(`\ufeff${row(1, 'a')}\n\ufeff${row(1, 'b')}`, 'x.conllu');
    assert.deepEqual(sentencesOf(treebank, 'FORM'), [['a'], ['b']]);
    assert.deepEqual(treebank.problems, []);
  });

  it('is a word where it is all there is', () => {
    const text = 'Anna\tB-PER\n\ufeff\tO\n\u200b\tO\n';
    assert.deepEqual(sentencesOf(read(text), 'FORM'), [['Anna', '\ufeff', '\u200b']]);
  });
});

describe('rows parted in two ways', () => {
  const mixed = file(30, (word, label, _, s) => `${word}${s % 3 === 0 ? '   ' : '\t'}${label}`);

  it('are all read', () => {
    const corpusFile = read(mixed);
    assert.deepEqual([corpusFile.tokens, corpusFile.problems.length], [120, 0]);
    assert.ok(corpusFile.layout.mixed);
  });

  it('are not found where words hold spaces', () => {
    const text = `${file(20, (word, label) => `${word}\t${label}`)}\nNew York\nis big\n`;
    assert.deepEqual(problemsOf(read(text)), ['101 too-few-columns', '102 too-few-columns']);
  });
});

describe('rows that cannot be read', () => {
  it('are counted, with the first line of each kind', () => {
    const text = `${file(5, (word, label) => `${word}\t${label}`)}\nx\ny\na\tb\tc\n`;
    assert.deepEqual(read(text).leftOut, {
      rows: 3,
      kinds: [
        { code: 'too-few-columns', rows: 2, line: 25 },
        { code: 'too-many-columns', rows: 1, line: 27 },
      ],
    });
  });
});

describe('a layout that a person states', () => {
  const lay = (text: string, stated: Parameters<typeof layOutAsStated>[2]): CorpusLayout =>
    layOutAsStated('f', text, stated, detectLayout('f.txt', text, 'chosen'));

  it('names columns, and what parts them', () => {
    const text = file(5, (word, label, t) => `${t};${word};x;${label}`);
    const layout = lay(text, { columns: ['id', 'word', '_', 'ner'], delimiter: ';' });
    assert.deepEqual(layout.columns, ['ID', 'FORM', 'COLUMN3', 'ner']);
    assert.deepEqual([layout.form, layout.separator], [1, ';']);
    assert.equal(readCorpusFile('f', 'f', text, layout).tokens, 20);
  });

  it('says whether there is a header, and what comments begin with', () => {
    const text = `a\tb\n%% x\n${file(5, (word, label) => `${word}\t${label}`)}`;
    const layout = lay(text, { header: true, comment: '%%', columns: ['form', 'ner'] });
    const corpusFile = readCorpusFile('f', 'f', text, layout);
    assert.deepEqual([corpusFile.tokens, corpusFile.problems.length], [20, 0]);
  });

  it('is refused where the number of names is wrong, or none is the word', () => {
    const text = file(5, (word, label) => `${word}\t${label}`);
    assert.throws(
      () => lay(text, { columns: ['form', 'pos', 'ner'] }),
      /2 columns, but there are names for 3/,
    );
    assert.throws(() => lay(text, { columns: ['pos', 'ner'] }), /None of the columns pos, ner is the word/);
  });
});

describe('a file in another format', () => {
  for (const [what, text] of [
    ['JSON lines', '{"text":"a b","label":["X"]}\n{"text":"a b","label":[]}\n'],
    ['CSV', 'name,age\nAnna,3\nTor,4\nIvo,5\nNils,6\n'],
    ['words with their tags', 'Anna/B-PER sees/O Oslo ./O\nTor/B-PER sees/O Kiel/B-LOC ./O\n'],
    ['words with their tags', 'Anna|O sees|O\nTor|O sees|O\n'],
    ['annotations of brat', 'T1\tPER 0 4\tAnna\nT2\tLOC 10 14\tOslo\n'],
  ] as const) {
    it(`is told as what it looks like: ${what}`, () => {
      assert.match(likenessOf(text) ?? '', new RegExp(what));
      assert.equal(detectLayout('x.txt', text, 'chosen'), undefined);
    });
  }
});

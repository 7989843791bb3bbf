import assert from 'node:assert/strict';
import type { Corpus } from '../../../src/corpus/corpus';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { groupCorpora, summarise } from '../../../src/corpus/grouping';
import { splitOfPath, splitsOfPaths } from '../../../src/corpus/splits';
import { readWorkspaceFile, twoColumns } from './sources';

const entities = twoColumns('Rita/B-PER lives/O in/O Lisbon/B-LOC | Tom/B-PER sleeps/O');
const treebank = '1\ta\ta\tX\tx1\t_\t0\troot\t_\t_\n2\tb\tb\tY\tx2\t_\t1\tobj\t_\t_\n\n';

function group(files: Record<string, string>): Corpus[] {
  return groupCorpora(
    Object.entries(files).map(([path, text]) => summarise(readCorpusFile(`uri:${path}`, path, text), path)),
  );
}

const outline = (corpora: readonly Corpus[]): Record<string, string[]> =>
  Object.fromEntries(
    corpora.map(({ name, files }) => [
      name,
      files.map(({ file, split }) => `${file.slice(4)} ${split ?? '-'}`),
    ]),
  );

describe('splits by name', () => {
  const cases: Record<string, string | undefined> = {
    'UD/en_ewt-ud-dev.conllu': 'development',
    'UD/en_ewt-ud-train.conllu': 'training',
    'UD/en_ewt-ud-test.conllu': 'test',
    'conll2003/eng.train': 'training',
    'conll2003/eng.testa': 'development',
    'conll2003/eng.testb': 'test',
    'w/wnut17train.conll': 'training',
    'w/emerging.dev.conll': 'development',
    'w/emerging.test.annotated': 'test',
    'a/valid.txt': 'development',
    'a/val.txt': 'development',
    'a/trainData.txt': 'training',
    'a/TEST.conll': 'test',
    'a/dev/news.conll': 'development',
    'a/Train/news.conll': 'training',
    'a/train/news-dev.conll': 'development',
    'a/latest.conll': undefined,
    'a/developer.conll': undefined,
    'a/constraint.conll': undefined,
    'a/test/b/news.conll': undefined,
    'news.conll': undefined,
    'constructor.conll': undefined,
  };
  for (const [path, split] of Object.entries(cases))
    it(`${path}: ${split}`, () => assert.equal(splitOfPath(path), split));

  it('a folder called test is no test set by that alone', () => {
    assert.deepEqual(splitsOfPaths(['project/test/a.conll', 'project/test/b.conll']), [undefined, undefined]);
    assert.deepEqual(splitsOfPaths(['c/train/a.conll', 'c/test/b.conll']), ['training', 'test']);
    assert.deepEqual(splitsOfPaths(['c/train.conll', 'c/test/b.conll']), ['training', 'test']);
  });
});

describe('grouping files into corpora', () => {
  it('puts the files of a folder together, by format', () => {
    const corpora = group({
      'ws/UD/train.conllu': treebank,
      'ws/UD/dev.conllu': treebank,
      'ws/NER/train.conll': entities,
      'ws/NER/x.conllu': treebank,
    });
    assert.deepEqual(outline(corpora), {
      'NER (CoNLL-U)': ['ws/NER/x.conllu -'],
      'NER (2 columns)': ['ws/NER/train.conll training'],
      UD: ['ws/UD/dev.conllu development', 'ws/UD/train.conllu training'],
    });
    const { id, tokens, sentences, columns } = corpora[2];
    assert.equal(id, 'ws/UD#ID,FORM,LEMMA,UPOS,XPOS,FEATS,HEAD,DEPREL,DEPS,MISC');
    assert.deepEqual([tokens, sentences], [4, 2]);
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['UPOS', 'XPOS', 'DEPREL'],
    );
    assert.deepEqual(columns[0].labels, [
      { label: 'X', count: 2 },
      { label: 'Y', count: 2 },
    ]);
  });

  it('lifts folders named like a split', () => {
    const corpora = group({
      'ws/c/train/a.conll': entities,
      'ws/c/dev/a.conll': entities,
      'ws/c/test/a.conll': entities,
    });
    assert.deepEqual(outline(corpora), {
      c: ['ws/c/dev/a.conll development', 'ws/c/test/a.conll test', 'ws/c/train/a.conll training'],
    });
  });

  it('merges into the highest folder above that holds such files itself', () => {
    const corpora = group({
      'ws/a/x.conll': entities,
      'ws/a/b/c/y.conll': entities,
      'ws/d/z.conll': entities,
    });
    assert.deepEqual(outline(corpora), {
      a: ['ws/a/b/c/y.conll -', 'ws/a/x.conll -'],
      d: ['ws/d/z.conll -'],
    });
  });

  it('gives corpora of one name as much of their path as tells them apart', () => {
    assert.deepEqual(
      Object.keys(
        outline(
          group({
            'one/data/a.conll': entities,
            'two/data/a.conll': entities,
            'two/other/a.conll': entities,
          }),
        ),
      ),
      ['one/data', 'two/data', 'other'],
    );
    assert.deepEqual(Object.keys(outline(group({ 'train.conll': entities }))), ['corpus']);
    assert.deepEqual(Object.keys(outline(group({ 'ws/train.conll': entities }))), ['ws']);
  });

  it('is not misled by names of columns that differ between the files of a corpus', () => {
    const chunks = 'Rita NN B-NP\nsleeps VB B-VP\n. . O\n\n'.repeat(3);
    const corpora = group({
      'ws/c/train.txt.conll': chunks,
      'ws/c/dev.txt.conll': 'Rita NN O\n. . O\nOh UH O\n',
    });
    assert.equal(corpora.length, 1);
    assert.deepEqual(corpora[0].layout.columns, ['FORM', 'POS', 'CHUNK']);
    assert.deepEqual(
      corpora[0].columns.map(({ name, labels }) => [name, labels.length]),
      [
        ['CHUNK', 3],
        ['POS', 4],
      ],
    );
  });

  it('leaves files without tokens out', () => {
    assert.deepEqual(group({ 'ws/train.conll': '', 'ws/a.conllu': '# nothing\n' }), []);
  });

  it('offers columns of 2 to 300 values, the last first, and tells their scheme', () => {
    const rows = Array.from(
      { length: 400 },
      (_, i) => `w${i}\tlemma${i}\tsame\t${i % 2 ? 'N' : 'V'}\t${i % 3 ? 'O' : 'B-X'}\n`,
    ).join('');
    const [corpus] = group({ 'ws/a.conll': rows });
    assert.deepEqual(
      corpus.columns.map(({ name, scheme }) => [name, scheme]),
      [
        ['LABEL', 'IOB2'],
        ['COLUMN4', 'none'],
      ],
    );
  });

  it('counts values over all files against the limit', () => {
    const rows = (from: number): string =>
      Array.from({ length: 250 }, (_, i) => `w\tL${from + i}\t${i % 2 ? 'N' : 'V'}\n`).join('');
    const [corpus] = group({ 'ws/a.conll': rows(0), 'ws/b.conll': rows(100) });
    assert.deepEqual(
      corpus.columns.map(({ name }) => name),
      ['LABEL'],
    );
  });

  it('keeps summaries small', () => {
    const summary = summarise(
      readWorkspaceFile('sample/UD_English-EWT/en_ewt-excerpt-train.conllu'),
      'x/train.conllu',
    );
    assert.ok(JSON.stringify(summary).length < 20_000);
  });
});

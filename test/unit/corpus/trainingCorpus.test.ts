import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CorpusFile } from '../../../src/corpus/corpus';
import type { Dataset, TrainingCorpus } from '../../../src/corpus/dataset';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { holdOut } from '../../../src/corpus/heldOut';
import { buildTrainingCorpus } from '../../../src/corpus/trainingCorpus';
import { unknownWord, Vocabulary } from '../../../src/corpus/vocabulary';
import { readWorkspaceFile, twoColumns } from './sources';

const source = (path: string, text: string) => ({ file: readCorpusFile(path, path, text), path });
const wordsOf = (set: Dataset, { words }: TrainingCorpus): string[] =>
  Array.from(set.words, (number) => words[number]);
const train = source(
  'c/train.conll',
  twoColumns('Rita/B-PER likes/O Lisbon/B-LOC | rita/O likes/O likes/O fish/O'),
);
const dev = source('c/dev.conll', twoColumns('Lisbon/B-ORG Likes/O him/O | Tom/B-ORG'));

describe('vocabulary', () => {
  it('numbers words by frequency, the unknown word 0', () => {
    const vocabulary = Vocabulary.build([
      ['a', 1],
      ['b', 3],
      ['c', 1],
      [unknownWord, 2],
    ]);
    assert.deepEqual(vocabulary.words.slice(1), ['b', unknownWord, 'a', 'c']);
    assert.equal(vocabulary.size, 5);
    assert.deepEqual(
      ['b', unknownWord, 'x', ''].map((word) => vocabulary.idOf(word)),
      [1, 2, 0, 0],
    );
  });

  it('looks an unknown word up in lower case', () => {
    const vocabulary = Vocabulary.build([
      ['the', 3],
      ['The', 1],
      ['us', 1],
      ['NASA', 1],
    ]);
    assert.deepEqual(
      ['The', 'THE', 'US', 'nasa', 'Nasa'].map((word) => vocabulary.word(vocabulary.idOf(word))),
      ['The', 'the', 'us', unknownWord, unknownWord],
    );
  });

  it('can be made again from its list of words', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), (words) => {
        const vocabulary = Vocabulary.build(words.map((word, i) => [word, i]));
        const again = new Vocabulary(vocabulary.words);
        for (const word of words) assert.equal(again.idOf(word), vocabulary.idOf(word));
        for (let id = 1; id < again.size; id++) assert.equal(again.idOf(again.word(id)), id);
      }),
    );
  });
});

describe('training corpus', () => {
  it('takes held-out labels that training lacks in linear time, however many there are', function () {
    this.timeout(180_000);
    const labels = 400_000;
    const rows = Array.from({ length: labels }, (_, n) => `w\tX${n}\n\n`).join('');
    const { splits, problems } = buildTrainingCorpus([train, source('c/dev.conll', rows)], 'LABEL', 1);
    assert.equal(splits.development.gold.values.length, labels);
    assert.ok(splits.development.labels.every((label) => label === -1));
    assert.match(problems[problems.length - 1].message, /And 399,\d{3} more like this/);
  });

  it('leaves out a file that joins the parts beside it, and says so', () => {
    const rows = (from: number): string =>
      Array.from(
        { length: 20 },
        (_, n) => `a${from + n}\tB-PER\nruns\tO\nto\tO\nb${n}\tB-LOC\n.\tO\n\n`,
      ).join('');
    const parts = [source('c/train.conll', rows(0)), source('c/dev.conll', rows(100))];
    for (const name of ['train_dev', 'traindev', 'all']) {
      const joined = source(`c/${name}.conll`, rows(0) + rows(100));
      const corpus = buildTrainingCorpus([...parts, joined], 'LABEL', 1);
      assert.deepEqual([corpus.splits.training.tokens, corpus.splits.development.tokens], [100, 100]);
      assert.deepEqual(
        corpus.problems.map(({ file, code }) => [file, code]),
        [[joined.file.file, 'joined-splits']],
      );
    }
    const other = source('c/all.conll', rows(500));
    assert.equal(buildTrainingCorpus([...parts, other], 'LABEL', 1).splits.training.tokens, 200);
    assert.equal(buildTrainingCorpus([other], 'LABEL', 1).heldOut, true);
  });

  it('tells how many held-out sentences are in the training data too', () => {
    const rows = 'Anna\tB-PER\nruns\tO\nto\tO\nOslo\tB-LOC\n.\tO\n\n'.repeat(4);
    const corpus = buildTrainingCorpus(
      [source('c/train.conll', `${rows}x\tO\n`), source('c/dev.conll', rows)],
      'LABEL',
      1,
    );
    assert.match(corpus.problems[0].message, /^4 of 4 sentences .*its score says nothing of other text/);
  });

  it('reads the label scheme off the training data alone', () => {
    const odd = {
      ...source('dev.conll', 'Rita\tNOUN\nswims\tVERB\n\n'.repeat(50)),
      split: 'development' as const,
    };
    assert.equal(buildTrainingCorpus([train, odd], 'LABEL', 1).scheme, 'IOB2');
  });

  it('numbers words and labels', () => {
    const corpus = buildTrainingCorpus([train, dev], 'LABEL', 1);
    assert.deepEqual(corpus.labels, ['O', 'B-PER', 'B-LOC']);
    assert.equal(corpus.scheme, 'IOB2');
    assert.equal(corpus.heldOut, false);
    const { training, development, test } = corpus.splits;
    assert.deepEqual(
      [training.sentences, training.tokens, development.sentences, test.sentences, test.tokens],
      [2, 7, 2, 0, 0],
    );
    assert.deepEqual([...training.start], [0, 3, 7]);
    assert.deepEqual(wordsOf(training, corpus), [
      'Rita',
      'likes',
      'Lisbon',
      'rita',
      'likes',
      'likes',
      'fish',
    ]);
    assert.deepEqual([...training.labels], [1, 0, 2, 0, 0, 0, 0]);
    assert.deepEqual(wordsOf(development, corpus), ['Lisbon', 'Likes', 'him', 'Tom']);
    assert.deepEqual([...development.labels], [-1, 0, 0, -1]);
    assert.deepEqual(
      Array.from(development.gold.ids, (id) => development.gold.values[id]),
      ['B-ORG', 'O', 'O', 'B-ORG'],
    );
    assert.deepEqual(corpus.words, ['likes', 'Rita', 'Lisbon', 'rita', 'fish', 'Likes', 'him', 'Tom']);
    assert.deepEqual([...corpus.counts], [3, 1, 1, 1, 1, 0, 0, 0]);
  });

  it('reports labels that occur in development data only, once each, at their first line', () => {
    const { problems } = buildTrainingCorpus([train, dev], 'LABEL', 1);
    assert.deepEqual(
      problems.map(({ file, line, code, severity }) => [file, line, code, severity]),
      [['c/dev.conll', 0, 'label-not-in-training', 'warning']],
    );
  });

  it('takes a column by number and in any case', () => {
    assert.equal(buildTrainingCorpus([train], '2', 1).labels.length, 3);
    assert.equal(buildTrainingCorpus([train], 'label', 1).labels.length, 3);
  });

  it('reads files of one corpus whose columns got different names', () => {
    const chunks = source('c/train.conll', 'Rita NN B-NP\nsleeps VB B-VP\n. . O\n\nTom NN B-NP\n');
    const odd = source('c/dev.conll', 'Rita NN O\n. . O\n\n');
    assert.notDeepEqual(chunks.file.layout.columns, odd.file.layout.columns);
    const corpus = buildTrainingCorpus([chunks, odd], 'chunk', 1);
    assert.deepEqual(
      [...corpus.splits.development.labels].map((label) => corpus.labels[label]),
      ['O', 'O'],
    );
  });

  it('takes a split that is set explicitly over the one that the name says', () => {
    const corpus = buildTrainingCorpus(
      [
        { ...train, split: 'test' },
        { ...dev, split: 'training' },
      ],
      'LABEL',
      1,
    );
    assert.equal(corpus.splits.test.tokens, 7);
    assert.equal(corpus.splits.training.sentences + corpus.splits.development.sentences, 2);
  });

  it('holds a tenth out where there is no development file', () => {
    const sentences = Array.from({ length: 40 }, (_, i) => `w${i}/A v/B`).join(' | ');
    const build = (seed: number) =>
      buildTrainingCorpus([source('c/all.conll', twoColumns(sentences))], 'LABEL', seed);
    const corpus = build(7);
    assert.equal(corpus.heldOut, true);
    assert.deepEqual([corpus.splits.training.sentences, corpus.splits.development.sentences], [36, 4]);
    const held = (of: typeof corpus): string[] => wordsOf(of.splits.training, of);
    assert.deepEqual(held(build(7)), held(corpus));
    assert.notDeepEqual(held(build(8)), held(corpus));
  });

  it('trains on a single sentence, and says that nothing is left to measure by', () => {
    const corpus = buildTrainingCorpus(
      [{ file: readWorkspaceFile('faults/one-sentence/only.conll'), path: 'only.conll' }],
      'LABEL',
      1,
    );
    assert.deepEqual([corpus.splits.training.sentences, corpus.splits.development.sentences], [1, 0]);
    assert.deepEqual(
      corpus.problems.map(({ code }) => code),
      ['no-development-data'],
    );
  });

  it('refuses what cannot be trained on, and says what to do', () => {
    const fails = (files: { file: CorpusFile; path: string }[], column: string, message: RegExp): void => {
      assert.throws(
        () => buildTrainingCorpus(files, column, 1),
        (error: Error & { details?: { hint?: string } }) => {
          assert.equal(error.name, 'InputError');
          assert.match(error.message, message);
          assert.ok(error.details?.hint);
          return true;
        },
      );
    };
    fails([], 'LABEL', /no tokens/);
    fails([source('a.conll', '')], 'LABEL', /no tokens/);
    fails([train], 'UPOS', /no column UPOS/);
    fails([train], '3', /no column 3/);
    fails([train], 'FORM', /FORM holds no labels/);
    fails([train], '1', /FORM holds no labels/);
    fails([dev], 'LABEL', /nothing to train on/);
    fails([source('a.conll', twoColumns('a/O b/O | c/O'))], 'LABEL', /only one label/);
    fails([train, source('c/dev.conll', 'a b C\nb c D\n')], 'LABEL', /Its columns are/);
    const treebank = source('t.conllu', '1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n');
    fails([treebank], 'lemma', /LEMMA holds no labels/);
    fails([treebank], 'HEAD', /HEAD holds no labels/);
  });

  it('knows text whose tokens are characters', () => {
    assert.equal(
      buildTrainingCorpus(
        [source('c/t.bmes', twoColumns('看/B 似/E 簡/B 單/E ，/S | 只/S 是/S 𠮷/S'))],
        'LABEL',
        1,
      ).characters,
      true,
    );
    assert.equal(
      buildTrainingCorpus([source('c/t.conll', twoColumns('看似/B-X 簡單/O ，/O | 只/O'))], 'LABEL', 1)
        .characters,
      false,
    );
    assert.equal(
      buildTrainingCorpus([source('c/t.conll', twoColumns('a/X b/Y c/X | d/Y'))], 'LABEL', 1).characters,
      false,
    );
  });
});

describe('held-out sentences', () => {
  const file = (documents: readonly number[]): CorpusFile => {
    const text = documents
      .map(
        (sentences, d) =>
          `# newdoc\n${Array.from({ length: sentences }, (_, s) => `1\tw${d}.${s}\tO\tX\n2\tv\tO\tY\n`).join('\n')}\n`,
      )
      .join('');
    return readCorpusFile('f', 'f.conll', text);
  };
  const refs = (of: CorpusFile) =>
    Array.from({ length: of.sentences }, (_, sentence) => ({ file: of, sentence }));

  it('are whole documents where those make up a tenth', () => {
    const of = file(Array.from({ length: 30 }, (_, i) => 1 + (i % 4)));
    const { training, development } = holdOut(refs(of), 3);
    const documents = (part: typeof training): Set<number> =>
      new Set(part.map(({ sentence }) => of.sentenceDocument[sentence]));
    for (const document of documents(development)) assert.ok(!documents(training).has(document));
    assert.ok(development.length >= 7 && development.length <= 15);
  });

  it('are single sentences where documents are too large', () => {
    const { training, development } = holdOut(refs(file([50, 50])), 3);
    assert.deepEqual([training.length, development.length], [90, 10]);
  });

  it('leave each sentence in one part, in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (documents, seed) => {
          const all = refs(file(documents));
          const { training, development } = holdOut(all, seed);
          assert.equal(training.length + development.length, all.length);
          assert.ok(training.length > 0);
          if (all.length > 1) assert.ok(development.length > 0);
          const sentences = [...training, ...development].map(({ sentence }) => sentence);
          assert.equal(new Set(sentences).size, all.length);
          for (const part of [training, development])
            for (let i = 1; i < part.length; i++) assert.ok(part[i - 1].sentence < part[i].sentence);
        },
      ),
      { numRuns: 60 },
    );
  });
});

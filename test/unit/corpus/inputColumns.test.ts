import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import type { CorpusFile } from '../../../src/corpus/corpus';
import type { Dataset, InputColumn } from '../../../src/corpus/dataset';
import { encodeDataset } from '../../../src/corpus/encodeDataset';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { unlabelled, valuesForModel } from '../../../src/corpus/inputColumns';
import { buildTrainingCorpus } from '../../../src/corpus/trainingCorpus';

const source = (path: string, text: string): { file: CorpusFile; path: string } => ({
  file: readCorpusFile(path, path, text),
  path,
});

const train = source(
  'c/train.conll',
  'Rita NN B-NP B-PER\nsees VB B-VP O\nTom NN B-NP B-PER\n\nIt PR B-NP O\nrains VB B-VP O\n\n',
);
/** No chunks here, so that its columns have other names. */
const dev = source('c/dev.conll', 'Lisa NN O B-PER\nwaves VX O O\n\n');

/** Values of a further column in a set, one for each token. */
const valuesIn = ({ columns }: Dataset, index: number, { values }: InputColumn): string[] =>
  Array.from(columns[index] ?? [], (id) => values[id]);

describe('further columns of a training corpus', () => {
  it('are values by number, those of training first, the most frequent one first of all', () => {
    assert.notDeepEqual(dev.file.layout.columns, train.file.layout.columns);
    const { columns, splits } = buildTrainingCorpus([train, dev], 'NER', 1, ['pos', '3']);
    assert.deepEqual(columns, [
      { name: 'POS', values: ['NN', 'VB', 'PR', 'VX'] },
      { name: 'CHUNK', values: ['B-NP', 'B-VP', 'O'] },
    ]);
    assert.deepEqual(valuesIn(splits.training, 0, columns[0]), ['NN', 'VB', 'NN', 'PR', 'VB']);
    assert.deepEqual(valuesIn(splits.development, 0, columns[0]), ['NN', 'VX']);
    assert.deepEqual(valuesIn(splits.development, 1, columns[1]), ['O', 'O']);
    assert.equal(splits.test.columns.length, 2);
  });

  it('are none where none are asked for', () => {
    const { columns, splits } = buildTrainingCorpus([train, dev], 'NER', 1);
    assert.deepEqual([columns, splits.training.columns], [[], []]);
  });

  it('are refused where they cannot be read, with those that can', () => {
    const treebank = source(
      't.conllu',
      '1\ta\tb\tX\tQ\t_\t0\troot\t_\t_\n2\tb\tb\tY\tR\t_\t0\troot\t_\t_\n\n',
    );
    const pairs = source('p.conll', 'a\tX\nb\tY\n\n');
    const all = [train, 'NER', 'POS, CHUNK'] as const;
    for (const [[file, label, offered], inputs, message] of [
      [all, ['LEMMA'], /There is no column LEMMA to read/],
      [all, ['9'], /There is no column 9 to read/],
      [all, ['ner'], /NER holds the labels that are to be learned/],
      [all, ['FORM'], /FORM is the word/],
      [all, ['POS', '2'], /POS is to be read twice/],
      [[train, 'POS', 'CHUNK, NER'], ['POS'], /POS holds the labels/],
      [[treebank, 'UPOS', 'XPOS, FEATS, DEPREL'], ['LEMMA'], /LEMMA cannot be read/],
      [[treebank, 'UPOS', 'XPOS, FEATS, DEPREL'], ['HEAD'], /HEAD cannot be read/],
      [[pairs, 'LABEL', undefined], ['POS'], /There is no column POS/],
    ] as const) {
      assert.throws(
        () => buildTrainingCorpus([file], label, 1, inputs),
        (error) =>
          error instanceof InputError &&
          message.test(error.message) &&
          error.details.file === file.path &&
          (offered
            ? error.details.hint?.endsWith(`: ${offered}.`) === true
            : /no column/.test(error.details.hint ?? '')),
        String(message),
      );
    }
  });
});

describe('the columns that a model reads, in other files', () => {
  const model = { layout: train.file.layout, column: 'NER' };
  const valuesOf = (
    text: string,
    names: readonly string[],
    trained: typeof model = model,
  ): Record<string, string[][]> =>
    Object.fromEntries(valuesForModel(source('x.conll', text).file, trained, names));

  it('are found by position where the shape is the same, whatever they are called there', () => {
    assert.deepEqual(valuesOf('Lisa NN O B-PER\nwaves VX O O\n\nHi UH O O\n', ['CHUNK', 'POS']), {
      CHUNK: [['O', 'O'], ['O']],
      POS: [['NN', 'VX'], ['UH']],
    });
  });

  it('are found by name elsewhere', () => {
    assert.deepEqual(valuesOf('Lisa NN B-NP\nwaves VX B-VP\n', ['POS', 'CHUNK']), {
      POS: [['NN', 'VX']],
      CHUNK: [['B-NP', 'B-VP']],
    });
    assert.deepEqual(valuesOf('Lisa l NN B-NP B-PER\nwaves w VX B-VP O\n', ['POS']), { POS: [['NN', 'VX']] });
  });

  it('are found in rows that have all but the label', () => {
    assert.deepEqual(unlabelled(model), { ...model.layout, columns: ['FORM', 'POS', 'CHUNK'] });
    assert.deepEqual(
      unlabelled({
        layout: { ...model.layout, columns: ['LABEL', 'POS', 'FORM'], form: 2 },
        column: 'LABEL',
      }),
      { ...model.layout, columns: ['POS', 'FORM'], form: 1 },
    );
    const plain = { layout: { ...model.layout, columns: ['FORM', 'COLUMN2', 'LABEL'] }, column: 'LABEL' };
    assert.deepEqual(valuesOf('Lisa NN\nwaves VX\n', ['COLUMN2'], plain), { COLUMN2: [['NN', 'VX']] });
  });

  it('are left out where there are none such', () => {
    assert.deepEqual(valuesOf('Lisa NN\nwaves VX\n', ['POS', 'CHUNK']), {});
    const treebank = source('t.conllu', '1\ta\tb\tX\tQ\t_\t0\troot\t_\t_\n').file;
    assert.deepEqual([...valuesForModel(treebank, model, ['POS'])], []);
  });

  it('are numbered as the model has them when it is scored', () => {
    const numbers = {
      columns: ['CHUNK', 'POS'],
      numberOf: (word: string) => word.length,
      columnNumberOf: (column: number, value: string) => 100 * column + value.length,
    };
    const encode = (text: string, column = 'NER') =>
      encodeDataset(
        [source('x.conll', text).file],
        { labels: ['O', 'B-PER'], layout: train.file.layout, numbers },
        column,
      );
    assert.deepEqual(encode('Lisa NN O B-PER\nwaves VBX O O\n').columns, [
      Uint32Array.of(1, 1),
      Uint32Array.of(102, 103),
    ]);
    assert.deepEqual(encode('Lisa NN B-NP\nwaves VBX O\n', 'CHUNK').columns, [
      Uint32Array.of(4, 1),
      Uint32Array.of(102, 103),
    ]);
    assert.deepEqual(encode('Lisa B-PER\nwaves O\n', 'LABEL').columns, [undefined, undefined]);
  });
});

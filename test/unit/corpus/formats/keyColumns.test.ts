import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inputLayout } from '../../../../src/cli/inputLayout';
import type { CorpusFile } from '../../../../src/corpus/corpus';
import { formatOf } from '../../../../src/corpus/formats';
import { parseLayout } from '../../../../src/corpus/formats/layout';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { layOutAsStated } from '../../../../src/corpus/formats/rows/statedLayout';
import { groupCorpora, summarise } from '../../../../src/corpus/grouping';
import { offeredColumns } from '../../../../src/corpus/labels/columns';
import { buildTrainingCorpus } from '../../../../src/corpus/trainingCorpus';
import { labelsOf } from './wholeFile';

const row = (id: number, form: string, upos: string, misc: string, feats = '_'): string =>
  `${id}\t${form}\t_\t${upos}\t_\t${feats}\t0\troot\t_\t${misc}\n`;
const text =
  '# text = Anna sees New York.  NER=no\n' +
  row(1, 'Anna', 'PROPN', 'NER=B-PER') +
  row(2, 'sees', 'VERB', '_') +
  row(3, 'New', 'PROPN', 'Gloss=x|NER=B-LOC') +
  row(4, 'York', 'PROPN', 'NER=I-LOC|SpaceAfter=No') +
  row(5, '.', 'PUNCT', 'SpaceAfter=No', 'name=X') +
  '\n';

const read = (source: string): CorpusFile => readCorpusFile('f', 'f.conllu', source);
const write = (source: string, labels: readonly string[], column = 'MISC:NER'): string => {
  const file = read(source);
  return formatOf(file.layout).writeLabels(source, file, column, labels);
};

describe('Entities in MISC or FEATS', () => {
  it('are columns of their own, and no others are', () => {
    const file = read(text);
    assert.deepEqual(file.layout.columns.slice(10), ['FEATS:name', 'MISC:NER']);
    assert.deepEqual(labelsOf(file, 'MISC:NER'), ['B-PER', 'O', 'B-LOC', 'I-LOC', 'O']);
    assert.deepEqual(labelsOf(file, 'UPOS'), ['PROPN', 'VERB', 'PROPN', 'PROPN', 'PUNCT']);
    assert.deepEqual(parseLayout({ ...file.layout }), file.layout);
    assert.equal(read(text.replace(/(NER|name)=/g, 'other=')).layout.columns.length, 10);
    assert.deepEqual(file.problems, []);
  });

  it('are offered behind the columns that the format has', () => {
    const file = read(text);
    const offered = offeredColumns(file.layout, [summarise(file, 'd/f').columns]);
    assert.deepEqual(
      offered.map(({ name, scheme }) => [name, scheme]).filter(([name]) => name !== 'FEATS'),
      [
        ['UPOS', 'none'],
        ['MISC:NER', 'IOB2'],
        ['FEATS:name', 'IO'],
      ],
    );
  });

  it('may be missing in files of a corpus: their tokens are in no entity', () => {
    const without = text.replace(/NER=[^|\t\n]+/g, '_');
    const other = text.replace(/NER=/g, 'NE=');
    const files = [text, without, other].map((source, i) => ({ file: read(source), path: `c/${i}.conllu` }));
    const [corpus, ...more] = groupCorpora(files.map(({ file, path }) => summarise(file, path)));
    assert.equal(more.length, 0);
    assert.deepEqual(corpus.layout.columns.slice(10), ['FEATS:name', 'MISC:NE', 'MISC:NER']);
    const count = (name: string, label: string): number | undefined =>
      corpus.columns.find((column) => column.name === name)?.labels.find((of) => of.label === label)?.count;
    assert.deepEqual([count('MISC:NER', 'B-PER'), count('MISC:NE', 'B-PER')], [1, 1]);
    const { labels, splits } = buildTrainingCorpus(
      [...files, ...files].map((source, i) => ({ ...source, split: i < 3 ? 'training' : 'development' })),
      'MISC:NER',
      1,
    );
    assert.deepEqual([...labels].sort(), ['B-LOC', 'B-PER', 'I-LOC', 'O']);
    assert.equal(splits.training.tokens, 15);
    assert.equal(splits.training.gold.ids.filter((id) => splits.training.gold.values[id] === 'O').length, 12);
  });

  it('of brackets across tokens are not read as labels', () => {
    const brackets = text.replace('NER=B-LOC', 'Entity=(e1-place').replace('NER=I-LOC', 'Entity=e1)');
    const file = read(brackets);
    assert.deepEqual(file.layout.columns.slice(10), ['FEATS:name', 'MISC:NER']);
    assert.deepEqual(
      file.problems.map(({ code, line }) => [code, line]),
      [['bracket-entities', 3]],
    );
  });

  it('leave the rows their width: for what a person says, and for a row that lacks a field', () => {
    const file = read(text.replace('\troot\t_\tSpaceAfter', '\troot\tSpaceAfter'));
    assert.deepEqual(
      file.problems.map(({ code, fix }) => [code, fix]),
      [['too-few-columns', undefined]],
    );
    const stated = layOutAsStated('f', text, { scheme: 'IOB2' }, read(text).layout);
    assert.deepEqual(stated.columns, read('').layout.columns);
  });

  it('are written by tag where the text has none yet', () => {
    const plain = row(1, 'Anna', 'PROPN', 'SpaceAfter=No') + row(2, 'sees', 'VERB', '_');
    const model = { layout: read(text).layout, column: 'MISC:NER', labels: ['O', 'B-PER'] };
    const layout = inputLayout('f.conllu', plain, model);
    assert.ok(layout !== 'tokens');
    const file = readCorpusFile('f', 'f', plain, layout);
    const written = formatOf(layout).writeLabels(plain, file, 'MISC:NER', ['B-PER', 'O']);
    assert.equal(written, plain.replace('SpaceAfter=No', 'SpaceAfter=No|NER=B-PER'));
  });

  it('are written under their key, and nothing else is touched', () => {
    assert.equal(write(text, labelsOf(read(text), 'MISC:NER')), text);
    const changed = write(text, ['O', 'B-X', 'O', 'B-LOC', 'B-Y']);
    assert.equal(
      changed,
      text
        .replace('\tNER=B-PER', '\t_')
        .replace(row(2, 'sees', 'VERB', '_'), row(2, 'sees', 'VERB', 'NER=B-X'))
        .replace('Gloss=x|NER=B-LOC', 'Gloss=x')
        .replace('NER=I-LOC|', 'NER=B-LOC|')
        .replace(
          row(5, '.', 'PUNCT', 'SpaceAfter=No', 'name=X'),
          row(5, '.', 'PUNCT', 'SpaceAfter=No|NER=B-Y', 'name=X'),
        ),
    );
    assert.ok(
      write(text.replace('Gloss=x', 'Gloss=x|z').replace('\t_\n', '\tNER=O\n'), [
        'O',
        'O',
        'O',
        'O',
        'O',
      ]).includes('Anna\t_\tPROPN\t_\t_\t0\troot\t_\tNER=O'),
    );
    assert.throws(() => write(text, ['B-a|b', 'O', 'O', 'O', 'O']), /“B-a\|b” is empty or holds a space/);
    assert.equal(write(text, labelsOf(read(text), 'UPOS'), 'UPOS'), text);
  });

  it('round trip to the byte, whatever else the fields hold', () => {
    const item = fc.constantFrom(
      'NER=B-X',
      'NER=O',
      'NER=',
      'NER',
      'XNER=a',
      'a=b',
      'SpaceAfter=No',
      'name=B',
      '',
      '_',
    );
    const misc = fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join('|') || '_');
    fc.assert(
      fc.property(fc.array(misc, { minLength: 1, maxLength: 8 }), (fields) => {
        const source = fields.map((field, i) => row(i + 1, 'w', 'X', field)).join('');
        const file = read(source);
        for (const { name } of file.columns) assert.equal(write(source, labelsOf(file, name), name), source);
      }),
    );
  });
});

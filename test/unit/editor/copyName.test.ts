import assert from 'node:assert/strict';
import { isCorpusFileName } from '../../../src/corpus/formats';
import { copyName } from '../../../src/editor/copyName';

describe('a labelled copy', () => {
  const cases: readonly (readonly [
    name: string,
    kind: string | undefined,
    ofCorpus: boolean,
    copy: string,
  ])[] = [
    ['train.conllu', 'conllu', true, 'train.labelled.conllu'],
    ['words.conllup', 'conllu', true, 'words.labelled.conllup'],
    ['a.b.CONLL', 'columns', true, 'a.b.labelled.CONLL'],
    ['dev.iob2', 'columns', false, 'dev.labelled.iob2'],
    ['x.v4_gold_conll', 'conll2012', true, 'x.labelled.v4_gold_conll'],
    ['eng.train', 'columns', true, 'eng.labelled.conll'],
    ['rows.txt', 'columns', false, 'rows.labelled.conll'],
    ['treebank', 'conllu', false, 'treebank.labelled.conllu'],
    ['letter.txt', undefined, false, 'letter.labelled.conll'],
    ['notes.md', undefined, false, 'notes.labelled.conll'],
    ['.hidden', undefined, false, '.hidden.labelled.conll'],
    ['admin.ann', 'brat', true, 'admin.labelled.ann'],
    ['admin.txt', 'brat', false, 'admin.labelled.ann'],
    ['train.txt', 'columns', true, 'train.labelled.txt'],
    ['table.csv', 'csv', true, 'table.labelled.csv'],
    ['lines.jsonl', 'json-spans', false, 'lines.labelled.jsonl'],
    ['msr.utf8', 'segmented', false, 'msr.labelled.utf8'],
  ];
  for (const [name, kind, ofCorpus, copy] of cases)
    it(`of ${name} is called ${copy}`, () =>
      assert.equal(copyName(name, kind === undefined ? undefined : { kind }, ofCorpus), copy));

  it('of running text, or of rows that no corpus has, is found as a corpus again', () => {
    for (const name of ['a.txt', 'b', 'c.md', 'eng.testa', 'x.tsv'])
      for (const kind of [undefined, 'columns', 'conllu', 'conll2012'])
        assert.ok(
          isCorpusFileName(copyName(name, kind === undefined ? undefined : { kind }, false)),
          `${name} ${kind}`,
        );
  });

  it('is called otherwise than the copies before it', () => {
    assert.equal(copyName('a.txt', undefined, false, 2), 'a.labelled-2.conll');
  });
});

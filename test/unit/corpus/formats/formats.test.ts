import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { corpusFilePatterns, formatOf, formats, isCorpusFileName } from '../../../../src/corpus/formats';
import { detectLayout } from '../../../../src/corpus/formats/detect';

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly default?: unknown }>>;
    }[];
  };
}

describe('the formats of corpora', () => {
  it('are those whose files the settings look for by default', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
    const properties = Object.assign(
      {},
      ...[contributes.configuration].flat().map((section) => section.properties),
    ) as Readonly<Record<string, { readonly default?: unknown }>>;
    assert.deepEqual(properties['rnnTagger.corpora.include'].default, corpusFilePatterns());
  });

  it('recognise corpora by their names, in any case', () => {
    for (const name of [
      'a.conllu',
      'A.CONLLUP',
      'x.y.iob2',
      'eng.train',
      'eng.testa',
      'esp.testb',
      'ned.train',
      '.bio',
    ])
      assert.ok(isCorpusFileName(name), name);
    for (const name of [
      'conllu',
      'a.txt',
      'a.conllu.gz',
      'conll.py',
      'words.train',
      'my-eng.train',
      'a.biology',
      'bio',
      '',
      'train',
    ])
      assert.ok(!isCorpusFileName(name), name);
  });

  it('take files that are named as theirs, however damaged', () => {
    const damaged = 'a\tO\nb\nc\tO\n';
    assert.equal(detectLayout('d/eng.train', damaged)?.columns.length, 2);
    assert.equal(detectLayout('d/words.train', damaged), undefined);
    assert.equal(detectLayout('d/x.conllu', damaged)?.kind, 'conllu');
  });

  it('are found by the kind of a layout', () => {
    for (const format of formats) assert.equal(formatOf({ kind: format.id }), format);
    assert.throws(() => formatOf({ kind: 'xml' }), RangeError);
  });

  it('share no ending', () => {
    const endings = formats.flatMap((format) => format.endings);
    assert.equal(new Set(endings).size, endings.length);
  });

  it('accept a first row of CoNLL-U where rows are all that can come', () => {
    const row = `1\t${Array.from({ length: 9 }, () => 'x').join('\t')}\n`;
    assert.equal(detectLayout('(stdin)', row), undefined);
    assert.equal(detectLayout('(stdin)', row, 'rows')?.kind, 'conllu');
  });
});

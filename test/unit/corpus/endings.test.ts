import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  corpusEndings,
  isCorpusFileName,
  isTreebankFileName,
  sharedTaskLanguages,
} from '../../../src/corpus/formats/endings';
import { detectFormat } from '../../../src/corpus/formats/read';

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly default?: unknown }>>;
    }[];
  };
}

describe('corpus file endings', () => {
  it('are those that the settings look for by default', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
    const properties = Object.assign(
      {},
      ...[contributes.configuration].flat().map((section) => section.properties),
    ) as Readonly<Record<string, { readonly default?: unknown }>>;
    assert.deepEqual(properties['rnnTagger.corpora.include'].default, [
      ...corpusEndings.map((ending) => `**/*.${ending}`),
      `**/{${sharedTaskLanguages.join(',')}}.train`,
    ]);
  });

  it('tell corpora by their names, in any case', () => {
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
    assert.deepEqual(['a.conllu', 'a.CONLLUP', 'a.conll', 'conllu'].map(isTreebankFileName), [
      true,
      true,
      false,
      false,
    ]);
  });

  it('make damaged files corpora', () => {
    const damaged = 'a\tO\nb\nc\tO\n';
    assert.equal(detectFormat('d/eng.train', damaged)?.columns.length, 2);
    assert.equal(detectFormat('d/words.train', damaged), undefined);
    assert.equal(detectFormat('d/x.conllu', damaged)?.kind, 'conllu');
  });
});

import assert from 'node:assert/strict';
import { likelyPatterns, mayHoldCorpus } from '../../../src/corpus/likelyNames';

describe('names of files that may be a corpus', () => {
  it('are those of text, of tables, and of splits, with and without an ending', () => {
    for (const name of [
      'ner.txt',
      'ner.TSV',
      'esp.train',
      'my.ner.dev',
      'data.dat',
      'train',
      'Devel',
      'test',
    ])
      assert.ok(mayHoldCorpus(name), name);
    for (const name of ['main.ts', 'notes', 'train.png', 'Makefile', '.test.ts', ''])
      assert.ok(!mayHoldCorpus(name), name);
  });

  it('are found in all folders by patterns without braces, which not all that look for files know', () => {
    const patterns = likelyPatterns('ann');
    for (const name of ['*.txt', '*.train', '*.ann', 'train'])
      assert.ok(patterns.includes(`**/${name}`), name);
    for (const pattern of patterns) {
      assert.match(pattern, /^\*\*\/(?:\*\.)?\w+$/);
      const name = pattern.slice('**/'.length).replace('*', 'a');
      assert.equal(mayHoldCorpus(name), name !== 'a.ann', name);
    }
  });
});

import assert from 'node:assert/strict';
import type { Corpus } from '../../../src/corpus/corpus';
import { likelyText, patternsFor } from '../../../src/editor/likelyPicks';
import { wholeLines } from '../../../src/workspace/wholeLines';
import { english } from './english';

const corpus = (names: readonly string[]): Corpus => ({
  id: 'ws#c',
  name: 'ws',
  layout: { kind: 'columns', columns: ['FORM', 'POS', 'CHUNK'], form: 0, separator: ' ' },
  files: names.map((file) => ({ file, tokens: 9, sentences: 3, leftOut: 0 })),
  tokens: 9,
  sentences: 3,
  columns: [],
});

describe('files that read like a corpus', () => {
  it('are offered together, with what they look like', () => {
    const say = (...names: string[]): string => likelyText(corpus(names), (file) => file, english);
    assert.equal(say('train.txt'), 'train.txt looks like CoNLL columns (FORM, POS, CHUNK).');
    assert.equal(
      say('train.txt', 'test.txt'),
      'train.txt, test.txt look like CoNLL columns (FORM, POS, CHUNK).',
    );
    assert.match(say('a', 'b', 'c', 'd', 'e'), /^a, b, c and 2 more files look like /);
  });

  it('are found by their paths; many by a pattern for each folder and ending', () => {
    assert.deepEqual(patternsFor(['ner/train.txt', 'ner/test.txt']), ['ner/train.txt', 'ner/test.txt']);
    assert.deepEqual(patternsFor(['{a}/x[1],*.txt']), ['?a?/x?1???.txt']);
    const many = Array.from({ length: 30 }, (_, i) => `ner/${i}.${i % 2 ? 'txt' : 'tsv'}`);
    assert.deepEqual(patternsFor(many), ['ner/*.tsv', 'ner/*.txt']);
  });

  it('are looked at in whole lines', () => {
    const cut = (text: string): string =>
      new TextDecoder().decode(wholeLines(new TextEncoder().encode(text)));
    assert.equal(cut('a O\nb O\nc'), 'a O\nb O\n');
    assert.equal(cut('a O\rb'), 'a O\r');
    assert.equal(cut('no line'), '');
  });
});

import assert from 'node:assert/strict';
import type { CorpusFile } from '../../../../src/corpus/corpus';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { labelsOf, rewrite, rowsOf, wordsInPlace } from './wholeFile';

const text =
  '{"id": "0", "tokens": ["Anna", "sa\\"w", "Oslo🙂"], "pos_tags": ["NNP", "VBD", "NNP"], "ner_tags": [1, 0, 5]}\n' +
  '{"id": "1", "tokens": ["Tor", "slept"], "pos_tags": ["NNP", "VBD"], "ner_tags": [1, 0]}\n';
const read = (source: string, name = 'train.jsonl'): CorpusFile => readCorpusFile(name, name, source);

describe('JSON with lists of tokens', () => {
  it('is read with names and numbers of labels, each token at its place', () => {
    const file = read(text);
    assert.equal(file.layout.kind, 'json-tokens');
    assert.deepEqual(file.layout.columns, ['FORM', 'pos_tags', 'ner_tags']);
    assert.deepEqual(rowsOf(file, 'ner_tags'), [
      ['Anna 1', 'sa"w 0', 'Oslo🙂 5'],
      ['Tor 1', 'slept 0'],
    ]);
    assert.deepEqual(rowsOf(file, 'pos_tags')[1], ['Tor NNP', 'slept VBD']);
    assert.deepEqual(wordsInPlace(text, file), ['Anna', 'sa\\"w', 'Oslo🙂', 'Tor', 'slept']);
  });

  it('is read as one list as well, and with “words” and “labels”', () => {
    const list = `[${text.trim().replaceAll('\n', ',\n ').replaceAll('"tokens"', '"words"').replaceAll('ner_tags', 'labels')}]`;
    assert.deepEqual(labelsOf(read(list, 'a.json'), 'labels'), ['1', '0', '5', '1', '0']);
    assert.equal(rewrite(list, read(list), 'labels', ['1', '0', '5', '1', '0']), list);
  });

  it('changes in the labels alone; numbers stay numbers', () => {
    const file = read(text);
    assert.equal(rewrite(text, file, 'ner_tags', labelsOf(file, 'ner_tags')), text);
    assert.equal(
      rewrite(text, file, 'ner_tags', ['1', '2', '5', '1', '0']),
      text.replace('[1, 0, 5]', '[1, 2, 5]'),
    );
    assert.equal(
      rewrite(text, file, 'pos_tags', ['NNP', 'V"', 'NNP', 'NNP', 'VBD']),
      text.replace('"VBD", "NNP"', '"V\\"", "NNP"'),
    );
    assert.match(
      rewrite(text, file, 'NER', ['O', 'O', 'B', 'B', 'O']),
      /\[1, 0\], "labels": \["B", "O"\]\}\n$/,
    );
  });

  it('leaves out records that are damaged, each told at its line', () => {
    const damaged = `${text.repeat(20)}{"tokens": ["a", "b"], "pos_tags": ["X"], "ner_tags": [1, 2]}\n{"tokens": ["a"\n{"id": 3}\n${text}`;
    const file = read(damaged);
    assert.deepEqual(file.leftOut.kinds, [
      { code: 'bad-list', rows: 2, records: 1, line: 40 },
      { code: 'bad-json', rows: 1, records: 1, line: 41 },
      { code: 'no-text', rows: 1, records: 1, line: 42 },
    ]);
    assert.equal(file.sentences, 42);
    assert.equal(rewrite(damaged, file, 'ner_tags', labelsOf(file, 'ner_tags')), damaged);
  });

  it('is not what settings, logs and lists of words are taken for', () => {
    for (const other of [
      '{"words": ["a", "b"], "version": 2}\n',
      '[["a", "b"], ["c"]]\n',
      '{"files": ["a", "b"], "sizes": [1, 2]}\n{"files": ["a"], "sizes": [1]}\n',
      '{"tokens": 1}\n',
    ])
      assert.equal(detectLayout('d/a.json', other), undefined);
  });
});

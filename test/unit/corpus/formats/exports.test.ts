import assert from 'node:assert/strict';
import type { CorpusFile } from '../../../../src/corpus/corpus';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { labelsOf, rewrite, rowsOf, wordsInPlace } from './wholeFile';

const read = (text: string, name: string): CorpusFile => readCorpusFile(name, name, text);

describe('WebAnno TSV 3', () => {
  const text = [
    '#FORMAT=WebAnno TSV 3.3',
    '#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue',
    '#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value',
    '',
    '',
    '#Text=Anna Berg saw New York Oslo .',
    '1-1\t0-4\tAnna\tNNP\t*[1]\tPER[1]\t',
    '1-2\t5-9\tBerg\tNNP\t*[1]\tPER[1]\t',
    '1-3\t10-13\tsaw\tVBD\t_\t_\t',
    '1-4\t14-17\tNew\tNNP\t*[2]|*[3]\tLOC[2]|ORG[3]\t',
    '1-5\t18-22\tYork\tNNP\t*[2]\tLOC[2]\t',
    '1-5.1\t18-20\tYo\t_\t*\tX\t',
    '1-6\t23-27\tOslo\tNNP\t*\ta\\|b\t',
    '1-7\t28-29\t.\t.\t_\t_\t',
    '',
    '#Text=Tor',
    '2-1\t30-33\tTor\tNNP\t*\tPER\t',
    '',
  ].join('\n');

  it('is read: words, spans by their numbers, and parts of speech as they are', () => {
    const file = read(text, 'a.tsv');
    assert.deepEqual(file.layout.columns, [
      'TOKEN',
      'PLACE',
      'FORM',
      'POS.PosValue',
      'NamedEntity.identifier',
      'NamedEntity.value',
    ]);
    assert.deepEqual(rowsOf(file, 'NamedEntity.value'), [
      ['Anna B-PER', 'Berg I-PER', 'saw O', 'New B-LOC', 'York I-LOC', 'Oslo B-a|b', '. O'],
      ['Tor B-PER'],
    ]);
    assert.deepEqual(labelsOf(file, 'POS.PosValue').slice(0, 3), ['NNP', 'NNP', 'VBD']);
    assert.deepEqual(wordsInPlace(text, file), labelsOf(file, 'FORM'));
    assert.deepEqual(file.problems, []);
  });

  it('tells of damaged rows, and is not written', () => {
    const file = read(text.replace('1-3\t10-13\tsaw\tVBD\t_\t_\t', '1-3\t10-13'), 'a.tsv');
    assert.deepEqual(file.leftOut.kinds, [{ code: 'too-few-columns', rows: 1, line: 8 }]);
    const whole = read(text, 'a.tsv');
    const column = 'NamedEntity.value';
    assert.equal(rewrite(text, whole, column, labelsOf(whole, column)), text);
    assert.throws(
      () =>
        rewrite(
          text,
          whole,
          column,
          labelsOf(whole, column).map(() => 'O'),
        ),
      /cannot be written into WebAnno/,
    );
  });
});

describe('CoNLL-2012', () => {
  const row = (n: number, form: string, pos: string, ner: string): string =>
    `bc/x/00   0   ${n}   ${form}   ${pos}   (TOP*   -   -   -   Speaker   ${ner}   *   -`;
  const text = [
    '#begin document (bc/x/00); part 000',
    row(0, 'Anna', 'NNP', '(PERSON*'),
    row(1, 'Berg', 'NNP', '*)'),
    row(2, 'saw', 'VBD', '*'),
    row(3, 'Oslo', 'NNP', '(GPE)'),
    '',
    row(0, '#', 'NN', '*'),
    '',
    '#end document',
    '#begin document (bc/x/00); part 001',
    row(0, 'Tor', 'NNP', '(PERSON)'),
    '#end document',
    '',
  ].join('\n');

  it('is read: named entities from brackets, parts of speech, documents', () => {
    const file = read(text, 'x.v4_gold_conll');
    assert.deepEqual(rowsOf(file, 'NER'), [
      ['Anna B-PERSON', 'Berg I-PERSON', 'saw O', 'Oslo B-GPE'],
      ['# O'],
      ['Tor B-PERSON'],
    ]);
    assert.deepEqual(labelsOf(file, 'POS').slice(0, 3), ['NNP', 'NNP', 'VBD']);
    assert.deepEqual([...file.sentenceDocument], [0, 0, 1]);
    assert.deepEqual(wordsInPlace(text, file), labelsOf(file, 'FORM'));
    assert.equal(detectLayout('d/x.txt', text)?.kind, 'conll2012');
  });

  it('changes in its brackets alone', () => {
    const file = read(text, 'x.v4_gold_conll');
    assert.equal(rewrite(text, file, 'NER', labelsOf(file, 'NER')), text);
    const written = rewrite(text, file, 'NER', ['B-PERSON', 'O', 'B-X', 'I-X', 'O', 'B-PERSON']);
    assert.deepEqual(labelsOf(read(written, 'x.v4_gold_conll'), 'NER'), [
      'B-PERSON',
      'O',
      'B-X',
      'I-X',
      'O',
      'B-PERSON',
    ]);
    assert.ok(
      written.includes('   (PERSON)   ') && written.includes('   (X*   ') && written.includes('   *)   '),
    );
    assert.equal(rewrite(text, file, 'POS', labelsOf(file, 'POS')), text);
  });

  it('keeps a label with a character that no other row may get', () => {
    const odd = text.replace('NNP', 'N\u2028P');
    const file = read(odd, 'x.v4_gold_conll');
    const labels = labelsOf(file, 'POS');
    assert.equal(labels[0], 'N\u2028P');
    assert.equal(rewrite(odd, file, 'POS', labels), odd);
    assert.throws(() => rewrite(odd, file, 'POS', [labels[0], labels[0], ...labels.slice(2)]), /parts words/);
  });
});

describe('GermEval 2014', () => {
  it('is read as columns: its comments are no tokens, and both layers are labels', () => {
    const words = 'Anna/B-PER sah/O Oslo/B-LOC ./O'.split(' ').map((word) => word.split('/'));
    const sentence = words
      .map(([form, label], i) => `${i + 1}\t${form}\t${label}\t${i === 2 ? 'B-ORG' : 'O'}\n`)
      .join('');
    const file = read(`#\thttp://de.example.org/a [2009-10-17]\n${sentence}\n`.repeat(4), 'NER-de-train.tsv');
    assert.equal(file.sentences, 4);
    assert.equal(file.tokens, 16);
    assert.deepEqual(file.problems, []);
    assert.deepEqual(file.layout.columns.slice(0, 3), ['ID', 'FORM', 'LABEL']);
    assert.deepEqual(rowsOf(file, 'LABEL')[0], ['Anna B-PER', 'sah O', 'Oslo B-LOC', '. O']);
    assert.deepEqual(labelsOf(file, file.layout.columns[3]).slice(0, 4), ['O', 'O', 'B-ORG', 'O']);
  });
});

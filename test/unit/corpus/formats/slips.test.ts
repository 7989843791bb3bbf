import assert from 'node:assert/strict';
import type { CorpusFile, CorpusLayout } from '../../../../src/corpus/corpus';
import { formatOf } from '../../../../src/corpus/formats';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { describeLeftOut, leavesOutMuch } from '../../../../src/corpus/leftOut';
import { labelsOf, rewrite, rowsOf } from './wholeFile';

const read = (text: string, name = 'f.jsonl'): CorpusFile => readCorpusFile(name, name, text);
const lines = (...records: unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('Slips in files that are not rows', () => {
  const brat: CorpusLayout = { kind: 'brat', columns: ['FORM', 'LABEL'], form: 0 };
  const inBrat = (text: string, annotations: string) => {
    const companion = { file: 'f.ann', text: annotations };
    const file = readCorpusFile('f.txt', 'f.txt', text, brat, companion);
    const write = (labels: string[]): string =>
      formatOf(brat).writeLabels(text, file, 'LABEL', labels, companion);
    return { file, write };
  };

  it('brat: a span that is there twice changes twice, and goes twice', () => {
    const annotations = 'T1\tPER 0 4\tAnna\nT2\tPER 0 4\tAnna\n';
    const { file, write } = inBrat('Anna slept', annotations);
    assert.equal(write(labelsOf(file, 'LABEL')), annotations);
    assert.equal(write(['O', 'O']), '');
    assert.equal(write(['B-ORG', 'O']), annotations.replaceAll('PER', 'ORG'));
  });

  it('no span is written in which nothing is to be seen, since no reader would take it', () => {
    const { file, write } = inBrat('a \u200d b', '');
    const labels = labelsOf(file, 'FORM').map((word) => (word === '\u200d' ? 'B-X' : 'O'));
    assert.ok(labels.includes('B-X'));
    assert.equal(write(labels), '');
    const json = lines({ text: 'a \u200d b', label: [[0, 1, 'X']] });
    assert.equal(rewrite(json, read(json), 'LABEL', labels), lines({ text: 'a \u200d b', label: [] }));
  });

  it('JSON: a text without spans is found under the same key as one with them', () => {
    const text = lines(
      { quelle: 'Anna slept', entities: [[0, 4, 'PER']] },
      { quelle: 'Nobody did', entities: [] },
    );
    const file = read(text);
    assert.equal(file.leftOut.rows, 0);
    assert.deepEqual(rowsOf(file, 'LABEL'), [
      ['Anna B-PER', 'slept O'],
      ['Nobody O', 'did O'],
    ]);
    const written = rewrite(text, file, 'LABEL', ['O', 'O', 'B-X', 'O']);
    assert.deepEqual(labelsOf(readCorpusFile('f', 'f', written, file.layout), 'LABEL'), [
      'O',
      'O',
      'B-X',
      'O',
    ]);
  });

  it('JSON: a list without spans counts where others of its file have theirs under its key', () => {
    const text = lines(
      { column_data: 'Nobody did', column_label: [] },
      { column_data: 'Anna slept', column_label: [[0, 4, 'PER']] },
    );
    const file = read(text);
    assert.deepEqual([file.leftOut.rows, labelsOf(file, 'LABEL')], [0, ['O', 'O', 'B-PER', 'O']]);
    const written = rewrite(text, file, 'LABEL', ['O', 'O', 'O', 'O']);
    assert.equal(written, text.replace('[[0,4,"PER"]]', '[]'));
    const again = readCorpusFile('f', 'f', written, file.layout);
    assert.deepEqual([again.leftOut.rows, labelsOf(again, 'LABEL')], [0, ['O', 'O', 'O', 'O']]);
    const unread = lines({ text: 'Anna slept', label: [[0, 4, 'PER']] }).repeat(9);
    assert.equal(
      read(`${unread}${lines({ text: 'Nobody did', comments: [] })}`).leftOut.kinds[0].code,
      'no-labels',
    );
  });

  it('JSON: tokens that leave out a part of the text are not taken, and that is told', () => {
    const tokens = [
      { text: 'Anna', start: 0, end: 4 },
      { text: 'slept', start: 5, end: 10 },
      { text: '.', start: 10, end: 11 },
    ];
    const record = { text: 'Anna slept.', spans: [{ start: 0, end: 4, label: 'PER' }] };
    assert.deepEqual(read(lines({ ...record, tokens })).problems.length, 0);
    for (let without = 0; without < 3; without++) {
      const file = read(lines({ ...record, tokens: tokens.toSpliced(without, 1) }));
      assert.deepEqual(labelsOf(file, 'FORM'), ['Anna', 'slept', '.']);
      assert.ok(file.problems.some(({ code }) => code === 'bad-tokens'));
    }
  });

  it('JSON: byte order marks between records, where files were joined, count for nothing', () => {
    const text = lines({ text: 'Anna slept', label: [[0, 4, 'PER']] });
    for (const joined of [`\ufeff${text}\ufeff${text}`, `\ufeff[${text}\ufeff,${text}]\ufeff`]) {
      const file = read(joined);
      assert.deepEqual([file.tokens, file.problems], [4, []]);
      assert.equal(rewrite(joined, file, 'LABEL', labelsOf(file, 'LABEL')), joined);
    }
  });

  it('CoNLL-2012 and WebAnno: byte order marks at line starts and lines without anything to see, too', () => {
    const row = (n: number, word: string, ner: string): string =>
      `a 0 ${n} ${word} NN (S* - - - - ${ner} -\n`;
    const part = `#begin document (a); part 000\n${row(0, 'Anna', '(PER*')}${row(1, 'Berg', '*)\u200b')}\u00a0\n${row(0, 'Oslo', '(LOC)')}`;
    const file = read(`${part}\ufeff${part}`, 'f.gold_conll');
    assert.equal(file.leftOut.rows, 0);
    assert.deepEqual(rowsOf(file, 'NER').flat(), [
      ...['Anna B-PER', 'Berg I-PER', 'Oslo B-LOC', 'Anna B-PER', 'Berg I-PER', 'Oslo B-LOC'],
    ]);
    const tsv = (number: string): string => `${number}\t0-4\tAnna\tPER \t\n\u00a0\n`;
    const head = '#FORMAT=WebAnno TSV 3.3\n#T_SP=a.Name|value\n\n';
    const webAnno = read(`${head}${tsv('1-1')}\ufeff#Text=Anna\n\ufeff${tsv('2-1')}`, 'f.tsv');
    assert.equal(webAnno.leftOut.rows, 0);
    assert.deepEqual(rowsOf(webAnno, 'Name.value'), [['Anna B-PER'], ['Anna B-PER']]);
  });

  it('what is not to be seen around a label is no part of it, in any format', () => {
    const spans = lines({ text: 'Anna slept', label: [[0, 4, ' PER\u00a0']] });
    assert.deepEqual(labelsOf(read(spans), 'LABEL'), ['B-PER', 'O']);
    assert.equal(rewrite(spans, read(spans), 'LABEL', ['B-PER', 'O']), spans);
    const lists = lines({ tokens: ['Anna', 'slept'], tags: ['B-PER\u200b', ' O'] });
    assert.deepEqual(labelsOf(read(lists), 'tags'), ['B-PER', 'O']);
    assert.equal(rewrite(lists, read(lists), 'tags', ['B-PER', 'O']), lists);
    const inline = 'Anna/NNP\u200b slept/VBD ./.\n'.repeat(4);
    const words = read(inline, 'f.txt');
    assert.deepEqual(labelsOf(words, 'LABEL').slice(0, 3), ['NNP', 'VBD', '.']);
    assert.equal(rewrite(inline, words, 'LABEL', labelsOf(words, 'LABEL')), inline);
    assert.match(
      rewrite(
        inline,
        words,
        'LABEL',
        labelsOf(words, 'LABEL').map(() => 'X'),
      ),
      /^Anna\/X\u200b slept\/X/,
    );
    const annotations = 'T1\tPER\u200b 0 4\tAnna\n';
    const { file, write } = inBrat('Anna slept', annotations);
    assert.deepEqual(labelsOf(file, 'LABEL'), ['B-PER', 'O']);
    assert.equal(write(['B-PER', 'O']), annotations);
    assert.equal(write(['B-ORG', 'O']), 'T1\tORG\u200b 0 4\tAnna\n');
  });

  it('JSON with lists: a word of white space is a token, as in rows', () => {
    const text = lines({ tokens: ['Anna', '\u00a0', '\ufeff', 'slept'], tags: ['B-PER', 'O', 'O', 'O'] });
    const file = read(text);
    assert.deepEqual([file.tokens, file.leftOut.rows], [4, 0]);
    assert.equal(read(text.replace('"\u00a0"', '""')).leftOut.rows > 0, true);
  });

  it('CoNLL-2012: a part of speech in which nothing is to be seen stays as it is', () => {
    const text = 'a 0 0 Anna \u200b (S* - - - - (PER) -\n';
    const file = read(text, 'f.gold_conll');
    assert.equal(rewrite(text, file, 'POS', labelsOf(file, 'POS')), text);
  });

  it('CoNLL-2012: a label with what marks spans is refused at its line, not written as another one', () => {
    const text = 'a 0 0 Anna NN (S* - - - - (PER) -\n';
    const file = read(text, 'f.gold_conll');
    for (const type of ['A(B', 'A)', 'A*B'])
      assert.throws(() => rewrite(text, file, 'NER', [`B-${type}`]), {
        name: 'InputError',
        message: /bracket or a star/,
      });
  });
});

describe('Records that are left out', () => {
  const record = { text: 'Anna went to Oslo with Tor and came back soon.', label: [[0, 4, 'PER']] };

  it('count as about as many tokens as they hold', () => {
    const good = lines(record);
    const file = read(`${good.repeat(60)}${good.replace('"label"', 'label').repeat(6)}`);
    assert.equal(file.tokens, 660);
    assert.ok(Math.abs(file.leftOut.rows - 66) <= 6, String(file.leftOut.rows));
    assert.ok(leavesOutMuch(file.tokens, file.leftOut.rows));
    assert.match(
      describeLeftOut(file),
      /^About \d\d of 7\d\d tokens are left out: 6 records not in JSON \(the first is line 61\)\.$/,
    );
  });

  it('a list that is damaged in its middle is told as half lost', () => {
    const whole = JSON.stringify(Array.from({ length: 100 }, () => record));
    const half = whole.indexOf('{', whole.length / 2);
    const file = read(`${whole.slice(0, half)}x${whole.slice(half)}`, 'f.json');
    assert.ok(file.leftOut.rows > 0.8 * file.tokens);
    assert.match(describeLeftOut(file), /1 record not in JSON/);
  });

  it('count one where none was read', () => {
    const layout: CorpusLayout = { kind: 'json-spans', columns: ['FORM', 'LABEL'], form: 0 };
    const file = readCorpusFile('f', 'f', '{"text": "a"\n', layout);
    assert.deepEqual([file.tokens, file.leftOut.rows], [0, 1]);
  });
});

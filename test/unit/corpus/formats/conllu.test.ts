import assert from 'node:assert/strict';
import { conlluColumns, conlluLayout } from '../../../../src/corpus/formats/conllu';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { problemsOf, sentencesOf } from '../sources';

const row = (id: string, form: string, upos = 'NOUN'): string =>
  `${id}\t${form}\t_\t${upos}\t_\t_\t_\t_\t_\t_`;
const read = (...lines: string[]) => readCorpusFile('f.conllu', 'f.conllu', lines.join('\n'));

describe('reading CoNLL-U', () => {
  it('takes words, and neither ranges nor empty nodes', () => {
    const file = read(
      '# text = vámonos',
      row('1-2', 'vámonos', '_'),
      row('1', 'vamos', 'VERB'),
      row('2', 'nos', 'PRON'),
      row('2.1', 'x'),
      row('2.10', 'y'),
      row('3', '_', 'PUNCT'),
      '',
    );
    assert.deepEqual(sentencesOf(file, 'FORM'), [['vamos', 'nos', '_']]);
    assert.deepEqual(sentencesOf(file, 'UPOS'), [['VERB', 'PRON', 'PUNCT']]);
    assert.deepEqual([...file.line], [2, 3, 6]);
    assert.deepEqual(file.problems, []);
  });

  it('keeps spaces and odd separators inside fields', () => {
    const forms = ['10 000', 'a\u2028b', 'a\u0085b', 'a\u00a0b', '#', '\ufeff'];
    const file = read(...forms.map((form, i) => row(String(i + 1), form, `T${i}`)));
    assert.deepEqual(sentencesOf(file, 'FORM'), [forms]);
    assert.deepEqual(file.problems, []);
  });

  it('reads CRLF, a byte order mark and a missing last line end', () => {
    const file = readCorpusFile(
      'f',
      'f.conllu',
      `\ufeff${[row('1', 'a'), row('2', 'b', 'VERB'), '', row('1', 'c')].join('\r\n')}`,
    );
    assert.deepEqual(sentencesOf(file, 'FORM'), [['a', 'b'], ['c']]);
    assert.deepEqual(sentencesOf(file, 'UPOS'), [['NOUN', 'VERB'], ['NOUN']]);
    assert.deepEqual([...file.line], [0, 1, 3]);
  });

  it('parts documents at newdoc comments', () => {
    const file = read(
      '# newdoc id = a',
      row('1', 'a'),
      '',
      row('1', 'b', 'X'),
      '',
      '# newdoc',
      '# sent_id = 3',
      row('1', 'c'),
      '',
      '# newdocument = no',
      row('1', 'd'),
    );
    assert.deepEqual([...file.sentenceDocument], [0, 0, 1, 1]);
  });

  it('offers what CoNLL-U Plus declares', () => {
    const file = readCorpusFile(
      'f',
      'f.conllup',
      '# global.columns = ID FORM UPOS PARSEME:MWE\n1\ta\tX\t*\n2\tb\tY\t1\n',
    );
    assert.deepEqual(
      file.columns.map(({ name }) => name),
      ['FORM', 'UPOS', 'PARSEME:MWE'],
    );
    assert.deepEqual(sentencesOf(file, 'PARSEME:MWE'), [['*', '1']]);
  });

  it('looks at the beginning of a long first line', () => {
    const declared = '# global.columns = ID FORM UPOS';
    const columns = (line: string): readonly string[] => conlluLayout(`${line}\n1\ta\tX\n`).columns;
    assert.deepEqual(columns(`${declared}${' '.repeat(100_000)}`), ['ID', 'FORM', 'UPOS']);
    assert.deepEqual(columns(`${declared}${' '.repeat(100_000)}x`), ['ID', 'FORM', 'UPOS']);
    assert.deepEqual(columns(`# global.columns =${' '.repeat(100_000)}\u2028`), conlluColumns);
    assert.deepEqual(columns(`# text = ${'a '.repeat(100_000)}`), conlluColumns);
    assert.deepEqual(conlluLayout(`\ufeff${declared}\r1\ta\tX\r`).columns, ['ID', 'FORM', 'UPOS']);
  });

  it('numbers lines that end at lone carriage returns as an editor does', () => {
    const file = readCorpusFile(
      'f',
      'f.conllu',
      [row('1', 'a'), '2\tb', '', row('1', 'c', 'VERB')].join('\r'),
    );
    assert.deepEqual([...file.line], [0, 3]);
    assert.deepEqual(problemsOf(file), ['2 too-few-columns']);
  });

  it('reports bad rows at their place and keeps the rest of the sentence', () => {
    const file = read(
      row('1', 'a'),
      '2\tb\t_\tX',
      row('x', 'c'),
      row('4', 'd', 'VERB'),
      row('7', 'e'),
      row('8', ''),
      `${row('9', 'f')}\t_\t_`,
      row('10', 'g'),
    );
    assert.deepEqual(sentencesOf(file, 'FORM'), [['a', 'd', 'e', 'g']]);
    assert.deepEqual(problemsOf(file), [
      '2 too-few-columns',
      '3 bad-id',
      '5 id-out-of-order',
      '6 empty-column',
      '7 too-many-columns',
    ]);
    const outOfOrder = file.problems[2];
    assert.deepEqual([outOfOrder.startColumn, outOfOrder.endColumn, outOfOrder.severity], [0, 1, 'warning']);
    assert.match(file.problems[0].message, /4 columns instead of 10/);
  });

  it('says so where columns are parted by spaces', () => {
    const file = readCorpusFile('f', 'f.conllu', '1 Dogs dog NOUN NNS _ 2 nsubj _ _\n');
    assert.match(file.problems[0].message, /separated by tabs/);
    assert.equal(file.tokens, 0);
  });

  it('lists twenty problems of a kind and counts the rest', () => {
    const file = read(...Array.from({ length: 500 }, () => 'x\ty'));
    assert.equal(file.problems.length, 21);
    assert.match(file.problems[20].message, /And 479 more/);
  });

  it('reports sentences of over 512 tokens', () => {
    const file = read(
      ...Array.from({ length: 5000 }, (_, i) => row(String(i + 1), `w${i}`, i % 2 ? 'X' : 'Y')),
      '',
      row('1', 'b'),
    );
    assert.equal(file.tokens, 5001);
    assert.deepEqual(problemsOf(file), ['1 long-sentence']);
    assert.equal(file.problems[0].severity, 'information');
    assert.match(file.problems[0].message, /5,000 tokens/);
  });
});

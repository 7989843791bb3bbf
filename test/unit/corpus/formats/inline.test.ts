import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CorpusFile } from '../../../../src/corpus/corpus';
import { formatOf } from '../../../../src/corpus/formats';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { labelsOf, rewrite, rowsOf, wordsInPlace } from './wholeFile';

const brown = '\n\tThe/DT old/JJ cat/NN ate/VBD 1/2/CD fish/NN ./.\n\nIt/PRP slept/VBD ./.\n';
const read = (text: string, name = 'ca01.txt'): CorpusFile => readCorpusFile(name, name, text);

describe('Words with tags behind them', () => {
  it('are taken apart at the last slash; each line is a sentence', () => {
    const file = read(brown);
    assert.deepEqual(rowsOf(file, 'LABEL'), [
      ['The DT', 'old JJ', 'cat NN', 'ate VBD', '1/2 CD', 'fish NN', '. .'],
      ['It PRP', 'slept VBD', '. .'],
    ]);
    assert.deepEqual(wordsInPlace(brown, file), labelsOf(file, 'FORM'));
    assert.deepEqual([file.line[0], file.startColumn[0]], [1, 1]);
  });

  it('are read with “_” and “|” as well, and with two tags', () => {
    assert.deepEqual(
      labelsOf(read(brown.replaceAll('/', '_').replace('1_2', '1/2')), 'LABEL'),
      labelsOf(read(brown), 'LABEL'),
    );
    const two = 'Anna|NN|B-PER Berg|NN|I-PER sees|VB|O Oslo|NN|B-LOC\nTor|NN|B-PER left|VB|O\n';
    const file = read(two, 'c.iob');
    assert.deepEqual(file.layout.columns, ['FORM', 'POS', 'LABEL']);
    assert.deepEqual(labelsOf(file, 'LABEL'), ['B-PER', 'I-PER', 'O', 'B-LOC', 'B-PER', 'O']);
    assert.deepEqual(labelsOf(file, 'POS').slice(0, 3), ['NN', 'NN', 'VB']);
  });

  it('are read with tags in small letters, as the Brown corpus itself has them', () => {
    const line = 'The/at jury/nn said/vbd that/cs no/at one/pn came/vbd home/nr ./. ';
    assert.equal(detectLayout('ca01', `${line.repeat(3)}\n${line.repeat(5)}\n`)?.kind, 'inline');
  });

  it('change in their tags alone', () => {
    const file = read(brown);
    const labels = labelsOf(file, 'LABEL');
    assert.equal(rewrite(brown, file, 'LABEL', labels), brown);
    const written = rewrite(
      brown,
      file,
      'LABEL',
      labels.map((label) => (label === 'CD' ? 'NUM' : label)),
    );
    assert.equal(written, brown.replace('1/2/CD', '1/2/NUM'));
    assert.throws(
      () =>
        rewrite(
          brown,
          file,
          'LABEL',
          labels.map(() => 'A/B'),
        ),
      /“A\/B” holds a character/,
    );
  });

  it('are left out where the tag is missing, each at its place', () => {
    const long = brown + 'He/PRP came/VBD ./.\n'.repeat(20);
    const file = read(long.replace('slept/VBD', 'slept'));
    assert.deepEqual(file.leftOut.kinds, [{ code: 'no-tag', rows: 1, line: 3 }]);
    assert.deepEqual(
      [file.problems[0].line, file.problems[0].startColumn, file.problems[0].endColumn],
      [3, 7, 12],
    );
  });

  for (const [what, text] of Object.entries({
    prose: 'He and/or she came.\nThe km/h and the m/s of it.\nYes/no, either/or.\n',
    paths: 'src/a/b.ts src/c.ts\ntest/a.ts test/b.ts\nsrc/d.ts lib/e.ts\n'.repeat(10),
    'names in a script': 'MAX_SIZE MIN_SIZE FOO_BAR\nFOO_BAR BAZ_QUX MAX_SIZE\n',
    'names in small letters': 'foo_bar baz_qux get_item set_item\nread_file write_file del_item\n'.repeat(10),
    dates: '1/2/2024 3/4/2024 5/6/2024\n1/2/2024 7/8/2024 9/9/2024\n',
    'a table of Markdown': '| a | b |\n| --- | --- |\n| 1 | 2 |\n',
    addresses: 'http://a.org/X http://b.org/Y\nhttp://c.org/Z http://d.org/X\n',
  }))
    it(`are not what ${what} are taken for`, () => assert.equal(detectLayout('d/a.txt', text), undefined));

  it('are written as they were read, whatever the words hold', () => {
    const word = fc.string({
      minLength: 1,
      maxLength: 5,
      unit: fc.constantFrom('a', '/', '_', '猫', '🙂', '"', '.'),
    });
    const token = fc.tuple(word, fc.constantFrom('/NN', '/VB', '', '/')).map((parts) => parts.join(''));
    const gap = fc.constantFrom(' ', '  ', '\n', '\r\n', '\t', '\u3000');
    const layout = { kind: 'inline', columns: ['FORM', 'LABEL'], form: 0, separator: '/' };
    fc.assert(
      fc.property(fc.array(fc.tuple(token, gap)), (tokens) => {
        const text = tokens.flat().join('');
        const file = readCorpusFile('f', 'f', text, layout);
        assert.equal(file.tokens + file.leftOut.rows, tokens.length);
        assert.equal(formatOf(layout).writeLabels(text, file, 'LABEL', labelsOf(file, 'LABEL')), text);
        assert.deepEqual(wordsInPlace(text, file), labelsOf(file, 'FORM'));
      }),
    );
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CorpusLayout } from '../../../src/corpus/corpus';
import { conlluLayout } from '../../../src/corpus/formats/conllu';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { outlineOf } from '../../../src/corpus/outline';
import type { CorpusOutline } from '../../../src/corpus/outline';
import { oddText } from './oddLines';

const twoColumns: CorpusLayout = { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' };

function outline(path: string, text: string, layout?: CorpusLayout): CorpusOutline {
  return outlineOf(text, readCorpusFile(path, path, text, layout));
}

/** Each sentence: its lines, from 1, and its text. */
function sentences({ firstLine, lastLine, names }: CorpusOutline): string[] {
  return names.map((name, s) => `${firstLine[s] + 1}–${lastLine[s] + 1} ${name}`);
}

function documents({ documents: all }: CorpusOutline): string[] {
  return all.map(({ name, line, first, end }) => `${line + 1} ${name}: ${first}–${end}`);
}

const row = (id: string, word: string): string => `${id}\t${word}\t_\tNOUN\t_\t_\t0\troot\t_\t_`;

describe('The outline of a corpus', () => {
  it('has the sentences of CoNLL-U with their comments, ranges and empty nodes, by the text that is stated', () => {
    const text = [
      '# newdoc id = letters-1',
      '# sent_id = 1',
      '# text = Ich gehe zum See.',
      row('1', 'Ich'),
      row('2', 'gehe'),
      row('3-4', 'zum'),
      row('3', 'zu'),
      row('4', 'dem'),
      row('5', 'See'),
      row('6', '.'),
      row('6.1', 'gern'),
      '',
      row('1', 'Er'),
      row('2', 'schläft'),
      '',
      '# newdoc',
      '# sent_id = 3',
      row('1', 'Ende'),
      '',
    ].join('\n');
    const found = outline('a.conllu', text);
    assert.deepEqual(sentences(found), ['2–11 Ich gehe zum See.', '13–14 Er schläft', '17–18 Ende']);
    assert.deepEqual(documents(found), ['1 letters-1: 0–2', '16 Document 2: 2–3']);
    assert.deepEqual([...found.tokenLine], [3, 12, 17]);
  });

  it('has the documents that -DOCSTART- begins, where rows are numbered too', () => {
    const names = ['Rita B-PER', 'sings O', '', 'In O', 'Rome B-LOC', ''];
    const text = ['-DOCSTART- -X- O O', '', ...names, '-DOCSTART- -X- O O', '', ...names].join('\n');
    const found = outline('a.conll', text);
    assert.deepEqual(sentences(found), [
      '3–4 Rita sings',
      '6–7 In Rome',
      '11–12 Rita sings',
      '14–15 In Rome',
    ]);
    assert.deepEqual(documents(found), ['1 Document 1: 0–2', '9 Document 2: 2–4']);
    const numbered = ['0 -DOCSTART- O', '', '0 Rita B-PER', '1 sings O', '', '0 In O', '1 Rome B-LOC', ''];
    assert.deepEqual(documents(outline('a.conll', numbered.join('\n'))), ['1 Document 1: 0–2']);
  });

  it('has no documents where nothing says so', () => {
    const found = outline('a.conll', 'Rita B-PER\nsings O\n\nIn O\nRome B-LOC\n');
    assert.deepEqual(found.documents, []);
    assert.deepEqual(sentences(found), ['1–2 Rita sings', '4–5 In Rome']);
  });

  it('counts rows that were left out to their sentence, and signs between sentences to none', () => {
    const found = outline('a.conll', 'Rita\tB-PER\nsings\tO\nlost\nEOS\nIn\tO\nRome\tB-LOC\nEOS\n# end\n');
    assert.deepEqual(sentences(found), ['1–3 Rita sings', '5–6 In Rome']);
  });

  it('writes scripts without spaces without them', () => {
    const found = outline('a.bmes', '我 S\n爱 S\n北 B\n京 E\n\nI S\nam S\n北 B\n京 E\n');
    assert.deepEqual(sentences(found), ['1–4 我爱北京', '6–9 I am 北京']);
  });

  it('has the places of sentences on one line, where tokens have no line of their own', () => {
    const text = '{"text":"Rita sings. In Rome.","label":[[0,4,"PER"],[15,19,"LOC"]]}\n'.repeat(2);
    const found = outline('a.jsonl', text);
    assert.deepEqual(sentences(found).slice(0, 2), ['1–1 Rita sings.', '1–1 In Rome.']);
    assert.equal(found.documents.length, 2);
    assert.equal(text.slice(found.startColumn[1], found.endColumn[1]), 'In Rome.');
  });

  it('names no sentence with more than a line', () => {
    const long = outline('a.conll', `${'word\tO\n'.repeat(500)}name\tB-PER\n\nx\tO\n`);
    assert.equal([...long.names[0]].length, 100);
    const odd = outline('a.conll', 'a\u202eb\tB-PER\nsings\tO\n\n\u200b\tO\nx\tB-PER\n');
    assert.deepEqual([...odd.names], ['a‹U+202E›b sings', '‹U+200B› x']);
  });

  it('of any text has sentences in its order, none with a line of another, each with a name', () => {
    fc.assert(
      fc.property(oddText, (text) => {
        for (const layout of [twoColumns, conlluLayout('')]) {
          const file = readCorpusFile('a', 'a', text, layout);
          const { firstLine, lastLine, tokenLine, names, documents: all } = outlineOf(text, file);
          assert.equal(names.length, file.sentences);
          for (let s = 0; s < file.sentences; s++) {
            assert.ok(names[s] !== '');
            assert.ok(firstLine[s] <= tokenLine[s] && tokenLine[s] <= lastLine[s]);
            assert.ok(s === 0 || lastLine[s - 1] < firstLine[s]);
          }
          let next = 0;
          for (const { first, end, line } of all) {
            assert.ok(first === next && end > first && line <= firstLine[first]);
            next = end;
          }
        }
      }),
    );
  });

  it('takes linear time, whatever stands between sentences', function () {
    this.timeout(120_000);
    for (const between of ['# comment\n', '\n', 'lost\n', '-DOCSTART-\n']) {
      const text = `${between.repeat(400_000)}Rita\tB-PER\nsings\tO\n${between.repeat(400_000)}\nx\tO\ny\tO\n`;
      assert.ok(outline('a.conll', text, twoColumns).names.length >= 2);
    }
  });
});

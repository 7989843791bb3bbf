import assert from 'node:assert/strict';
import { useMessages } from '../../../src/common/l10n';
import { isLike } from '../../../src/corpus/labels/slips';
import type { CorpusReport, ReportedCorpus } from '../../../src/corpus/report/corpusReport';
import { renderReport } from '../../../src/corpus/report/render';
import { joinReports } from '../../../src/corpus/report/report';
import { checkSources } from '../../../src/engine/checkSources';
import type { SourceFile } from '../../../src/engine/sourceFile';
import { twoColumns } from './sources';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function check(texts: Record<string, string | Uint8Array<ArrayBuffer>>, more: Partial<SourceFile> = {}) {
  const files = Object.entries(texts).map(([name, content]) => ({
    file: name,
    path: `ws/${name}`,
    content: typeof content === 'string' ? encode(content) : content,
    ...more,
  }));
  return checkSources({ files, replaceInvalidBytes: false });
}

function only({ corpora }: CorpusReport): ReportedCorpus {
  assert.equal(corpora.length, 1);
  return corpora[0];
}

const names = 'Rita/B-PER lives/O in/O Rome/B-LOC ./O|Tom/B-PER sleeps/O at/O home/O ./O|It/O rains/O ./O';
const training = twoColumns(names);

describe('the report of a corpus', () => {
  it('has files with their splits, counts and encodings', () => {
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...encode(training)]);
    const { files, tokens, sentences, format } = only(
      check({ 'train.conll': training, 'dev.conll': marked, 'test.conll': training }),
    );
    assert.deepEqual([tokens, sentences], [39, 9]);
    assert.match(format, /columns/);
    assert.deepEqual(
      files.map(({ file, split, encoding, tokens: own }) => [file, split, encoding, own]),
      [
        ['dev.conll', 'development', 'UTF-8 with a byte order mark', 13],
        ['test.conll', 'test', 'UTF-8', 13],
        ['train.conll', 'training', 'UTF-8', 13],
      ],
    );
    const stated = only(check({ 'train.conll': training }, { stated: { encoding: 'latin1' } }));
    assert.equal(stated.files[0].encoding, 'latin1, as stated');
  });

  it('counts the rows that are left out, with the reason and the first line of each kind', () => {
    const ragged = `${training}cat\n\nRex\tB-PER\textra\n\n`;
    const report = check({ 'train.conll': ragged });
    const [{ leftOut }] = only(report).files;
    assert.equal(
      leftOut.rows,
      leftOut.kinds.reduce((sum, { rows }) => sum + rows, 0),
    );
    assert.deepEqual(
      leftOut.kinds.find(({ code }) => code === 'too-few-columns'),
      { code: 'too-few-columns', rows: 1, line: 16 },
    );
    assert.match(renderReport(report, (file) => file).text, /1 too-few-columns, first at train\.conll:17/);
  });

  it('says what each column was taken for, and by what', () => {
    const rows =
      'id;token;pos;ner\n' + `1;Rita;NN;B-PER\n2;sings;VB;O\n\n1;Tom;NN;B-PER\n2;hums;VB;O\n\n`.repeat(3);
    const corpus = only(check({ 'train.csv': rows }, { stated: { delimiter: ';', header: true } }));
    assert.equal(corpus.delimiter, 'semicolon');
    assert.deepEqual(corpus.header, ['id', 'token', 'pos', 'ner']);
    assert.match(corpus.sentenceEnds, /blank lines/);
    assert.deepEqual(
      corpus.columns.map(({ role }) => role),
      ['word number', 'word', 'tags', 'spans'],
    );
    assert.match(corpus.columns[1].why, /named so in the header; 4 different values/);
    assert.match(corpus.columns[3].why, /B-PER/);
  });

  it('counts labels, and of spans the types', () => {
    const [labels] = only(check({ 'train.conll': training })).labels;
    assert.equal(labels.scheme, 'IOB2');
    assert.deepEqual(labels.labels, [
      { label: 'PER', count: 2 },
      { label: 'LOC', count: 1 },
    ]);
  });

  it('names labels seen once, and those that one letter tells from a frequent one, each at its first line', () => {
    const many = twoColumns(Array.from({ length: 30 }, (_, i) => `word${i}/B-PER x${i}/O y/O`).join('|'));
    const odd = twoColumns('Bob/B-PRE z/O z/O|Eve/B-per z/O z/O|Mars/B-PLANET z/O z/O');
    const [labels] = only(check({ 'train.conll': many + odd })).labels;
    assert.deepEqual(
      labels.odd.map(({ label, like, line }) => [label, like, line]),
      [
        ['PRE', 'PER', 120],
        ['per', 'PER', 124],
        ['PLANET', undefined, 128],
      ],
    );
  });

  it('counts sentences that occur twice in a split, and in several', () => {
    const twice = twoColumns(`${names}|${names.split('|')[0]}`);
    const { duplicates } = only(check({ 'train.conll': twice, 'dev.conll': training }));
    assert.deepEqual(
      duplicates.map(({ split, other, sentences, compared }) => [split, other, sentences, compared]),
      [
        ['training', 'training', 1, 3],
        ['development', 'training', 2, 2],
      ],
    );
    assert.deepEqual(duplicates[0].first, { file: 'train.conll', line: 16 });
    assert.deepEqual(duplicates[0].firstOther, { file: 'train.conll', line: 0 });
  });

  it('lists problems by kind with how many there are, and files that are of no corpus', () => {
    const unlabelled = twoColumns(`${names}|Ann/I-PER sings/O a/O song/O ./O`);
    const report = check({ 'train.conll': unlabelled, 'notes.txt': 'This is a letter.\n\nTo nobody.\n' });
    assert.deepEqual(
      only(report).problems.map(({ code, count, line }) => [code, count, line]),
      [['span-without-begin', 1, 16]],
    );
    assert.deepEqual(
      report.unread.map(({ file, problems }) => [file, problems[0].code]),
      [['notes.txt', 'unknown-format']],
    );
    const joined = joinReports([report, report]);
    assert.deepEqual([joined.corpora.length, joined.unread.length], [2, 2]);
  });

  it('is text in which each place can be followed', () => {
    const { text, links } = renderReport(
      check({ 'train.conll': `${training}cat\n\n` }),
      (file) => `a/${file}`,
    );
    assert.match(text, /^# Corpus report\n\n## ws\n/);
    assert.match(text, /### Labels of LABEL: IOB2, 2 types\n\nPER 2 · LOC 1\n/);
    assert.ok(links.length >= 3);
    for (const { start, end, file, line } of links)
      assert.equal(text.slice(start, end), `a/${file}:${line + 1}`);
  });

  it('takes names and labels for data: no links, no lines of their own', () => {
    const label = '[x](command:y)`<b>';
    const rows = `Rita\t${label}\nsings\tO\n.\tO\n\n`.repeat(4) + 'Tom\tO\nhums\tO\n.\tO\n\n';
    const { text } = renderReport(check({ 'train.conll': rows }), (file) => file);
    assert.ok(text.includes('\\[x\\](command:y)\\`\\<b>'), text);
    assert.ok(!text.includes('[x]('));
  });

  it('leads to its places in another language, too, and where a label has what marks places', () => {
    const rows = 'Rita\tA\uFDD0\nsings\tO\n.\tO\n\n'.repeat(4) + 'Tom\tO\nhums\tB\n.\tO\n\n';
    useMessages({ '- {0}: {1}, {2} in {3}, {4}.': '- {1}，{2}，{3}，{4}：{0}' });
    try {
      const { text, links } = renderReport(check({ 'train.conll': rows }), (file) => file);
      assert.match(text, /\n- training，15 tokens，5 sentences，UTF-8：train\.conll:1\n/);
      assert.ok(links.length > 1);
      for (const { start, end, line } of links)
        assert.equal(text.slice(start, end), `train.conll:${line + 1}`);
      assert.doesNotMatch(text, /\uFDD0/);
    } finally {
      useMessages(undefined);
    }
  });

  it('says so where nothing could be read', () => {
    const report = check({ 'a.conll': '', 'b.txt': 'prose' });
    assert.deepEqual(report.corpora, []);
    const { text } = renderReport(report, (file) => file);
    assert.match(text, /Nothing could be read as a corpus\./);
    assert.match(text, /- a\.conll:1: The file is empty/);
  });

  it('compares labels by letters, not by digits or where they are short', () => {
    assert.ok(isLike('LOC', 'LOK') && isLike('PERS', 'PER') && isLike('LCO', 'LOC') && isLike('o', 'O'));
    assert.ok(!isLike('NN', 'NNS') && !isLike('ARG1', 'ARG2') && !isLike('PER', 'ORG'));
  });
});

import assert from 'node:assert/strict';
import type { ProblemFix } from '../../../src/common/problem';
import { isMendedLike } from '../../../src/corpus/fixes';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { twoColumns } from './sources';

const names = 'Rita/B-PER May/I-PER sings/O|Tom/B-PER hums/O|In/O Rome/B-LOC|Ada/B-PER sleeps/O ./O';

type Found = [code: string, line: number, fix: ProblemFix | undefined];

function fixes(text: string, name = 'a.conll'): Found[] {
  return readCorpusFile(name, name, text).problems.map(({ code, line, fix }): Found => [code, line + 1, fix]);
}

/** With the text that the fix leads to, and what it says that it does. */
function stripped([code, line, fix]: Found): unknown[] {
  return [code, line, fix?.to[0], fix?.does];
}

describe('what would mend a problem', () => {
  it('is found for all problems like one, also beyond those that are listed', () => {
    const many = '|Bob/I-PER waits/O|In/O Oslo/I-LOC'.repeat(50);
    const text = twoColumns(`${Array(400).fill(names).join('|')}${many}`);
    const [first, ...more] = readCorpusFile('a', 'a.conll', text).problems;
    assert.ok(more.length < 50);
    const all = readCorpusFile('a', 'a.conll', text, undefined, undefined, Infinity).problems;
    assert.equal(all.length, 100);
    const like = all.filter((problem) => isMendedLike(problem, first));
    assert.equal(like.length, 50);
    assert.ok(like.every(({ fix }) => fix?.from === 'I-PER' && fix.to[0] === 'B-PER'));
    // The light bulb says how many there are without reading the file again.
    for (const problem of [first, ...more])
      assert.equal(problem.alike, all.filter((other) => isMendedLike(other, problem)).length);
  });

  it('is a B for an I without one', () => {
    assert.deepEqual(fixes(twoColumns(`${names}|Bob/I-PER waits/O`)), [
      ['span-without-begin', 15, { from: 'I-PER', to: ['B-PER'] }],
    ]);
  });

  it('is a new span, or the type of the span, where a type changes inside of one', () => {
    assert.deepEqual(fixes(twoColumns(`${names}|Bob/B-PER Ray/I-LOC waits/O`)), [
      ['type-changes-in-span', 16, { from: 'I-LOC', to: ['B-LOC', 'I-PER'] }],
    ]);
  });

  it('is an O behind a row without its label, where labels mark spans', () => {
    assert.deepEqual(fixes(`${twoColumns(names)}waits\n`), [['too-few-columns', 15, { to: ['\tO'] }]]);
    const tags = twoColumns('a/DT cat/NN|a/DT dog/NN|it/PR sat/VB|he/PR ran/VB');
    assert.deepEqual(fixes(`${tags}waits\n`), [['too-few-columns', 13, undefined]]);
  });

  it('is the frequent type that a rare one is one letter from', () => {
    const many = twoColumns(Array.from({ length: 30 }, (_, i) => `w${i}/B-PER x${i}/O`).join('|'));
    assert.deepEqual(fixes(`${many}${twoColumns('Bob/B-PRE waits/O|Mars/B-PLANET turns/O')}`), [
      ['label-like-another', 91, { from: 'B-PRE', to: ['B-PER'] }],
    ]);
  });

  it('is a plain tag that a rare one is like, where tags are not like each other as a matter of course', () => {
    const rows = (tag: string, times: number): string =>
      Array.from({ length: times }, (_, i) => `w${i} ${tag}\n${i % 5 === 4 ? '\n' : ''}`).join('');
    const tags = `${rows('NOUN', 70)}${rows('VERB', 70)}${rows('VBN', 60)}`;
    assert.deepEqual(fixes(`${tags}cat NOUM\nran VBD\ndog noun\n`), [
      ['label-like-another', 241, { from: 'NOUM', to: ['NOUN'] }],
      ['label-like-another', 243, { from: 'noun', to: ['NOUN'] }],
    ]);
  });

  it('is the part of speech that a word in CoNLL-U has one letter from', () => {
    const row = (id: number, tag: string): string => `${id}\tw${id}\t_\t${tag}\tNN\t_\t0\tnsubj\t_\t_\n`;
    const text = `${row(1, 'NOUN')}${row(2, 'NOUM')}${row(3, 'CCONJ')}${row(4, 'SCONJ')}${row(5, '_')}${row(6, 'ZZ')}`;
    assert.deepEqual(fixes(text, 'a.conllu'), [['label-like-another', 2, { from: 'NOUM', to: ['NOUN'] }]]);
  });

  it('stands in the place of the label, not of a field that is written alike', () => {
    const row = (id: number, tag: string): string =>
      `${id}\tw${id}\t_\t${tag}\t${tag}\t_\t0\tnsubj\t_\t${tag}\n`;
    const { problems } = readCorpusFile('a.conllu', 'a.conllu', `${row(1, 'NOUN')}${row(2, 'NOUM')}`);
    assert.deepEqual(
      problems.map(({ line, startColumn, endColumn }) => [line, startColumn, endColumn]),
      [[1, '2\tw2\t_\t'.length, '2\tw2\t_\tNOUM'.length]],
    );
  });

  it('is tabs for the spaces of a row, and no empty columns, where the number then fits', () => {
    const treebank = '1\ta\ta\tNOUN\t_\t_\t0\troot\t_\t_\n\n1\tb\tb\tX\t_\t_\t0\troot\t_\t_\n';
    const rows = '2 b b X _ _ 1 dep _ _\n3\tc\t\tc\tX\t_\t_\t1\tdep\t_\t_\n';
    assert.deepEqual(fixes(`${treebank}${rows}`, 'a.conllu').map(stripped), [
      ['too-few-columns', 4, '2\tb\tb\tX\t_\t_\t1\tdep\t_\t_', 'Part the columns by tabs'],
      ['too-many-columns', 5, '3\tc\tc\tX\t_\t_\t1\tdep\t_\t_', 'Remove the empty columns'],
    ]);
  });

  it('is _ for what a row of CoNLL-U lacks or leaves empty', () => {
    const row = '1\ta\ta\tX\t_\t_\t0\troot';
    const [missing, empty, odd] = fixes(`${row}\n2\tb\t\tX\t_\t_\t1\tdep\t\t_\n3\tX\t_\tdep\n`, 'a.conllu');
    assert.deepEqual(stripped(missing), ['too-few-columns', 1, '\t_\t_', 'Fill the missing columns with _']);
    assert.deepEqual(stripped(empty), [
      'empty-column',
      2,
      '2\tb\t_\tX\t_\t_\t1\tdep\t_\t_',
      'Fill the empty columns with _',
    ]);
    assert.deepEqual(odd, ['too-few-columns', 3, undefined]);
  });

  it('is an O in an empty last column, where labels mark spans', () => {
    assert.deepEqual(fixes(`${twoColumns(names)}waits\t\n`), [['empty-column', 15, { to: ['O'] }]]);
  });

  it('is the whole word where a span cuts one, and the only place of its text where it has another', () => {
    const records = [
      '{"text": "Rita visits 🇮🇹 Rome.", "label": [[0, 3, "PER"], [15, 19, "LOC"]]}',
      '{"text": "Rita visits Rome.", "label": [{"start": 13, "end": 17, "text": "Rome", "label": "LOC"}]}',
      '{"text": "我爱北京", "label": [[2, 3, "LOC"]]}',
    ];
    const found = fixes(records.join('\n'), 'a.jsonl');
    assert.deepEqual(found, [
      [
        'unaligned-span',
        1,
        { from: '[0, 3, "PER"]', to: ['[0, 4, "PER"]'], does: 'Move the span to “Rita”' },
      ],
      [
        'text-differs',
        2,
        {
          from: '{"start": 13, "end": 17, "text": "Rome", "label": "LOC"}',
          to: ['{"start": 12, "end": 16, "text": "Rome", "label": "LOC"}'],
          does: 'Move the span to “Rome”',
        },
      ],
    ]);
    const annotations = 'T1\tPER 0 3\tRit\nT2\tLOC 13 17\tRome\r\nA1\tNeg T1\n';
    const layout = { kind: 'brat', columns: ['FORM', 'LABEL'], form: 0 };
    const companion = { file: 'a.ann', text: annotations };
    const { problems } = readCorpusFile('a.txt', 'a.txt', 'Rita visits Rome.', layout, companion);
    assert.deepEqual(
      problems.map(({ file, line, fix }) => [file, line, fix?.from, fix?.to]),
      [
        ['a.ann', 0, 'T1\tPER 0 3\tRit', ['T1\tPER 0 4\tRita']],
        ['a.ann', 1, 'T2\tLOC 13 17\tRome', ['T2\tLOC 12 16\tRome']],
      ],
    );
  });
});

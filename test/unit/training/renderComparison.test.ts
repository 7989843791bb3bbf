import assert from 'node:assert/strict';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { compareSources } from '../../../src/engine/compareSources';
import type { SourceFile } from '../../../src/engine/sourceFile';
import { compareLabels } from '../../../src/training/labelComparison';
import { renderComparison } from '../../../src/training/renderComparison';

const source = (file: string, labels: string, end = ''): SourceFile => ({
  file,
  path: `a/${file}`,
  content: `${labels
    .split(' ')
    .map((label, i) => `w${i}\tX\t${label}\n`)
    .join('')}${end}`,
});

function rendered(left: string, right: string, end = '') {
  const request = { column: 'NER', replaceInvalidBytes: false };
  const stated = { columns: ['FORM', 'POS', 'NER'] };
  const comparison = compareSources({
    ...request,
    left: { source: { ...source('l.conll', left), stated } },
    right: { source: { ...source('r.conll', right, end), stated } },
  });
  const sides = [
    { title: 'l.conll', file: 'l.conll' },
    { title: '[x](command:y)', file: 'r.conll' },
  ] as const;
  return renderComparison(comparison, sides, 'NER', (file) => file);
}

function labelledOf(labels: string) {
  const rows = labels.split(' ').map((label, i) => `w${i}\tX\t${label}\n`);
  const layout = { kind: 'columns', columns: ['FORM', 'POS', 'NER'], form: 0, separator: '\t' };
  return { file: readCorpusFile('f', 'f.tsv', rows.join(''), layout), label: 2 };
}

describe('a comparison of labels, in words', () => {
  it('says how far both agree, by label, and where they differ', () => {
    const { text } = rendered('B-PER I-PER O B-LOC O O', 'B-PER I-PER O O O B-ORG', '\nnew\tX\tO\n');
    for (const line of [
      '- Compared: 6 tokens in 1 sentence with the same words. Only in l.conll: 0 sentences; only in \\[x\\](command:y): 1 sentence.',
      '- Tokens with the same label: 66.7 %; Cohen’s κ: 0.520',
      '- Spans: 2 in l.conll, 2 in \\[x\\](command:y), 1 the same; F1: 50.0 %',
      '| PER | 1 | 1 | 1 | 100.0 % |',
      '| LOC | 1 | 0 | 0 | 0.0 % |',
      '## Where they differ: 2 places',
      '- l.conll:4, r.conll:4 w3: LOC → (none)',
      '- l.conll:6, r.conll:6 w5: (none) → ORG',
    ])
      assert.ok(text.split('\n').includes(line), `${line} is not in\n${text}`);
  });

  it('leads to each place in both files', () => {
    const { text, links } = rendered('B-PER I-PER O B-LOC', 'B-PER I-PER O O');
    assert.deepEqual(
      links.map(({ start, end, file, line }) => [text.slice(start, end), file, line]),
      [
        ['l.conll:4', 'l.conll', 3],
        ['r.conll:4', 'r.conll', 3],
      ],
    );
  });

  it('keeps what names hold as text, in its table and its places, too', () => {
    const comparison = compareLabels(labelledOf('B-PER O'), labelledOf('O O'));
    const sides = [
      { title: 'a | b', file: '[x](http:e).conll' },
      { title: '<b>', file: 'r.conll' },
    ] as const;
    const { text } = renderComparison(comparison, sides, 'NER', (file) => file);
    assert.ok(text.includes('| Label | a \\| b | \\<b> | The same | F1 |'), text);
    assert.ok(text.includes('- \\[x\\](http:e).conll:1, r.conll:1 w0: PER → (none)'), text);
  });

  it('says that nothing differs', () => {
    assert.match(
      rendered('B-PER I-PER O', 'B-PER I-PER O').text,
      /## Where they differ: 0 places\n\nNowhere\./,
    );
  });
});

import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import type { Corpus } from '../../../src/corpus/corpus';
import { choicesOf, leftOutQuestion, narrow, pickText, soleChoice } from '../../../src/editor/corpusPicks';
import { english } from './english';

const corpus = (name: string, columns: readonly string[], labels = 3): Corpus => ({
  id: `ws/${name}#c`,
  name,
  layout: { kind: 'columns', columns: ['FORM', ...columns], form: 0, separator: '\t' },
  files: [],
  tokens: 204_577,
  sentences: 10,
  columns: columns.map((column) => ({
    name: column,
    scheme: 'none',
    labels: Array.from({ length: labels }, (_, i) => ({ label: `L${i}`, count: 10_000 - i })),
  })),
});
const ewt = corpus('UD_English-EWT', ['UPOS', 'XPOS']);
const wnut = corpus('WNUT17', ['NER']);

describe('corpus picks', () => {
  it('offer each corpus with each label column, in their order', () => {
    assert.deepEqual(
      choicesOf([ewt, wnut, corpus('raw', [])]).map(({ corpus, column }) => `${corpus.name} ${column.name}`),
      ['UD_English-EWT UPOS', 'UD_English-EWT XPOS', 'WNUT17 NER'],
    );
  });

  it('write out what could not be seen, and keep names and messages short', () => {
    const odd = `\u202E${'x'.repeat(10_000)}`;
    const there = corpus(odd, [odd]);
    there.columns[0].labels.forEach((each) => Object.assign(each, { label: odd }));
    const { label, detail } = pickText(choicesOf([there])[0], english);
    assert.ok(label.startsWith('‹U+202E›x') && label.length < 200, label);
    assert.ok(detail.startsWith('‹U+202E›x') && detail.length < 300, detail);
    for (const asked of [{ corpus: odd }, { column: odd }])
      assert.throws(
        () => narrow([corpus('EWT', ['UPOS'])], asked, english),
        ({ message }: Error) => message.includes('‹U+202E›x') && message.length < 200,
      );
  });

  it('show labels with their counts', () => {
    const [choice] = choicesOf([ewt]);
    assert.deepEqual(pickText(choice, english), {
      label: 'UD_English-EWT · UPOS',
      description: '3 labels, 204,577 tokens',
      detail: 'L0 10,000 · L1 9,999 · L2 9,998',
    });
    const many = pickText(choicesOf([corpus('many', ['X'], 50)])[0], english);
    assert.equal(many.detail.split(' · ').length, 9);
    assert.match(many.detail, / · …$/);
  });

  it('show how labels mark spans, and of how many types', () => {
    const names = corpus('WNUT17', ['NER']);
    const labels = ['O', 'B-PER', 'I-PER', 'B-LOC'].map((label) => ({ label, count: 9 }));
    Object.assign(names.columns[0], { scheme: 'IOB2', labels });
    assert.equal(
      pickText(choicesOf([names])[0], english).description,
      'labels: IOB2, 2 types, 204,577 tokens',
    );
    Object.assign(names.columns[0], { labels: labels.slice(0, 3) });
    assert.equal(
      pickText(choicesOf([names])[0], english).description,
      'labels: IOB2, 1 type, 204,577 tokens',
    );
  });

  it('tell the number of values of a column that is learned only where somebody says so', () => {
    const many = corpus('senses', ['SENSE'], 1_234);
    assert.equal(
      pickText(choicesOf([many])[0], english).description,
      '1,234 different values, 204,577 tokens',
    );
  });

  it('need no question where one is likely, and always one where none is', () => {
    const many = corpus('senses', ['SENSE'], 301);
    const [sense] = choicesOf([many]);
    assert.equal(soleChoice([sense], false), undefined);
    assert.equal(soleChoice([sense], true), sense);
    assert.equal(soleChoice(choicesOf([wnut, many]), false)?.corpus, wnut);
    assert.equal(soleChoice(choicesOf([ewt, many]), false), undefined);
  });

  it('ask before a corpus is trained on of which over 2 % of a file cannot be read', () => {
    const ask = (...files: readonly (readonly [number, number])[]): string | undefined =>
      leftOutQuestion(
        {
          ...ewt,
          files: files.map(([tokens, leftOut], i) => ({
            file: `${i}.conllu`,
            sentences: 1,
            tokens,
            leftOut,
          })),
        },
        (file) => `ewt/${file}`,
        english,
      );
    assert.equal(ask([980, 20]), undefined);
    assert.equal(
      ask([100, 0], [9_780, 220]),
      '220 of 10,000 rows of ewt/1.conllu cannot be read: a model would be trained without them.',
    );
    assert.match(ask([97, 3], [90, 10], [50, 50]) ?? '', /^50 of 100 rows of ewt\/2.*Of 2 more files /);
  });

  it('draw no icons that a name spells', () => {
    assert.equal(pickText(choicesOf([corpus('$(bug)', ['X'])])[0], english).label, '\\$(bug) · X');
  });

  it('are narrowed by an argument, by id or name', () => {
    assert.equal(narrow([ewt, wnut], {}, english).length, 3);
    assert.equal(narrow([ewt, wnut], { column: 'NER' }, english)[0].corpus, wnut);
    assert.deepEqual(
      narrow([ewt, wnut], { corpus: 'UD_English-EWT', column: 'XPOS' }, english).map(
        ({ column }) => column.name,
      ),
      ['XPOS'],
    );
    assert.equal(narrow([ewt, wnut], { corpus: wnut.id }, english).length, 1);
  });

  it('say what there is where nothing fits', () => {
    assert.throws(
      () => narrow([ewt, wnut], { corpus: 'GSD' }, english),
      (error) =>
        error instanceof InputError &&
        error.message === 'There is no corpus "GSD" here. There is: UD_English-EWT, WNUT17.',
    );
    assert.throws(
      () => narrow([ewt, wnut], { corpus: 'WNUT17', column: 'UPOS' }, english),
      /There is no label column "UPOS"\. There is: NER\./,
    );
    assert.throws(() => narrow([], { corpus: 'GSD' }, english), /There is: –\./);
  });
});

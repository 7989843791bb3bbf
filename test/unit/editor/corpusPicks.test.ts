import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import type { Corpus } from '../../../src/corpus/corpus';
import { choicesOf, narrow, pickText } from '../../../src/editor/corpusPicks';
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

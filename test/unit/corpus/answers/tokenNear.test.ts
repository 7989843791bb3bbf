import assert from 'node:assert/strict';
import { tokenNear } from '../../../../src/corpus/answers/annotatedText';
import { isLabelled } from '../../../../src/corpus/answers/disagreements';
import { annotated } from './annotated';

describe('the token at a place', () => {
  const text = '(Bob) 在北京';
  const spans = ['(', 'Bob', ')', '在', '北京'];
  const annotations = spans
    .map((word, i) => `T${i}\tX ${text.indexOf(word)} ${text.indexOf(word) + word.length}\t${word}\n`)
    .join('');
  const layout = { kind: 'brat', columns: ['FORM', 'LABEL'], form: 0 };
  const read = annotated(text, { path: 'a.txt', layout, annotations, scheme: 'IOB2' });
  const at = (offset: number): string => {
    const token = tokenNear(read, offset);
    return token === undefined ? '' : read.words[token];
  };

  it('is the one that begins there where two words touch', () => {
    assert.equal(at(text.indexOf('Bob')), 'Bob');
    assert.equal(at(text.indexOf(')')), ')');
    assert.equal(at(text.indexOf('北京')), '北京');
  });

  it('is the one that ends there where nothing begins', () => {
    assert.equal(at(text.indexOf(')') + 1), ')');
    assert.equal(at(text.length), '北京');
  });
});

describe('labels of a disagreement', () => {
  const rows = (labels: string): string =>
    labels
      .split(' ')
      .map((label, i) => `w${i}\t${label}\n`)
      .join('');
  const layout = { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' };
  const read = (labels: string) => annotated(rows(labels), { path: 'a.conll', layout, scheme: 'IOB2' });
  const at = { sentence: 0, first: 1, end: 3 };
  const gold = { spans: [{ start: 1, end: 3, type: 'LOC' }] };

  it('are the same while other words are labelled', () => {
    assert.ok(isLabelled(read('O B-LOC I-LOC O'), at, gold));
    assert.ok(isLabelled(read('B-PER B-LOC I-LOC B-ORG'), at, gold));
  });

  it('are others where the span is shorter, longer, of another type, or gone', () => {
    for (const labels of ['O B-LOC O O', 'O B-LOC I-LOC I-LOC', 'O B-PER I-PER O', 'O O O O'])
      assert.equal(isLabelled(read(labels), at, gold), false, labels);
  });

  it('of tags are the same where the tag is', () => {
    const tags = annotated(rows('A B'), { path: 'a.conll', layout, scheme: 'none' });
    const one = { sentence: 0, first: 1, end: 2 };
    assert.ok(isLabelled(tags, one, { label: 'B', spans: [] }));
    assert.equal(isLabelled(tags, one, { label: 'A', spans: [] }), false);
  });
});

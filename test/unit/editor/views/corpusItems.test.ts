import assert from 'node:assert/strict';
import type { Corpus, SplitName } from '../../../../src/corpus/corpus';
import { childrenOf, corpusItemText, labelCountText, nodeId } from '../../../../src/editor/views/corpusItems';
import type { CorpusNode, ProblemCounts } from '../../../../src/editor/views/corpusItems';
import { english } from '../english';

const file = (name: string, split?: SplitName, leftOut = 0) => ({
  file: `file:///ws/ner/${encodeURIComponent(name)}`,
  split,
  tokens: 1500,
  sentences: 100,
  leftOut,
});
const corpusOf = (files: Corpus['files'], change: Partial<Corpus> = {}): Corpus => ({
  id: 'ws/ner#columns',
  name: 'ner',
  layout: { kind: 'columns', columns: ['FORM', 'NER'], form: 0, separator: '\t' },
  files,
  tokens: files.reduce((sum, each) => sum + each.tokens, 0),
  sentences: files.reduce((sum, each) => sum + each.sentences, 0),
  columns: [
    {
      name: 'NER',
      scheme: 'IOB2',
      labels: [
        { label: 'O', count: 2800 },
        { label: 'B-PER', count: 150 },
        { label: 'I-PER', count: 50 },
      ],
    },
  ],
  ...change,
});
const none: ProblemCounts = () => 0;
const textOf = (node: CorpusNode, problems = none) => corpusItemText(node, problems, english);
const labels = (nodes: readonly CorpusNode[], problems = none) =>
  nodes.map((node) => textOf(node, problems).label);

describe('items of corpora', () => {
  const files = [file('b.conll', 'development'), file('a.conll', 'training', 3), file('c.conll')];
  const corpus = corpusOf(files);
  const problems = (name: string) => (name === files[1].file ? 2 : 0);

  it('are splits with their files, columns with their labels, and problems where there are any', () => {
    const [root] = childrenOf(undefined, [corpus], problems);
    assert.equal(textOf(root).description, '4,500 tokens, 300 sentences');
    const below = childrenOf(root, [corpus], problems);
    assert.deepEqual(labels(below, problems), [
      'Training',
      'Development',
      'In no split',
      'Labels NER',
      '2 problems',
    ]);
    assert.equal(textOf(below[3]).description, '3 labels · IOB2 · 1 type');
    assert.deepEqual(labels(childrenOf(below[0], [corpus], none)), ['a.conll']);
    assert.deepEqual(labels(childrenOf(below[3], [corpus], none)), ['O', 'B-PER', 'I-PER']);
    assert.deepEqual(childrenOf(below[4], [corpus], none), []);
  });

  it('tell a file’s rows that were left out and its problems, also to a screen reader', () => {
    const node = { kind: 'file', corpus, file: files[1] } as const;
    const { description, spoken, tooltip } = corpusItemText(node, problems, english);
    assert.equal(description, '2 problems · 1,500 tokens, 100 sentences · rows left out: 3');
    assert.equal(spoken, 'a.conll, 2 problems, 1,500 tokens, 100 sentences, rows left out: 3');
    assert.match(tooltip, /\/ws\/ner\/a\.conll$/);
  });

  it('leave out the level of splits where no file is in one', () => {
    const plain = corpusOf([file('a b.conll'), file('100%25.conll')]);
    const [root] = childrenOf(undefined, [plain], none);
    assert.deepEqual(labels(childrenOf(root, [plain], none)), ['a b.conll', '100%25.conll', 'Labels NER']);
  });

  it('say how often a label occurs', () => {
    const [column] = corpus.columns;
    const node = { kind: 'label', corpus, column, label: column.labels[1] } as const;
    assert.equal(textOf(node).description, '150 · 3.3 %');
    assert.equal(labelCountText(node, english), 'B-PER: 150 of 4,500 tokens (3.3 %) in ner · NER');
  });

  it('have names of their own that stay when counts change', () => {
    const all = (of: Corpus): CorpusNode[] => {
      const below = (node?: CorpusNode): CorpusNode[] =>
        childrenOf(node, [of], () => 1).flatMap((child) => [child, ...below(child)]);
      return below();
    };
    const ids = all(corpus).map(nodeId);
    assert.equal(new Set(ids).size, ids.length);
    const counted = corpusOf(files.map((each) => ({ ...each, tokens: 7 })));
    assert.deepEqual(all(counted).map(nodeId), ids);
  });

  it('are plain text, whatever labels and columns are called', () => {
    for (const name of [
      '<img src=x onerror=alert(1)>',
      '[x](command:y)',
      '__proto__',
      'x'.repeat(10_000),
      ' ',
      '',
    ]) {
      const odd = corpusOf(files, {
        name,
        columns: [{ name, scheme: 'none', labels: [{ label: name, count: 1 }] }],
      });
      const [root] = childrenOf(undefined, [odd], none);
      const column = childrenOf(root, [odd], none).at(-1)!;
      const [label] = childrenOf(column, [odd], none);
      for (const node of [root, column, label]) {
        const text = textOf(node);
        assert.ok(text.label.length > 0 && text.label.length < 80, name.slice(0, 30));
        assert.doesNotMatch(text.spoken, /\n/);
      }
    }
  });
});

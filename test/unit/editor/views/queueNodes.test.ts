import assert from 'node:assert/strict';
import type { LabelFinding } from '../../../../src/corpus/labels/labelFindings';
import type { Doubt } from '../../../../src/corpus/queue/doubts';
import { Queue } from '../../../../src/corpus/queue/queue';
import { QueueMemory } from '../../../../src/editor/views/queueMemory';
import {
  contextOf,
  filterChoices,
  filterText,
  progressText,
  queueNodes,
  queueRowText,
} from '../../../../src/editor/views/queueNodes';
import { english } from '../english';

const file = 'file:///ws/a%20b.conll';
const doubt = (words: string, change: Partial<Doubt> = {}): Doubt => ({
  words,
  gold: { spans: [] },
  predicted: { spans: [{ start: 1, end: 2, type: 'LOC' }] },
  uncertainty: 0.5,
  isGuess: false,
  target: { start: 0, end: 3, tokens: 1, index: 1, sentence: `in\n${words}\n.` },
  ...change,
});
const finding = (word: string, margin = 0.5): LabelFinding => ({
  file,
  sentence: `in\n${word}\n.`,
  occurrence: 0,
  token: 1,
  word,
  gold: 'B-PER',
  suggested: 'B-LOC',
  margin,
});
const queueOf = (...doubts: Doubt[]): Queue => {
  const queue = new Queue();
  queue.set(file, 'NER', doubts);
  return queue;
};
const memoryOf = (kept: unknown = undefined): { memory: QueueMemory; written: () => unknown } => {
  let value = kept;
  const state = {
    get: () => value,
    update: (_: string, now: unknown) => void (value = JSON.parse(JSON.stringify(now))),
  };
  return { memory: new QueueMemory(state), written: () => value };
};

describe('rows of the queue', () => {
  it('say words, labels, places and how unsure the model is', () => {
    const { memory } = memoryOf();
    const nodes = queueNodes(
      queueOf(doubt('Rome'), doubt('Rome'), doubt('Oslo', { isGuess: true })).items(memory),
      [],
      memory,
      {},
    );
    assert.deepEqual(
      nodes.map((node) => [queueRowText(node, english).label, queueRowText(node, english).description]),
      [
        ['Rome', '– → LOC · 2 places · unsure 50 %'],
        ['Oslo', 'LOC? · unsure 50 %'],
      ],
    );
    assert.match(queueRowText(nodes[0], english).tooltip, /in Rome \. \(a b\.conll\)/);
  });

  it('have label errors among them, but not those that a doubt asks already, and skipped ones last', () => {
    const { memory } = memoryOf();
    const items = queueOf(doubt('Rome')).items(memory);
    const kinds = (): string[] =>
      queueNodes(items, [finding('Rome'), finding('Riga'), finding('Riga')], memory, {}).map(
        (node) => `${node.kind} ${queueRowText(node, english).label}`,
      );
    assert.deepEqual([...kinds()].sort(), ['doubt Rome', 'error Riga']);
    memory.skip(queueNodes(items, [finding('Riga')], memory, {}).find(({ kind }) => kind === 'error')!.key);
    assert.deepEqual(kinds(), ['doubt Rome', 'error Riga']);
    assert.equal(
      queueNodes(items, [finding('Riga')], memory, { label: 'PER', text: 'rig' }).filter(
        ({ kind }) => kind === 'error',
      ).length,
      1,
    );
    assert.equal(queueNodes([], [finding('Riga')], memory, { file: 'file:///other' }).length, 0);
  });

  it('offer as a filter all labels and files that there are, each once', () => {
    const { memory } = memoryOf();
    const items = queueOf(doubt('Rome'), doubt('Oslo')).items(memory);
    assert.deepEqual(filterChoices(items, [finding('Riga')]), {
      labels: ['B-LOC', 'B-PER', 'LOC'],
      files: [file],
    });
    assert.equal(filterText({ label: 'LOC', file, text: 'ro' }, english), 'label LOC · a b.conll · “ro”');
  });

  it('say how far one is, and full only at the end', () => {
    assert.equal(progressText(0, 0, english), undefined);
    assert.equal(progressText(0, 3, english), '▱▱▱▱▱▱▱▱▱▱ 0 of 3 answered');
    assert.equal(progressText(999, 1, english), '▰▰▰▰▰▰▰▰▰▱ 999 of 1,000 answered');
    assert.equal(progressText(3, 0, english), '▰▰▰▰▰▰▰▰▰▰ 3 of 3 answered');
  });

  it('mark the words in their sentence, of which a long one is cut', () => {
    const words = Array.from({ length: 40 }, (_, i) => `w${i}`);
    const target = { start: 0, end: 1, tokens: 2, index: 20, sentence: words.join('\n') };
    const { text, start, end } = contextOf({
      file,
      column: 'NER',
      key: '',
      doubt: doubt('w20 w21', { target }),
    });
    assert.equal(text.slice(start, end), 'w20 w21');
    assert.ok(text.startsWith('… w12 ') && text.endsWith(' w29 …'), text);
  });

  it('are plain text, whatever words and labels are called', () => {
    for (const name of [
      '<img src=x onerror=alert(1)>',
      '[x](command:y)',
      '__proto__',
      'x'.repeat(10_000),
      'a\u202eb',
    ]) {
      const { memory } = memoryOf();
      const odd = doubt(name, { predicted: { label: name, spans: [] }, gold: { label: name, spans: [] } });
      const [node] = queueNodes(queueOf(odd).items(memory), [], memory, {});
      const { label, description, spoken } = queueRowText(node, english);
      for (const text of [label, description, spoken]) {
        assert.ok(text.length < 300);
        assert.doesNotMatch(text, /\n|\u202e/);
      }
    }
  });
});

describe('what is remembered of the queue', () => {
  it('outlasts the window: what was kept and skipped, the filter, and how far one is', () => {
    const { memory, written } = memoryOf();
    memory.begin('run:a');
    memory.skip('a');
    memory.skip('b');
    memory.skip('a');
    memory.keep('c');
    memory.answer('b');
    memory.setFilter({ label: 'LOC' });
    const again = memoryOf(written()).memory;
    assert.deepEqual(
      [[...again.kept], again.skipped, again.filter, again.answered],
      [['c'], ['a'], { label: 'LOC' }, 2],
    );
    again.begin('run:a');
    assert.equal(again.answered, 2);
    again.begin('run:b');
    assert.equal(again.answered, 0);
    assert.deepEqual(again.skipped, ['a']);
  });

  it('is nothing where what is there is damaged', () => {
    for (const value of [
      null,
      3,
      'x',
      [],
      { kept: 3, skipped: [1, 'a'], filter: { label: 7 }, answered: -1 },
    ]) {
      const { memory } = memoryOf(value);
      assert.equal(memory.kept.size, 0);
      assert.deepEqual([memory.filter, memory.answered], [{}, 0]);
      assert.ok(memory.skipped.every((key) => key === 'a'));
    }
  });
});

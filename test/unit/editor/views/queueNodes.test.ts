import assert from 'node:assert/strict';
import type { LabelFinding } from '../../../../src/corpus/labels/labelFindings';
import type { Doubt } from '../../../../src/corpus/queue/doubts';
import { Queue } from '../../../../src/corpus/queue/queue';
import { QueueMemory } from '../../../../src/editor/views/queueMemory';
import {
  contextOf,
  filterChoices,
  filterText,
  placesOf,
  placesOfOneColumn,
  progressText,
  queueNodes,
  queueRowText,
} from '../../../../src/editor/views/queueNodes';
import type { ColumnErrors, QueueRow } from '../../../../src/editor/views/queueNodes';
import { english } from '../english';

const file = 'file:///ws/a%20b.conll';
const asked = { corpus: 'news', column: 'NER' };
const errors = (...findings: LabelFinding[]): ColumnErrors => ({ ...asked, findings });
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
  queue.set(file, asked, doubts);
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
      errors(),
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
      queueNodes(items, errors(finding('Rome'), finding('Riga'), finding('Riga')), memory, {}).map(
        (node) => `${node.kind} ${queueRowText(node, english).label}`,
      );
    assert.deepEqual([...kinds()].sort(), ['doubt Rome', 'error Riga']);
    memory.skip(
      queueNodes(items, errors(finding('Riga')), memory, {}).find(({ kind }) => kind === 'error')!.key,
    );
    assert.deepEqual(kinds(), ['doubt Rome', 'error Riga']);
    assert.equal(
      queueNodes(items, errors(finding('Riga')), memory, { label: 'PER', text: 'rig' }).filter(
        ({ kind }) => kind === 'error',
      ).length,
      1,
    );
    assert.equal(queueNodes([], errors(finding('Riga')), memory, { file: 'file:///other' }).length, 0);
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

  it('say of a label error why it is asked about, whatever was answered', () => {
    const { memory } = memoryOf();
    const [node] = queueNodes([], errors(finding('Riga')), memory, {});
    assert.match(
      queueRowText(node, english).tooltip,
      /not seen the label say otherwise.*even where you have answered/s,
    );
  });

  it('have label errors as long as these are not decided, whatever was kept in the queue', () => {
    const { memory } = memoryOf();
    const listed = (of: ColumnErrors): string[] => queueNodes([], of, memory, {}).map(({ key }) => key);
    const [key] = listed(errors(finding('Riga')));
    memory.keep(key);
    assert.deepEqual(listed(errors(finding('Riga'))), [key]);
    memory.skip(key);
    assert.notDeepEqual(listed({ ...errors(finding('Riga')), column: 'CHUNK' }), [key]);
    // A doubt of another column asks something else.
    const other = new Queue();
    other.set(file, { ...asked, column: 'CHUNK' }, [doubt('Riga')]);
    assert.equal(queueNodes(other.items(memory), errors(finding('Riga')), memory, {}).length, 2);
  });

  it('get a label that is given to several of them only where it is of their column', () => {
    const { memory } = memoryOf();
    const queue = queueOf(doubt('Rome'), doubt('Rome'), doubt('Oslo'));
    queue.set('file:///ws/c', { corpus: 'news', column: 'CHUNK' }, [doubt('Bonn')]);
    const rows: QueueRow[] = queueNodes(queue.items(memory), errors(finding('Riga')), memory, {});
    const row = (words: string): QueueRow =>
      rows.find((own) => own.kind === 'doubt' && own.item.words === words)!;
    const error = rows.find(({ kind }) => kind === 'error')!;
    const mixed = [error, row('Rome'), row('Bonn'), row('Oslo')];
    const wordsOf = (places: ReturnType<typeof placesOf>): string[] => places.map((own) => own.doubt.words);
    assert.deepEqual(wordsOf(placesOfOneColumn(mixed)), ['Rome', 'Rome', 'Oslo']);
    assert.deepEqual(wordsOf(placesOfOneColumn([row('Bonn'), ...mixed])), ['Bonn']);
    assert.deepEqual(placesOfOneColumn([error]), []);
    const [place] = placesOf([row('Rome')]);
    const node = row('Rome') as QueueRow & { kind: 'doubt' };
    assert.deepEqual(wordsOf(placesOf([{ kind: 'place', node, place }, row('Rome')])), ['Rome', 'Rome']);
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
    const { text, start, end } = contextOf({ doubt: doubt('w20 w21', { target }) });
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
      const [node] = queueNodes(queueOf(odd).items(memory), errors(), memory, {});
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
    memory.begin(['run:a', 'run:b']);
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
    again.begin(['run:a', 'run:b']);
    assert.equal(again.answered, 2);
    // After a start, models are loaded one after the other.
    for (const models of [[], ['run:b'], ['run:a', 'run:b']]) again.begin(models);
    assert.equal(again.answered, 2);
    again.begin(['run:a', 'run:c']);
    assert.equal(again.answered, 0);
    assert.deepEqual(again.skipped, ['a']);
  });

  it('has what another answer settled, uncounted, and asks all again that was kept', () => {
    const { memory, written } = memoryOf();
    memory.settle(['a', 'b', 'a']);
    memory.keep('c');
    assert.deepEqual([[...memory.kept], memory.answered], [['a', 'b', 'c'], 1]);
    memory.askAgain();
    assert.equal(memoryOf(written()).memory.kept.size, 0);
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

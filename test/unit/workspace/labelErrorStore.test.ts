import assert from 'node:assert/strict';
import type { LabelFinding } from '../../../src/corpus/labels/labelFindings';
import { LabelErrorStore } from '../../../src/workspace/labelErrorStore';
import { writeWhole } from '../../../src/workspace/storage';
import { temporaryStorage } from './temporaryStorage';

const finding = (token: number, margin: number): LabelFinding => ({
  file: 'file:///a.conll',
  sentence: 'Rita sings in Rome',
  occurrence: 0,
  token,
  word: ['Rita', 'sings', 'in', 'Rome'][token],
  gold: '__proto__',
  suggested: '<img src=x onerror=alert(1)>',
  margin,
});
const found = { column: 'LABEL', index: 1, findings: [finding(0, 9), finding(3, 8)] };

describe('what is kept of label errors', () => {
  const { files } = temporaryStorage();
  const messages: string[] = [];
  const opened = async (): Promise<LabelErrorStore> => {
    const store = new LabelErrorStore(files(), (message) => messages.push(message));
    await store.load();
    return store;
  };
  beforeEach(() => messages.splice(0));

  it('is nothing at first', async () => {
    const store = await opened();
    assert.equal(store.found, undefined);
    assert.deepEqual(store.open, []);
    assert.deepEqual(messages, []);
  });

  it('is there after a reload, without what is to be kept, also after another search', async () => {
    const store = await opened();
    await store.setFound(found);
    await store.decide([found.findings[0]], true);
    const again = await opened();
    assert.deepEqual(
      again.open.map(({ word }) => word),
      ['Rome'],
    );
    assert.deepEqual(
      again.keptIn('LABEL').map(({ word }) => word),
      ['Rita'],
    );
    assert.deepEqual(again.keptIn('UPOS'), []);
    await again.setFound(found);
    assert.deepEqual((await opened()).open.length, 1);
  });

  it('has the decisions of two windows', async () => {
    const first = await opened();
    await first.setFound(found);
    const second = await opened();
    await Promise.all([first.decide([found.findings[0]], true), first.decide([found.findings[0]], true)]);
    await second.decide([found.findings[1]], true);
    assert.deepEqual((await opened()).open, []);
  });

  it('is left out where it is damaged, with a message', async () => {
    const write = (name: string, text: string): Promise<void> =>
      writeWhole(files(), `labelErrors/${name}.json`, new TextEncoder().encode(text));
    await write('decisions', '[{"kept": true}, 7, null]');
    await write('found', JSON.stringify({ ...found, findings: [7, null, {}, found.findings[0]] }));
    assert.equal((await opened()).open.length, 1);
    assert.deepEqual(messages, []);
    await write('found', '{');
    await write('decisions', '{"a": 1}');
    assert.deepEqual((await opened()).open, []);
    assert.equal(messages.length, 1);
  });
});

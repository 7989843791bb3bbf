import assert from 'node:assert/strict';
import { FileChoices } from '../../../../src/editor/labels/fileChoices';
import type { Store } from '../../../../src/editor/labels/fileChoices';

class MemoryStore implements Store {
  private readonly values = new Map<string, string>();

  get(key: string): unknown {
    const value = this.values.get(key);
    return value === undefined ? undefined : JSON.parse(value);
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

describe('Files with labels switched on or off', () => {
  it('are remembered', () => {
    const store = new MemoryStore();
    const choices = new FileChoices(store);
    choices.set('file:///a.txt', true);
    choices.set('file:///b.txt', false);
    choices.set('file:///c.txt', true);
    choices.forget('file:///c.txt');
    const later = new FileChoices(store);
    assert.deepEqual(
      ['a', 'b', 'c'].map((name) => later.get(`file:///${name}.txt`)),
      [true, false, undefined],
    );
  });

  it('are followed when they or their folder get another name', () => {
    const choices = new FileChoices(new MemoryStore());
    choices.set('file:///old/a.txt', true);
    choices.set('file:///older/b.txt', true);
    choices.rename('file:///old', 'file:///new');
    choices.rename('file:///older/b.txt', 'file:///c.txt');
    assert.deepEqual(
      ['old/a.txt', 'new/a.txt', 'older/b.txt', 'c.txt'].map((path) => choices.get(`file:///${path}`)),
      [undefined, true, undefined, true],
    );
  });

  it('are limited to the last thousand', () => {
    const choices = new FileChoices(new MemoryStore());
    for (let i = 0; i < 1_001; i++) choices.set(`file:///${i}`, true);
    assert.equal(choices.get('file:///0'), undefined);
    assert.equal(choices.get('file:///1'), true);
  });
});

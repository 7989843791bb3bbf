import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { sharedFolder } from '../../../src/workspace/sharedFolder';
import { temporaryStorage } from './temporaryStorage';

describe('the storage of a window', () => {
  const { folder } = temporaryStorage();
  const storage = (id: string): string => path.join(folder(), id, 'rnn-tagger.rnn-tagger');

  for (const id of ['0123456789abcdef0123456789abcdef', '-5e1f2b', '1700000000000']) {
    it(`is that of the first window on the same folder, ${id}`, () => {
      mkdirSync(path.join(folder(), id));
      assert.equal(sharedFolder(storage(id)), storage(id));
      for (const n of [1, 2, 9]) assert.equal(sharedFolder(storage(`${id}-${n}`)), storage(id));
    });
  }

  it('is its own where there is no first window’s', () => {
    for (const id of ['-1', 'abc-1', 'other', 'other-0', 'other-10']) {
      mkdirSync(path.join(folder(), id));
      assert.equal(sharedFolder(storage(id)), storage(id));
    }
  });
});

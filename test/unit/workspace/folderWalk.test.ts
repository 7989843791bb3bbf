import assert from 'node:assert/strict';
import { walkFolder } from '../../../src/workspace/folderWalk';
import type { FolderEntry, FolderWalk } from '../../../src/workspace/folderWalk';

/** Folders by their paths; a name with `/` behind it is a folder, one with `@` a link to the folder at the top. */
const folders: Record<string, readonly string[]> = {
  '': ['a.conll', 'b.txt', 'data/', 'node_modules/', 'again@', 'gone/'],
  data: ['c.conll', 'up@', 'deep/'],
  'data/deep': ['d.CONLL', 'd.conll'],
  node_modules: ['e.conll'],
};

function entriesOf(path: string): FolderEntry[] {
  // A link leads to the top again, however often.
  const real = path.replace(/^(?:.*\/)?(?:again|up)(?:\/|$)/, '');
  if (!(real in folders)) throw new Error(`${path} cannot be read`);
  return folders[real].map((name) => ({
    name: name.replace(/[/@]$/, ''),
    kind: /[/@]$/.test(name) ? 'folder' : 'file',
    isLink: name.endsWith('@'),
  }));
}

const walk = (more: Partial<FolderWalk> = {}): Promise<string[]> =>
  walkFolder({
    list: (path) => Promise.resolve().then(() => entriesOf(path)),
    include: ['**/*.conll'],
    exclude: ['**/node_modules/**'],
    most: Infinity,
    isCancelled: () => false,
    ...more,
  });

describe('a folder that is gone through', () => {
  it('has the files that the patterns mean, the upper ones first, and comes to an end where links go in circles', async () => {
    assert.deepEqual(await walk(), [
      'a.conll',
      'data/c.conll',
      'again/a.conll',
      'data/up/a.conll',
      'data/deep/d.conll',
      'again/data/c.conll',
      'data/up/data/c.conll',
      'again/data/deep/d.conll',
      'data/up/data/deep/d.conll',
    ]);
    const own = await walk({ exclude: ['**/node_modules/**', 'again', '**/up'] });
    assert.deepEqual(own, ['a.conll', 'data/c.conll', 'data/deep/d.conll']);
  });

  it('is left where there are enough files, or somebody cancels', async () => {
    assert.deepEqual(await walk({ most: 2 }), ['a.conll', 'data/c.conll']);
    let listed = 0;
    const list = (path: string): Promise<FolderEntry[]> =>
      Promise.resolve(entriesOf(path)).finally(() => listed++);
    assert.deepEqual(await walk({ list, isCancelled: () => listed > 0 }), ['a.conll']);
    assert.equal(listed, 1);
  });

  it('is not looked into where its path is left out', async () => {
    const listed: string[] = [];
    await walk({
      list: (path) => {
        listed.push(path);
        return Promise.resolve(path === '' ? entriesOf('') : []);
      },
    });
    assert.deepEqual(listed, ['', 'data', 'again', 'gone']);
  });
});

import assert from 'node:assert/strict';
import { distinctNames, foldersAbove, pathInWorkspace } from '../../../src/workspace/workspacePaths';

describe('paths in the workspace', () => {
  it('begin with the folder’s name', () => {
    assert.equal(
      pathInWorkspace('/home/me/data/en/train.conllu', { name: 'data', path: '/home/me/data' }),
      'data/en/train.conllu',
    );
    assert.equal(pathInWorkspace('/train.conllu', { name: 'root', path: '/' }), 'root/train.conllu');
  });

  it('are distinct for folders of the same name', () => {
    assert.deepEqual(distinctNames(['data', 'corpora', 'data', 'data']), [
      'data',
      'corpora',
      'data (2)',
      'data (3)',
    ]);
  });

  it('give the folders above files, up to the workspace folder', () => {
    const files = [
      'file:///w/a/b/x.conllu',
      'file:///w/a/y.conllu',
      'file:///v/z.conllu',
      'file:///elsewhere/q.conllu',
    ];
    assert.deepEqual([...foldersAbove(files, ['file:///w', 'file:///v/'])].sort(), [
      'file:///v',
      'file:///w',
      'file:///w/a',
      'file:///w/a/b',
    ]);
    assert.deepEqual([...foldersAbove(['file:///other/x.conllu'], ['file:///w'])], []);
  });

  it('are found where very many slashes stand in a folder’s URI', () => {
    // Time that is quadratic in these would take hours.
    assert.deepEqual(foldersAbove(['file:///a'], [`file:///${'/'.repeat(2e6)}b`]), new Set());
    assert.deepEqual(foldersAbove(['/a/b/c'], ['/a///']), new Set(['/a/b', '/a']));
  });
});

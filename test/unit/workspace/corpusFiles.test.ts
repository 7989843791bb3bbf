import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { CorpusFiles } from '../../../src/workspace/corpusFiles';

const uri = (file: string): vscode.Uri => ({ toString: () => file }) as vscode.Uri;
const found = (...files: string[]) => new Map(files.map((file) => [file, uri(file)]));
const take = (files: CorpusFiles): string[] => [...files.takeStale()].map(String);

describe('The files of corpora', () => {
  it('are read once after they are found, and again when they change', () => {
    const files = new CorpusFiles(() => undefined);
    files.replace(found('a', 'b'));
    assert.deepEqual(take(files), ['a', 'b']);
    assert.ok(files.areUpToDate);
    files.replace(found('a', 'b', 'c'));
    files.refresh(uri('b'));
    files.refresh(uri('x'));
    assert.deepEqual(take(files), ['c', 'b']);
  });

  it('are read alone when they change, however many there are', () => {
    const files = new CorpusFiles(() => undefined);
    files.replace(found(...Array.from({ length: 2000 }, (_, i) => `f${i}`)));
    assert.equal(files.unread, 2000);
    assert.equal(take(files).length, 2000);
    for (const changed of ['f1999', 'f0', 'f700']) {
      files.refresh(uri(changed));
      assert.equal(files.unread, 1);
      assert.deepEqual(take(files), [changed]);
    }
    assert.deepEqual(take(files), []);
  });

  it('stay to be read where a reader takes some of them only', () => {
    const files = new CorpusFiles(() => undefined);
    files.replace(found('a', 'b', 'c'));
    for (const first of files.takeStale()) {
      assert.equal(String(first), 'a');
      break;
    }
    assert.deepEqual(take(files), ['b', 'c']);
  });

  it('are forgotten when a search does not find them any more, or when their folder is deleted', () => {
    const forgotten: string[] = [];
    const files = new CorpusFiles((file) => forgotten.push(file));
    files.replace(found('d/a', 'd/b', 'e'));
    files.replace(found('d/a', 'e'));
    assert.ok(files.forgetBelow([uri('d')]));
    assert.deepEqual(forgotten, ['d/b', 'd/a']);
    assert.deepEqual(files.takeGone(), ['d/b', 'd/a']);
    assert.deepEqual(take(files), ['e']);
    assert.ok(files.areUpToDate);
  });

  it('are read one by one after the reader died at some of them', () => {
    const files = new CorpusFiles(() => undefined);
    files.replace(found('a', 'b', 'c'));
    assert.deepEqual(take(files), ['a', 'b', 'c']);
    files.suspect(['a', 'b'].map((file) => ({ file, uri: uri(file) })));
    files.refresh(uri('c'));
    assert.deepEqual(take(files), ['a']);
    files.clearSuspects(['a']);
    assert.deepEqual(take(files), ['b']);
    files.clearSuspects(['b']);
    assert.deepEqual(take(files), ['c']);
  });
});

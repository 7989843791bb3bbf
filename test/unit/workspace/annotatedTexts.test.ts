import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import {
  annotationsBeside,
  isAnnotations,
  sourceOf,
  sourcesOf,
  withPairs,
} from '../../../src/workspace/annotatedTexts';

/** As much of a URI as is looked at. */
const uri = (path: string): vscode.Uri =>
  ({
    path,
    with: (change: { path: string }) => uri(change.path),
    toString: () => `file://${path}`,
  }) as vscode.Uri;

describe('A text and its annotations', () => {
  it('go by the text, each pair once', () => {
    const found = ['/c/a.ann', '/c/a.txt', '/c/b.ANN', '/c/x.conllu', '/c/ann'].map(uri);
    assert.deepEqual(
      [...sourcesOf(found).keys()],
      ['a.txt', 'b.TXT', 'x.conllu', 'ann'].map((name) => `file:///c/${name}`),
    );
    assert.equal(sourceOf(uri('/c/a.txt')).path, '/c/a.txt');
    assert.equal(annotationsBeside(uri('/c/a.TXT'))?.path, '/c/a.ANN');
    assert.equal(annotationsBeside(uri('/c/a.conll')), undefined);
    assert.equal(annotationsBeside(uri('/c/a.md'))?.path, '/c/a.md.ann');
    assert.equal(sourceOf(uri('/c/a.md.ann')).path, '/c/a.md');
    assert.deepEqual([uri('/a.ann'), uri('/a.txt')].map(isAnnotations), [true, false]);
  });

  it('find each other, whatever the text is called', () => {
    for (const name of [
      'a.txt',
      'A.TXT',
      'a.Txt',
      'a.md',
      'a.MD',
      'a.md.txt',
      'a.md.TXT',
      'a.txt.txt',
      'a.markdown',
    ])
      assert.equal(sourceOf(annotationsBeside(uri(`/c/${name}`))!).path, `/c/${name}`);
    const beside = ['a.txt', 'a.TXT', 'a.md', 'a.md.txt'].map((name) => annotationsBeside(uri(name))?.path);
    assert.equal(new Set(beside).size, 4);
  });

  it('are both watched where a pattern finds one of them', () => {
    assert.deepEqual(withPairs(['**/*.conllu', '**/*.ann', 'names/*.txt']), [
      '**/*.conllu',
      '**/*.ann',
      'names/*.txt',
      '**/*.txt',
      '**/*.md',
      '**/*.markdown',
      '**/*.TXT',
      '**/*.ANN',
      'names/*.ann',
    ]);
  });
});

import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { documentKind } from '../../../../src/editor/labels/documentKind';
import type { CorpusIndex } from '../../../../src/workspace/services';
import { linesOf } from './documents';

/** Documents of no corpus. */
const none = { corpusOf: () => undefined } as unknown as CorpusIndex;

function kindOf(name: string, text: string): string | undefined {
  const { lineCount, lineAt } = linesOf(text);
  const document = {
    uri: { path: `/folder/${name}` },
    languageId: 'plaintext',
    version: 1,
    lineCount,
    lineAt: (line: number) => ({ text: lineAt(line) }),
  } as unknown as vscode.TextDocument;
  const kind = documentKind(document, none);
  return kind.kind === 'rows' ? kind.layout.kind : undefined;
}

const words = 'and so on '.repeat(400);
const record = (text: string): string =>
  JSON.stringify({ text: `Rita lives in Oslo, ${text}`, label: [[0, 4, 'PER']] });

describe('a document of no corpus', () => {
  it('is told by records that are long', () => {
    assert.equal(kindOf('a.jsonl', `${record('')}\n`.repeat(5)), 'json-spans');
    assert.equal(kindOf('a.jsonl', `${record(words)}\n`.repeat(5)), 'json-spans');
    assert.equal(kindOf('a.json', `[${Array(20).fill(record(words)).join(',')}]`), 'json-spans');
    const tokens = words.trim().split(' ');
    const list = JSON.stringify({ tokens, ner_tags: tokens.map(() => 'O') });
    assert.equal(kindOf('a.jsonl', `${list}\n`.repeat(3)), 'json-tokens');
  });

  it('is told by the first of its records, however many there are', () => {
    assert.equal(kindOf('a.jsonl', `${record(words.repeat(20))}\n`.repeat(100)), 'json-spans');
  });

  it('is text where nothing else fits, also with brackets in front of a long line', () => {
    assert.equal(kindOf('letter.txt', `[1] ${words}\n`.repeat(5)), undefined);
    assert.equal(kindOf('letter.txt', `{${words}}\n`), undefined);
  });
});

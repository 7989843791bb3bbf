import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { DocumentKind } from '../../../../src/editor/labels/documentKind';
import { FileMarks, runsOf } from '../../../../src/editor/labels/fileMarks';
import { LabelCache } from '../../../../src/editor/labels/labelCache';
import { LabelQueue } from '../../../../src/editor/labels/labelQueue';
import type { TaggedToken, TaggerRequest, TaggerResponse } from '../../../../src/engine/taggerProtocol';
import type { LoadedModel } from '../../../../src/workspace/services';
import { FakeClock } from '../../workspace/fakeClock';
import { linesOf, tokenOf } from './documents';

const rows: DocumentKind = {
  kind: 'rows',
  layout: { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: ' ' },
};

/** A file of `word GOLD` rows under a model that labels each row `X`. */
function setUp(content: string, kind: DocumentKind = rows) {
  const clock = new FakeClock();
  const state: { content: string; version: number; kind: DocumentKind; model: LoadedModel; asked: string[] } =
    {
      content,
      version: 1,
      kind,
      model: { key: 'model', revision: 1 } as LoadedModel,
      asked: [],
    };
  const marked: (readonly number[])[] = [];
  const whenAsked: (() => void)[] = [];
  let split = { content, lines: linesOf(content) };
  const lines = (): typeof split.lines => {
    if (split.content !== state.content) split = { content: state.content, lines: linesOf(state.content) };
    return split.lines;
  };
  const document = Object.defineProperties(
    { lineAt: (line: number) => ({ text: lines().lineAt(line) }) },
    {
      version: { get: () => state.version },
      lineCount: { get: () => lines().lineCount },
    },
  );
  const tagger = {
    request: <Request extends TaggerRequest>(request: Request): Promise<TaggerResponse<Request>> => {
      assert.ok(request.type === 'tag');
      const { text, firstLine } = request.input;
      state.asked.push(text);
      whenAsked.splice(0).forEach((act) => act());
      const tokens: TaggedToken[] = text
        .split('\n')
        .flatMap((line, i) =>
          line === '' ? [] : [tokenOf({ line: firstLine + i, label: 'X', gold: line.split(' ')[1] })],
        );
      return Promise.resolve(tokens as unknown as TaggerResponse<Request>);
    },
  };
  const marks = new FileMarks(
    { document } as unknown as vscode.TextEditor,
    {
      tagger,
      cache: new LabelCache(),
      queue: new LabelQueue(),
      kindOf: () => state.kind,
      modelFor: () => state.model,
      mark: (_, lines) => marked.push(lines),
      report: (error) => assert.fail(String(error)),
    },
    clock,
  );
  /** Lets time pass, and all turns that are in line by then. */
  const settle = async (ms: number): Promise<void> => {
    clock.pass(ms);
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
  };
  return { marks, state, marked, settle, whenAsked, clock };
}

describe('The marks of a file', () => {
  it('are all rows that differ from gold, far beyond what is on screen', async () => {
    const sentences = Array.from({ length: 3_000 }, (_, i) => (i % 1_000 === 7 ? 'a Y\nb X' : 'a X\nb X'));
    const { marks, marked, settle } = setUp(sentences.join('\n\n'));
    marks.request();
    await settle(1_000);
    assert.deepEqual(marked, [[21, 3_021, 6_021]]);
  });

  it('come after a moment of quiet, and are worked out once for a text and a model', async () => {
    const { marks, state, marked, settle } = setUp('a Y\n\nb X');
    marks.request();
    await settle(500);
    assert.equal(marked.length, 0);
    await settle(500);
    marks.request();
    await settle(20_000);
    assert.deepEqual([marked.length, state.asked.length], [1, 1]);
  });

  it('follow an edit, for which its own sentence is labelled alone', async () => {
    const { marks, state, marked, settle } = setUp('a Y\n\nb X\n\nc X');
    marks.request();
    await settle(1_000);
    state.content = 'new X\n\na Y\n\nb Z\n\nc X';
    state.version++;
    marks.request();
    await settle(1_000);
    assert.deepEqual(marked, [[0], [2, 4]]);
    assert.deepEqual(state.asked.slice(1), ['new X', 'b Z']);
  });

  it('are worked out again for another revision of the model', async () => {
    const { marks, state, marked, settle } = setUp('a Y');
    marks.request();
    await settle(1_000);
    state.model = { ...state.model, revision: 2 };
    marks.request();
    await settle(1_000);
    assert.equal(marked.length, 2);
    assert.equal(state.asked.length, 2);
  });

  it('come while the model goes on learning: a way through the file is gone to its end', async () => {
    const sentences = Array.from({ length: 3_000 }, (_, i) =>
      i % 1_000 === 7 ? 'a Y\nb X' : `a${i} X\nb X`,
    );
    const { marks, state, marked, settle, whenAsked, clock } = setUp(sentences.join('\n\n'));
    let asked = 0;
    const learn = (): void => {
      asked++;
      state.model = { ...state.model, revision: state.model.revision + 1 };
      marks.request();
      clock.pass(10_000);
      if (asked < 3) whenAsked.push(learn);
    };
    whenAsked.push(learn);
    marks.request();
    await settle(1_000);
    assert.equal(asked, 3);
    assert.deepEqual(marked, [[21, 3_021, 6_021]]);
  });

  it('begin anew where the text changes on the way', async () => {
    const { marks, state, marked, settle, whenAsked } = setUp('a Y\n\nb X');
    whenAsked.push(() => {
      state.content = `c X\n\n${state.content}`;
      state.version++;
    });
    marks.request();
    await settle(1_000);
    assert.deepEqual(marked, []);
    await settle(1_000);
    assert.deepEqual(marked, [[2]]);
  });

  it('are none in text, and are gone with the labels', async () => {
    const { marks, state, marked, settle } = setUp('a Y');
    marks.request();
    await settle(1_000);
    marks.clear();
    assert.deepEqual(marked, [[0], []]);
    state.kind = { kind: 'text', markdown: false };
    marks.request();
    await settle(20_000);
    assert.equal(marked.length, 2);
  });

  it('are left alone after the editor is gone', async () => {
    const { marks, marked, settle } = setUp('a Y');
    marks.request();
    marks.dispose();
    await settle(20_000);
    assert.deepEqual(marked, []);
  });

  it('are drawn as runs of lines', () => {
    assert.deepEqual(runsOf([1, 2, 3, 7, 9, 10]), [
      { first: 1, last: 3 },
      { first: 7, last: 7 },
      { first: 9, last: 10 },
    ]);
    assert.deepEqual(runsOf([]), []);
  });
});

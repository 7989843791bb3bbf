import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { DocumentKind } from '../../../../src/editor/labels/documentKind';
import type { StyledDecorations } from '../../../../src/editor/labels/drawnDecorations';
import { EditorLabels } from '../../../../src/editor/labels/editorLabels';
import type { LabelSource } from '../../../../src/editor/labels/editorLabels';
import { LabelCache } from '../../../../src/editor/labels/labelCache';
import { LabelQueue } from '../../../../src/editor/labels/labelQueue';
import { drawingOf } from '../../../../src/editor/labels/labelStyle';
import type { Tagger } from '../../../../src/engine/engine';
import type { TaggedToken, TaggerRequest, TaggerResponse } from '../../../../src/engine/taggerProtocol';
import type { LoadedModel } from '../../../../src/workspace/services';
import { resolved } from '../../training/resolved';
import { FakeClock } from '../../workspace/fakeClock';
import { linesOf } from './documents';

const rows: DocumentKind = {
  kind: 'rows',
  layout: { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: ' ' },
};
const text: DocumentKind = { kind: 'text', markdown: false };

/** Labels each word with its length, as `L3`, in a sentence for each line; answers when the test says so. */
class FakeTagger implements Pick<Tagger, 'request'> {
  readonly asked: string[] = [];
  private readonly waiting: (() => void)[] = [];
  failure: Error | undefined;
  prefix = 'L';

  request<Request extends TaggerRequest>(request: Request): Promise<TaggerResponse<Request>> {
    if (request.type !== 'tag') throw new Error(request.type);
    const { input } = request;
    this.asked.push(input.text);
    const tokens: TaggedToken[] = input.text.split('\n').flatMap((line, i) => {
      const shift = i === 0 && input.kind === 'text' ? input.firstColumn : 0;
      const words = input.kind === 'rows' ? [...line.matchAll(/^\S+/g)] : [...line.matchAll(/\S+/g)];
      return words.map((word) => {
        const label = `${this.prefix}${word[0].length}`;
        const startColumn = shift + word.index;
        const best = [{ label, probability: 1 }];
        const gold = input.kind === 'rows' ? line.split(' ')[1] : undefined;
        return {
          line: input.firstLine + i,
          startColumn,
          endColumn: startColumn + word[0].length,
          sentence: i,
          label,
          probability: 1,
          best,
          gold,
        };
      });
    });
    return new Promise((resolve, reject) => {
      const { failure } = this;
      this.waiting.push(() =>
        failure ? reject(failure) : resolve(tokens as unknown as TaggerResponse<Request>),
      );
    });
  }

  /** Answers what has waited longest. */
  async answerOne(): Promise<void> {
    this.waiting.shift()?.();
    await new Promise(setImmediate);
  }

  /** Answers all that wait, and all that is asked thereupon. */
  async answer(): Promise<void> {
    while (this.waiting.length > 0) {
      for (const respond of this.waiting.splice(0)) respond();
      await new Promise(setImmediate);
    }
  }
}

/** An editor over a text, with what the labels need of it. */
class FakeEditor {
  version = 1;
  visible = [{ first: 0, last: 30 }];
  cursor = { line: 0, character: 0 };
  /** Where the viewport begins on its first line and ends on its last. */
  columns = { start: 0, end: 0 };
  readonly editor: vscode.TextEditor;

  constructor(public content: string) {
    const document = Object.defineProperties(
      { lineAt: (line: number) => ({ text: linesOf(this.content).lineAt(line) }) },
      { version: { get: () => this.version }, lineCount: { get: () => linesOf(this.content).lineCount } },
    );
    const visibleRanges = () =>
      this.visible.map(({ first, last }) => ({
        start: { line: first, character: this.columns.start },
        end: { line: last, character: this.columns.end },
      }));
    const editor = Object.defineProperties(
      { document },
      { visibleRanges: { get: visibleRanges }, selection: { get: () => ({ active: this.cursor }) } },
    );
    this.editor = editor as unknown as vscode.TextEditor;
  }

  edit(content: string): void {
    this.content = content;
    this.version++;
  }
}

function modelOf(revision: number): LoadedModel {
  const labels = Array.from({ length: 30 }, (_, i) => `L${i}`);
  return {
    key: 'model',
    revision,
    info: {
      corpus: 'c',
      corpusName: 'C',
      column: 'LABEL',
      labels,
      scheme: 'none',
      layout: { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: ' ' },
      settings: resolved(),
      created: '2025-01-01T00:00:00Z',
    },
  };
}

function setUp(content: string, kind: DocumentKind = rows) {
  const clock = new FakeClock();
  const tagger = new FakeTagger();
  const fake = new FakeEditor(content);
  const calls: StyledDecorations[] = [];
  const shown = new Map<string, string[]>();
  const marked: (readonly number[])[] = [];
  const reports: unknown[] = [];
  const state: { kind: DocumentKind | undefined; model: LoadedModel | undefined } = {
    kind,
    model: modelOf(1),
  };
  const source: LabelSource = {
    tagger,
    cache: new LabelCache(),
    queue: new LabelQueue(),
    kindOf: () => state.kind,
    modelFor: () => state.model,
    drawingFor: () => drawingOf('labels', false, true),
    draw: (_, ranges) => {
      calls.push(ranges);
      shown.set(
        `${ranges.style.kind} ${ranges.style.text}`,
        ranges.decorations.map(({ startLine, startColumn }) => `${startLine}:${startColumn}`),
      );
    },
    mark: (_, lines) => marked.push(lines),
    report: (error) => reports.push(error),
    renewed: () => undefined,
  };
  const labels = new EditorLabels(fake.editor, source, clock);
  /** What is on screen: `kind text` → where. */
  const onScreen = (): Record<string, string[]> =>
    Object.fromEntries([...shown].filter(([, places]) => places.length > 0));
  return { clock, tagger, fake, calls, marked, reports, state, source, labels, onScreen };
}

describe('The labels of an editor', () => {
  it('are drawn at their rows, by one request for what is on screen', async () => {
    const { tagger, labels, onScreen } = setUp('one L3\nfour L5\n\nfive L4\n');
    labels.renew();
    await tagger.answer();
    assert.deepEqual(onScreen(), {
      'agrees L3': ['0:0'],
      'differs ≠ L4': ['1:0'],
      'differing-token ': ['1:0'],
      'agrees L4': ['3:0'],
    });
    assert.deepEqual(tagger.asked, ['one L3\nfour L5\n\nfive L4']);
  });

  it('are drawn at the words of text', async () => {
    const { tagger, labels, onScreen } = setUp('one four\n\nfive', text);
    labels.renew();
    await tagger.answer();
    assert.deepEqual(onScreen(), { 'token L3': ['0:0'], 'token L4': ['0:4', '2:0'] });
  });

  it('are asked for new sentences only as soon as one types, and stay till the answer is there', async () => {
    const { tagger, fake, calls, labels, onScreen } = setUp('one two\n\nthree\n\nsix', text);
    labels.renew();
    await tagger.answer();
    calls.length = 0;
    fake.edit('one two\n\nthreee\n\nsix');
    labels.edited({ first: 2, last: 2 });
    assert.deepEqual(tagger.asked.slice(1), ['threee']);
    assert.equal(calls.length, 0);
    await tagger.answer();
    assert.deepEqual(onScreen(), { 'token L3': ['0:0', '0:4', '4:0'], 'token L6': ['2:0'] });
    assert.ok(calls.every(({ style }) => ['L3', 'L5', 'L6'].includes(style.text)));
  });

  it('are not set again where nothing changed', async () => {
    const { clock, tagger, calls, labels } = setUp('one two', text);
    labels.renew();
    await tagger.answer();
    calls.length = 0;
    labels.scrolled();
    clock.pass(1_000);
    labels.renew();
    assert.deepEqual(calls, []);
    assert.equal(tagger.asked.length, 1);
  });

  it('of an older text are dropped, and kept for when that text comes back', async () => {
    const { clock, tagger, fake, labels, calls, onScreen } = setUp('one', text);
    labels.renew();
    fake.edit('four');
    labels.edited({ first: 0, last: 0 });
    await tagger.answer();
    assert.deepEqual(
      calls.map(({ style }) => style.text),
      ['L4'],
    );
    assert.deepEqual(onScreen(), { 'token L4': ['0:0'] });
    clock.pass(150);
    fake.edit('one');
    labels.edited({ first: 0, last: 0 });
    assert.deepEqual(onScreen(), { 'token L3': ['0:0'] });
    assert.deepEqual(tagger.asked, ['one', 'four']);
  });

  it('are renewed at once, and then each half second, by one who never stops typing', async () => {
    const { clock, tagger, fake, labels } = setUp('a', text);
    for (let i = 0; i < 10; i++) {
      fake.edit('a'.repeat(i + 1));
      labels.edited({ first: 0, last: 0 });
      await tagger.answer();
      clock.pass(100);
    }
    assert.deepEqual(tagger.asked, ['a', 'aaaaaa']);
  });

  it('are asked for one request after the other, the newest text last', async () => {
    const { clock, tagger, fake, labels, onScreen } = setUp('one', text);
    labels.renew();
    for (const content of ['three', 'seven77']) {
      fake.edit(content);
      labels.edited({ first: 0, last: 0 });
      clock.pass(200);
    }
    assert.deepEqual(tagger.asked, ['one']);
    await tagger.answer();
    assert.deepEqual(tagger.asked, ['one', 'seven77']);
    assert.deepEqual(onScreen(), { 'token L7': ['0:0'] });
  });

  it('follow each revision of the model, at most once a second', async () => {
    const { clock, tagger, state, labels, onScreen } = setUp('one', text);
    labels.renew();
    await tagger.answer();
    for (let revision = 2; revision <= 11; revision++) {
      state.model = modelOf(revision);
      tagger.prefix = `R${revision}-`;
      labels.modelChanged();
      await tagger.answer();
      clock.pass(250);
    }
    await tagger.answer();
    assert.ok(tagger.asked.length <= 5, `${tagger.asked.length}`);
    clock.pass(1_000);
    await tagger.answer();
    assert.deepEqual(onScreen(), { 'token R11-3': ['0:0'] });
  });

  it('go when labels are switched off or the model is gone, and come back at once', async () => {
    const { tagger, state, labels, onScreen } = setUp('one', text);
    labels.renew();
    await tagger.answer();
    state.kind = undefined;
    labels.renew();
    assert.deepEqual(onScreen(), {});
    state.kind = text;
    labels.renew();
    assert.deepEqual(onScreen(), { 'token L3': ['0:0'] });
    state.model = undefined;
    labels.renew();
    assert.deepEqual(onScreen(), {});
    assert.equal(tagger.asked.length, 1);
  });

  it('that arrive after labels were switched off are not drawn', async () => {
    const { tagger, state, labels, onScreen } = setUp('one', text);
    labels.renew();
    state.kind = undefined;
    labels.renew();
    await tagger.answer();
    assert.deepEqual(onScreen(), {});
  });

  it('are tried again at the next change after a failure, which is reported', async () => {
    const { clock, tagger, reports, labels, onScreen } = setUp('one', text);
    tagger.failure = new Error('The worker died.');
    labels.renew();
    await tagger.answer();
    assert.deepEqual(reports, [tagger.failure]);
    clock.pass(60_000);
    assert.equal(tagger.asked.length, 1);
    tagger.failure = undefined;
    labels.scrolled();
    clock.pass(200);
    await tagger.answer();
    assert.deepEqual(onScreen(), { 'token L3': ['0:0'] });
    assert.equal(reports.at(-1), undefined);
  });

  it('are on and around the visible lines only', async () => {
    const { clock, tagger, fake, labels, onScreen } = setUp('one L3\n\n'.repeat(1_000));
    fake.visible = [{ first: 1_000, last: 1_040 }];
    labels.renew();
    await tagger.answer();
    const lines = onScreen()['agrees L3'].map((place) => Number(place.split(':')[0]));
    assert.deepEqual([lines[0], lines.at(-1)], [940, 1_100]);
    const asked = tagger.asked.length;
    fake.visible = [{ first: 1_100, last: 1_140 }];
    labels.scrolled();
    clock.pass(200);
    await tagger.answer();
    assert.equal(tagger.asked.length, asked, 'the same sentences are known');
  });

  it('on screen come first, and then those of the lines around it', async () => {
    const { tagger, fake, labels, onScreen } = setUp('one L3\n\n'.repeat(1_000));
    fake.visible = [{ first: 1_000, last: 1_040 }];
    labels.renew();
    const linesOfLast = (): number => (tagger.asked.at(-1)?.match(/one/g) ?? []).length;
    assert.equal(linesOfLast(), 21);
    await tagger.answerOne();
    const lines = onScreen()['agrees L3'].map((place) => Number(place.split(':')[0]));
    assert.deepEqual([lines[0], lines.at(-1)], [1_000, 1_040]);
    assert.equal(linesOfLast(), 30, 'the lines above are asked for now');
  });

  it('tell when those on screen are drawn, however they come to an end', async () => {
    const { tagger, fake, labels, onScreen } = setUp('one L3\n\n'.repeat(1_000));
    fake.visible = [{ first: 1_000, last: 1_040 }];
    await labels.drawnOnScreen();
    labels.renew();
    let drawn = 0;
    void labels.drawnOnScreen().then(() => (drawn = onScreen()['agrees L3'].length));
    await new Promise(setImmediate);
    assert.equal(drawn, 0);
    await tagger.answerOne();
    assert.equal(drawn, 21);
    await tagger.answer();
    fake.edit('four L4\n');
    labels.renew();
    tagger.failure = new Error('The worker died.');
    const failed = labels.drawnOnScreen();
    await tagger.answer();
    await failed;
    fake.edit('seven L5\n');
    labels.renew();
    const closed = labels.drawnOnScreen();
    labels.dispose();
    await closed;
  });

  it('around what is on screen are not asked for once the text is another one', async () => {
    const { tagger, fake, labels, onScreen } = setUp('one L3\n\n'.repeat(100));
    fake.visible = [{ first: 0, last: 40 }];
    labels.renew();
    fake.edit('four L4\n');
    await tagger.answer();
    assert.equal(tagger.asked.length, 1);
    assert.deepEqual(onScreen(), {});
  });

  it('of a long line that wraps are shown in all that is on screen, wherever the cursor is', async () => {
    const { clock, tagger, fake, labels, onScreen } = setUp('word '.repeat(10_000), text);
    fake.columns = { start: 30_000, end: 36_000 };
    fake.visible = [{ first: 0, last: 0 }];
    labels.renew();
    await tagger.answer();
    const columns = (): number[] => onScreen()['token L4'].map((place) => Number(place.split(':')[1]));
    assert.ok(Math.min(...columns()) <= 30_000 && Math.max(...columns()) >= 35_990);
    assert.equal(labels.partial, false);
    const asked = tagger.asked.length;
    fake.columns = { start: 31_000, end: 37_000 };
    labels.scrolled();
    clock.pass(200);
    await tagger.answer();
    assert.ok(Math.max(...columns()) >= 36_990);
    assert.ok(tagger.asked.length - asked <= 1, 'what was labelled before is known');
  });

  it('of a very long line are shown around the cursor, which they follow', async () => {
    const { clock, tagger, fake, labels, onScreen } = setUp('word '.repeat(10_000), text);
    labels.renew();
    await tagger.answer();
    assert.equal(labels.partial, true);
    assert.equal(onScreen()['cut '].length, 1);
    fake.cursor = { line: 0, character: 25_000 };
    labels.cursorMoved();
    clock.pass(200);
    await tagger.answer();
    const columns = onScreen()['token L4'].map((place) => Number(place.split(':')[1]));
    assert.ok(Math.min(...columns) >= 22_500 && Math.max(...columns) <= 27_500);
    assert.equal(onScreen()['cut '].length, 2);
  });

  it('tell the token at a position, while the text is the one that was labelled', async () => {
    const { tagger, fake, labels } = setUp('one four\nsix', text);
    labels.renew();
    await tagger.answer();
    const at = (line: number, character: number): string | undefined =>
      labels.tokenAt({ line, character })?.token.label;
    assert.deepEqual(
      [at(0, 0), at(0, 3), at(0, 4), at(0, 8), at(1, 2), at(2, 0)],
      ['L3', 'L3', 'L4', 'L4', 'L3', undefined],
    );
    fake.edit('x');
    assert.equal(at(0, 0), undefined);
  });

  it('tell a row’s token anywhere on the row', async () => {
    const { tagger, labels } = setUp('one L3\n');
    labels.renew();
    await tagger.answer();
    assert.equal(labels.tokenAt({ line: 0, character: 6 })?.token.label, 'L3');
    assert.equal(labels.tokenAt({ line: 1, character: 0 }), undefined);
  });

  it('are left alone after the editor is gone', async () => {
    const { clock, tagger, labels, calls } = setUp('one', text);
    labels.renew();
    labels.edited({ first: 0, last: 0 });
    labels.dispose();
    clock.pass(1_000);
    await tagger.answer();
    assert.deepEqual(calls, []);
    assert.equal(tagger.asked.length, 1);
  });
});

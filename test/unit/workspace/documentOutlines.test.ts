import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { CorpusOutline } from '../../../src/corpus/outline';
import type { Reader } from '../../../src/engine/engine';
import { DocumentOutlines } from '../../../src/workspace/documentOutlines';

class FakeDocument {
  version = 1;
  isClosed = false;
}

/** What a reader was asked, and answers to it when the test says so. */
class Asked {
  readonly texts: string[] = [];
  private readonly waiting: ((outline: CorpusOutline | Error) => void)[] = [];

  readonly reader = {
    outline: ({ source }: { source: { content: string } }) => {
      this.texts.push(source.content);
      return new Promise<CorpusOutline>((resolve, reject) =>
        this.waiting.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer))),
      );
    },
    dispose: () => undefined,
  } as unknown as Reader;

  async answer(answer?: Error): Promise<void> {
    const name = this.texts[this.texts.length - this.waiting.length];
    this.waiting.shift()?.(answer ?? ({ names: [name] } as unknown as CorpusOutline));
    await new Promise(setImmediate);
  }
}

describe('Outlines of documents', () => {
  const setUp = () => {
    const asked = new Asked();
    const fake = new FakeDocument();
    const document = fake as unknown as vscode.TextDocument;
    const outlines = new DocumentOutlines(
      asked.reader,
      () => ({ file: 'a', path: 'a', content: `version ${fake.version}` }),
      () => false,
    );
    return { asked, fake, document, outlines };
  };
  const live = { isCancellationRequested: false };

  it('are read once for each version, whoever asks', async () => {
    const { asked, fake, document, outlines } = setUp();
    const both = [outlines.outlineOf(document, live), outlines.outlineOf(document, live)];
    await asked.answer();
    assert.deepEqual(await Promise.all(both), [{ names: ['version 1'] }, { names: ['version 1'] }]);
    assert.deepEqual(await outlines.outlineOf(document, live), { names: ['version 1'] });
    fake.version = 2;
    const next = outlines.outlineOf(document, live);
    await asked.answer();
    assert.deepEqual(await next, { names: ['version 2'] });
    assert.deepEqual(asked.texts, ['version 1', 'version 2']);
  });

  it('are not read for who cancels while an older version is, and told to none of a text that has changed', async () => {
    const { asked, fake, document, outlines } = setUp();
    const first = outlines.outlineOf(document, live);
    fake.version = 2;
    const cancelled = { isCancellationRequested: false };
    const second = outlines.outlineOf(document, cancelled);
    cancelled.isCancellationRequested = true;
    fake.version = 3;
    const third = outlines.outlineOf(document, live);
    await asked.answer();
    await asked.answer();
    assert.deepEqual(await Promise.all([first, second, third]), [
      undefined,
      undefined,
      { names: ['version 3'] },
    ]);
    assert.deepEqual(asked.texts, ['version 1', 'version 3']);
  });

  it('are asked for again where the reader failed', async () => {
    const { asked, document, outlines } = setUp();
    const failed = outlines.outlineOf(document, live);
    await asked.answer(new Error('died'));
    await assert.rejects(failed, /died/);
    const again = outlines.outlineOf(document, live);
    await asked.answer();
    assert.deepEqual(await again, { names: ['version 1'] });
  });
});

import assert from 'node:assert/strict';
import { GpuBackend } from '../../src/panel/gpuBackend';
import type { GpuBackendOptions } from '../../src/panel/gpuBackend';
import type { ToTrainerPage } from '../../src/panel/gpuProtocol';
import { patienceMs, until } from '../until';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The page of a panel without a browser: it answers messages, or not, as a test wants. */
class Page {
  readonly received: ToTrainerPage[] = [];
  readonly backend: GpuBackend;
  answersPings = true;
  closed = false;

  constructor(options: Partial<GpuBackendOptions> = {}) {
    this.backend = new GpuBackend({
      script: async () => Buffer.from('script'),
      readyWithinMs: patienceMs,
      startWithinMs: patienceMs,
      pingEveryMs: 10,
      ...options,
    });
  }

  open(): void {
    this.backend.panelOpened((message) => {
      assert.ok(!this.closed, 'VS Code throws where something is sent to a panel that was closed');
      this.received.push(message);
      const { trainer } = message;
      if (message.type === 'trainer.start')
        setTimeout(() => this.backend.receive({ type: 'trainer.started', trainer }), 5);
      if (message.type === 'trainer.ping' && this.answersPings)
        this.backend.receive({ type: 'trainer.pong', trainer });
    });
  }

  close(): void {
    this.closed = true;
    this.backend.panelClosed();
  }
}

async function deathOf(port: {
  onDeath(listener: (error: Error) => void): unknown;
}): Promise<{ message?: string }> {
  const death: { message?: string } = {};
  port.onDeath((error) => (death.message = error.message));
  return death;
}

describe('Panel: the backend with a GPU', () => {
  it('waits a while for a page that is not ready yet', async () => {
    const never = new Page({ readyWithinMs: 60 });
    await assert.rejects(never.backend.open(), { name: 'WorkerError', message: /not open/ });
    never.open();
    await assert.rejects(never.backend.open(), {
      name: 'WorkerError',
      message: /was not ready within 0\.06 s/,
    });
    const page = new Page();
    page.open();
    const opening = page.backend.open();
    await sleep(20);
    page.backend.pageReady();
    (await opening).dispose();
  });

  it('rejects where the panel is closed before its page is ready or its trainer has started', async () => {
    const early = new Page();
    early.open();
    const waiting = early.backend.open();
    early.close();
    await assert.rejects(waiting, { name: 'WorkerError', message: /was closed/ });
    const late = new Page();
    late.open();
    late.backend.pageReady();
    const starting = late.backend.open();
    await sleep(1);
    late.close();
    await assert.rejects(starting, { name: 'WorkerError', message: /was closed/ });
  });

  it('ends the trainer where VS Code discards the page of a hidden panel', async () => {
    const page = new Page();
    page.open();
    page.backend.pageReady();
    const death = await deathOf(await page.backend.open());
    page.backend.pageDiscarded();
    assert.match(death.message ?? '', /hidden without its page being kept/);
    const opening = page.backend.open();
    await sleep(10);
    page.backend.pageReady();
    const again = await opening;
    const later = await deathOf(again);
    assert.equal(later.message, undefined);
    again.dispose();
  });

  it('sends bytes as VS Code takes them: in a buffer of their own, and never Node’s Buffer', async () => {
    const page = new Page();
    page.open();
    page.backend.pageReady();
    const port = await page.backend.open();
    // Small buffers of Node's are parts of a pool.
    const checkpoint = Buffer.from([1, 2, 3]) as Uint8Array<ArrayBuffer>;
    const names = { corpus: 'c', corpusName: 'c', column: 'l' };
    port.post({ type: 'train', device: 'webgpu', threads: 1, names, settings: {} as never, checkpoint });
    port.post({
      type: 'chunk',
      chunk: { kind: 'numbers', name: 'training.words', bytes: new Uint8Array(new ArrayBuffer(100), 4, 8) },
      last: false,
    });
    const sent = page.received.flatMap((message) => {
      if (message.type === 'trainer.start') return [message.script];
      if (message.type !== 'trainer.request') return [];
      const { request } = message;
      return request.type === 'train'
        ? [request.checkpoint!]
        : request.type === 'chunk' && request.chunk.kind === 'numbers'
          ? [request.chunk.bytes]
          : [];
    });
    assert.deepEqual(
      sent.map((bytes) => [bytes.constructor.name, bytes.length, bytes.buffer.byteLength]),
      [
        ['Uint8Array', 6, 6],
        ['Uint8Array', 3, 3],
        ['Uint8Array', 8, 8],
      ],
    );
    assert.deepEqual([...sent[1]], [1, 2, 3]);
    port.dispose();
  });

  it('ends the trainer of a page that leaves pings without an answer, and of no other', async () => {
    const page = new Page();
    page.open();
    page.backend.pageReady();
    const port = await page.backend.open();
    const death = await deathOf(port);
    await sleep(150);
    assert.equal(death.message, undefined);
    page.answersPings = false;
    assert.match(await until('the end of the trainer', () => death.message), /does not answer/);
    assert.deepEqual(page.received.at(-1), { type: 'trainer.end', trainer: 1 });
  });

  it('ignores messages of other trainers, and of its own after it was disposed of', async () => {
    const page = new Page();
    page.open();
    page.backend.pageReady();
    const port = await page.backend.open();
    const types: string[] = [];
    const death = await deathOf(port);
    port.onMessage(({ type }) => types.push(type));
    page.backend.receive({ type: 'trainer.event', trainer: 7, event: { type: 'paused' } });
    page.backend.receive({ type: 'trainer.event', trainer: 1, event: { type: 'resumed' } });
    port.dispose();
    page.backend.receive({ type: 'trainer.event', trainer: 1, event: { type: 'paused' } });
    page.backend.receive({
      type: 'trainer.ended',
      trainer: 1,
      error: { name: 'WorkerError', message: 'gone' },
    });
    page.close();
    assert.deepEqual(types, ['resumed']);
    assert.equal(death.message, undefined, 'disposing of it is not reported as a death');
  });

  it('keeps the later one of two trainers that are opened at once', async () => {
    const page = new Page();
    page.open();
    page.backend.pageReady();
    const [first, second] = await Promise.allSettled([page.backend.open(), page.backend.open()]);
    assert.equal(first.status, 'rejected');
    assert.match((first.reason as Error).message, /Another trainer/);
    assert.equal(second.status, 'fulfilled');
    assert.deepEqual(
      page.received.map(({ type, trainer }) => [type, trainer]),
      [
        ['trainer.start', 1],
        ['trainer.end', 1],
        ['trainer.start', 2],
      ],
    );
    second.value.dispose();
  });
});

import assert from 'node:assert/strict';
import { GpuPlace } from '../../src/panel/gpuPlace';
import type { GpuPlaceOptions } from '../../src/panel/gpuPlace';
import type { ToTrainerPage } from '../../src/panel/gpuProtocol';
import { patienceMs, until } from '../until';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A page that does as it is told: its end of the messages, without a browser. */
class Page {
  readonly heard: ToTrainerPage[] = [];
  readonly place: GpuPlace;
  answersPings = true;
  closed = false;

  constructor(options: Partial<GpuPlaceOptions> = {}) {
    this.place = new GpuPlace({
      script: async () => Buffer.from('script'),
      readyWithinMs: patienceMs,
      startWithinMs: patienceMs,
      pingEveryMs: 10,
      ...options,
    });
  }

  open(): void {
    this.place.panelOpened((message) => {
      assert.ok(!this.closed, 'VS Code throws where something is sent to a panel that was closed');
      this.heard.push(message);
      const { trainer } = message;
      if (message.type === 'trainer.start')
        setTimeout(() => this.place.receive({ type: 'trainer.started', trainer }), 5);
      if (message.type === 'trainer.ping' && this.answersPings)
        this.place.receive({ type: 'trainer.pong', trainer });
    });
  }

  close(): void {
    this.closed = true;
    this.place.panelClosed();
  }
}

async function deathOf(port: {
  onDeath(listener: (error: Error) => void): unknown;
}): Promise<{ message?: string }> {
  const death: { message?: string } = {};
  port.onDeath((error) => (death.message = error.message));
  return death;
}

describe('Panel: a place with a GPU', () => {
  it('waits for a page that is about to be ready, but not for ever', async () => {
    const never = new Page({ readyWithinMs: 60 });
    await assert.rejects(never.place.open(), { name: 'WorkerError', message: /not open/ });
    never.open();
    await assert.rejects(never.place.open(), {
      name: 'WorkerError',
      message: /was not ready within 0\.06 s/,
    });
    const page = new Page();
    page.open();
    const opening = page.place.open();
    await sleep(20);
    page.place.pageReady();
    (await opening).dispose();
  });

  it('says so when the panel is closed before its page was ready, or its trainer had started', async () => {
    const early = new Page();
    early.open();
    const waiting = early.place.open();
    early.close();
    await assert.rejects(waiting, { name: 'WorkerError', message: /was closed/ });
    const late = new Page();
    late.open();
    late.place.pageReady();
    const starting = late.place.open();
    await sleep(1);
    late.close();
    await assert.rejects(starting, { name: 'WorkerError', message: /was closed/ });
  });

  it('ends the trainer where VS Code did not keep the hidden page', async () => {
    const page = new Page();
    page.open();
    page.place.pageReady();
    const death = await deathOf(await page.place.open());
    page.place.pageDiscarded();
    assert.match(death.message ?? '', /hidden without its page being kept/);
    const opening = page.place.open();
    await sleep(10);
    page.place.pageReady();
    const again = await opening;
    const later = await deathOf(again);
    assert.equal(later.message, undefined);
    again.dispose();
  });

  it('sends bytes as VS Code takes them: in a buffer of their own, and never Node’s Buffer', async () => {
    const page = new Page();
    page.open();
    page.place.pageReady();
    const port = await page.place.open();
    // Small buffers of Node's are parts of a pool.
    const checkpoint = Buffer.from([1, 2, 3]) as Uint8Array<ArrayBuffer>;
    const names = { corpus: 'c', corpusName: 'c', column: 'l' };
    port.post({ type: 'train', device: 'webgpu', threads: 1, names, settings: {} as never, checkpoint });
    port.post({
      type: 'part',
      part: { kind: 'numbers', name: 'training.words', bytes: new Uint8Array(new ArrayBuffer(100), 4, 8) },
      last: false,
    });
    const sent = page.heard.flatMap((message) => {
      if (message.type === 'trainer.start') return [message.script];
      if (message.type !== 'trainer.request') return [];
      const { request } = message;
      return request.type === 'train'
        ? [request.checkpoint!]
        : request.type === 'part' && request.part.kind === 'numbers'
          ? [request.part.bytes]
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

  it('ends the trainer of a page that stops answering pings, and not of one that answers', async () => {
    const page = new Page();
    page.open();
    page.place.pageReady();
    const port = await page.place.open();
    const death = await deathOf(port);
    await sleep(150);
    assert.equal(death.message, undefined);
    page.answersPings = false;
    assert.match(await until('the end of the trainer', () => death.message), /does not answer/);
    assert.deepEqual(page.heard.at(-1), { type: 'trainer.end', trainer: 1 });
  });

  it('passes on events of its own trainer only, and none once that was disposed of', async () => {
    const page = new Page();
    page.open();
    page.place.pageReady();
    const port = await page.place.open();
    const heard: string[] = [];
    const death = await deathOf(port);
    port.onMessage(({ type }) => heard.push(type));
    page.place.receive({ type: 'trainer.event', trainer: 7, event: { type: 'paused' } });
    page.place.receive({ type: 'trainer.event', trainer: 1, event: { type: 'resumed' } });
    port.dispose();
    page.place.receive({ type: 'trainer.event', trainer: 1, event: { type: 'paused' } });
    page.place.receive({
      type: 'trainer.ended',
      trainer: 1,
      error: { name: 'WorkerError', message: 'gone' },
    });
    page.close();
    assert.deepEqual(heard, ['resumed']);
    assert.equal(death.message, undefined, 'who disposed of it knows');
  });

  it('has one trainer, also where two are opened at once', async () => {
    const page = new Page();
    page.open();
    page.place.pageReady();
    const [first, second] = await Promise.allSettled([page.place.open(), page.place.open()]);
    assert.equal(first.status, 'rejected');
    assert.match((first.reason as Error).message, /Another trainer/);
    assert.equal(second.status, 'fulfilled');
    assert.deepEqual(
      page.heard.map(({ type, trainer }) => [type, trainer]),
      [
        ['trainer.start', 1],
        ['trainer.end', 1],
        ['trainer.start', 2],
      ],
    );
    second.value.dispose();
  });
});

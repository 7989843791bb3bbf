import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { serializeError } from '../../src/common/serializedError';
import type { Engine } from '../../src/engine/engine';
import { SupervisedRun } from '../../src/engine/supervisedRun';
import { transferOf } from '../../src/engine/transfer';
import { GpuBackend } from '../../src/panel/gpuBackend';
import type { FromTrainerPage, ToTrainerPage } from '../../src/panel/gpuProtocol';
import { fragileDevice, LocalBackend, LocalTrainer } from '../unit/engine/localBackend';
import { assertSameBits, keptRun, lookAround, withFolder } from './keptRuns';
import { atEachMoment, pause } from './moments';
import { TestWindow } from './testWindow';

/**
 * The loss panel's page without a browser: real trainers whose GPU computes as the reference device does, at
 * the other end of a channel that copies what is sent, as VS Code's does.
 */
class LocalPage {
  readonly gpu = new GpuBackend({
    script: async () => new TextEncoder().encode('// this page has its trainer'),
    readyWithinMs: 1000,
    startWithinMs: 1000,
    pingEveryMs: 20,
  });
  /** Worker threads whose device computes alike. */
  private readonly node = new LocalBackend(['cpu'], (name) => fragileDevice(name));
  private page: MessagePort | undefined;
  private trainer: LocalTrainer | undefined;
  /** It is there and says nothing any more. */
  private silent = false;

  readonly train: Engine['train'] = (data, settings, checkpoint) =>
    new SupervisedRun({
      backends: { node: this.node, gpu: this.gpu },
      data,
      settings,
      checkpoint,
      threads: 1,
      memoryBytes: 8e9,
      installation: { machine: 'm', version: '1' },
    });

  open(): void {
    const { port1: host, port2: page } = new MessageChannel();
    this.page = page;
    host.on('message', (message: FromTrainerPage) => this.gpu.receive(message));
    page.on('message', (message: ToTrainerPage) => this.receive(message));
    this.gpu.panelOpened((message) => host.postMessage(message));
    this.gpu.pageReady();
  }

  /** All that ends a page, or its trainer. */
  readonly ends = {
    closed: () => {
      this.kill();
      this.gpu.panelClosed();
    },
    reloaded: () => {
      this.kill();
      this.gpu.pageReady();
    },
    discarded: () => {
      this.kill();
      this.gpu.pageDiscarded();
    },
    crashed: () => {
      this.kill();
      this.silent = true;
    },
    'without its worker': () => {
      const { number } = this;
      this.kill();
      const error = serializeError(new Error('The worker in the page was killed.'));
      this.send({ type: 'trainer.ended', trainer: number, error });
    },
  };

  dispose(): void {
    this.kill();
    this.page?.close();
  }

  private number = 0;

  private kill(): void {
    this.trainer?.dispose();
    this.trainer = undefined;
  }

  private send(message: FromTrainerPage): void {
    const bytes = message.type === 'trainer.event' ? transferOf(message.event) : undefined;
    if (!this.silent) this.page?.postMessage(message, bytes && [...bytes]);
  }

  private receive(message: ToTrainerPage): void {
    const { trainer: number } = message;
    switch (message.type) {
      case 'trainer.start': {
        this.kill();
        this.number = number;
        const trainer = new LocalTrainer((name) => fragileDevice(name));
        this.trainer = trainer;
        trainer.onMessage((event) => {
          if (this.trainer === trainer) this.send({ type: 'trainer.event', trainer: number, event });
        });
        this.send({ type: 'trainer.started', trainer: number });
        break;
      }
      case 'trainer.request':
        if (this.number === number) this.trainer?.post(message.request);
        break;
      case 'trainer.end':
        if (this.number === number) this.kill();
        break;
      case 'trainer.ping':
        this.send({ type: 'trainer.pong', trainer: number });
        break;
    }
  }
}

describe('A page that goes away at any moment', () => {
  it('leaves its run to another device, to the same bits', () =>
    atEachMoment('pages', (draw) => {
      const how = draw.oneOf('closed', 'reloaded', 'discarded', 'crashed', 'without its worker');
      const [event, delay] = [draw.below(14), draw.below(15)];
      return withFolder(async (folder) => {
        const page = new LocalPage();
        page.open();
        const options = { folder, form: 'reference', intervalMs: draw.oneOf(0, 10, 1000) } as const;
        // `auto` would measure, and what it takes depends on the clock.
        const window = new TestWindow({ ...options, train: page.train, device: 'webgl2' });
        await window.open();
        let events = 0;
        const went = new Set<string>();
        const session = await window.train(({ type }) => {
          went.add(type);
          if (events++ === event) void pause(delay).then(page.ends[how]);
        });
        const error = await session?.finished;
        await window.close();
        page.dispose();
        await lookAround(options);
        if (error) {
          // The device that was asked for was gone before the run was on it.
          assert.match(error.message, /^The device webgl2 is not available here\. .*(page|panel)/);
          assert.equal(keptRun(folder).step, undefined);
          return `${how}, said before it trained`;
        }
        await assertSameBits(folder, 'reference');
        return `${how}${went.has('moved') ? ', moved' : ''}`;
      });
    }));
});

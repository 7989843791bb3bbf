import { WorkerError } from '../common/errors';
import { Emitter } from '../common/events';
import * as l10n from '../common/l10n';
import type { TrainerBackend } from '../engine/backend';
import type { WorkerPort } from '../engine/port';
import type { TrainerEvent, TrainerRequest } from '../engine/trainerProtocol';
import { devicesIn } from '../kernels/registry';
import type { FromTrainerPage, ToTrainerPage } from './gpuProtocol';
import { PageTrainerPort } from './pageTrainerPort';

export interface GpuBackendOptions {
  /** Reads the worker's script. */
  readonly script: () => Promise<Uint8Array>;
  /** How long to wait for a page that is about to be ready. */
  readonly readyWithinMs?: number;
  /** How long its worker may take to start: it asks for a GPU first. */
  readonly startWithinMs?: number;
  /** A page that leaves several pings at this interval without an answer is gone. */
  readonly pingEveryMs?: number;
}

/** The page of an open loss panel. */
interface Page {
  readonly post: (message: ToTrainerPage) => void;
  ready: boolean;
}

/**
 * The loss panel's page as a trainer's backend: a page can use the GPU, which the extension host cannot. A
 * trainer ends with its page, when that is closed or made anew. The panel calls the methods below when
 * something happens to its page. There is at most one trainer at a time.
 */
export class GpuBackend implements TrainerBackend {
  readonly devices = devicesIn('page');
  private page: Page | undefined;
  private trainer: PageTrainerPort | undefined;
  private trainers = 0;
  /** Fires when the page is ready, and when it is closed. */
  private readonly change = new Emitter<void>();

  constructor(private readonly options: GpuBackendOptions) {}

  /** A trainer works in the page, or is about to. */
  get hasTrainer(): boolean {
    return this.trainer !== undefined;
  }

  /** The panel is open; its page is not ready yet. */
  panelOpened(post: (message: ToTrainerPage) => void): void {
    this.page = { post, ready: false };
  }

  /**
   * A page can take messages. Where there was one before, this is a new page: the old one's worker is gone.
   */
  pageReady(): void {
    if (!this.page) return;
    if (this.page.ready)
      this.trainer?.die(
        l10n.t(
          'The loss panel’s page was made anew (moved to another window, or reloaded), which ended the trainer in it.',
        ),
      );
    this.page.ready = true;
    this.change.fire();
  }

  /** The panel is hidden and VS Code does not keep its page: it makes a new one when the panel is shown. */
  pageDiscarded(): void {
    if (!this.page) return;
    this.page.ready = false;
    this.trainer?.die(
      l10n.t('The loss panel was hidden without its page being kept, which ended the trainer in it.'),
    );
  }

  panelClosed(): void {
    this.page = undefined;
    this.trainer?.die(l10n.t('The loss panel was closed, which ended the trainer in it.'));
    this.change.fire();
  }

  receive(message: FromTrainerPage): void {
    if (message.trainer === this.trainer?.number) this.trainer.receive(message);
  }

  /**
   * @throws {InputError} where the page says that there is no GPU. @throws {WorkerError} where there is no
   * page, or no answer.
   */
  async open(): Promise<WorkerPort<TrainerRequest, TrainerEvent>> {
    const { readyWithinMs = 60_000, startWithinMs = 60_000, pingEveryMs = 5000 } = this.options;
    this.trainer?.die(l10n.t('Another trainer was started in the loss panel.'));
    const [page, script] = await Promise.all([this.readyPage(readyWithinMs), this.options.script()]);
    // Where two are opened at once, the later one wins.
    this.trainer?.die(l10n.t('Another trainer was started in the loss panel.'));
    const send = (message: ToTrainerPage): void => {
      // The panel may be closed by now.
      if (this.page === page) page.post(message);
    };
    const port = new PageTrainerPort(++this.trainers, send, pingEveryMs);
    this.trainer = port;
    port.onEnd(() => {
      if (this.trainer === port) this.trainer = undefined;
    });
    await port.start(script, startWithinMs);
    return port;
  }

  private async readyPage(withinMs: number): Promise<Page> {
    const { page } = this;
    if (!page) throw new WorkerError(l10n.t('The loss panel is not open: the GPU is used from its page.'));
    if (page.ready) return page;
    await new Promise<void>((resolve) => {
      const listener = this.change.event(() => done());
      const timer = setTimeout(() => done(), withinMs);
      const done = (): void => {
        clearTimeout(timer);
        listener.dispose();
        resolve();
      };
    });
    if (this.page !== page) throw new WorkerError(l10n.t('The loss panel was closed.'));
    if (!page.ready)
      throw new WorkerError(l10n.t('The loss panel’s page was not ready within {0} s.', withinMs / 1000));
    return page;
  }
}

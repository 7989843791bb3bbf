import { serializeError } from '../../common/serializedError';
import type { WorkerPort } from '../../engine/port';
import type { TrainerEvent, TrainerRequest } from '../../engine/trainerProtocol';
import { transferOf } from '../../engine/transfer';
import { startWebWorker } from '../../engine/web/webWorker';
import type { FromTrainerPage, ToTrainerPage } from '../gpuProtocol';

/** The page's trainer: starts its worker, and passes messages between it and the extension. */
export class PageTrainer {
  /** The newest trainer; without a port while its worker starts. */
  private current: { readonly trainer: number; port?: WorkerPort<TrainerRequest, TrainerEvent> } | undefined;

  constructor(private readonly send: (message: FromTrainerPage, transfer?: readonly ArrayBuffer[]) => void) {}

  receive(message: ToTrainerPage): void {
    const { trainer } = message;
    switch (message.type) {
      case 'trainer.start':
        void this.start(trainer, message.script);
        break;
      case 'trainer.request':
        if (this.current?.trainer === trainer)
          this.current.port?.post(message.request, transferOf(message.request));
        break;
      case 'trainer.end':
        if (this.current?.trainer === trainer) this.end();
        break;
      case 'trainer.ping':
        this.send({ type: 'trainer.pong', trainer });
        break;
    }
  }

  private async start(trainer: number, script: Uint8Array<ArrayBuffer>): Promise<void> {
    this.end();
    const started: typeof this.current = { trainer };
    this.current = started;
    const ended = (error: unknown): void => {
      if (this.current !== started) return;
      this.current = undefined;
      this.send({ type: 'trainer.ended', trainer, error: serializeError(error) });
    };
    try {
      const port = await startWebWorker<TrainerRequest, TrainerEvent>(script, 'trainer');
      if (this.current !== started) return port.dispose();
      started.port = port;
      port.onMessage((event) => {
        if (this.current === started) this.send({ type: 'trainer.event', trainer, event }, transferOf(event));
      });
      port.onDeath(ended);
      this.send({ type: 'trainer.started', trainer });
    } catch (error) {
      ended(error);
    }
  }

  private end(): void {
    this.current?.port?.dispose();
    this.current = undefined;
  }
}

import type { Disposable } from '../common/events';
import { Emitter } from '../common/events';
import type { TrainingSettings } from '../training/settings';
import type { TrainingRun } from './engine';
import { toEngineError } from './errors';
import type { WorkerPort } from './port';
import type { TrainerEvent, TrainerRequest, TrainingData } from './protocol';
import { ownedBuffers } from './transfer';

/** How long a trainer may take to answer a stop before it is ended. */
export const stopWithinMs = 200;

/** A training run in a worker of its own, from the host's side. */
export class WorkerTrainingRun implements TrainingRun {
  private readonly events = new Emitter<TrainerEvent>();
  private over = false;
  private stopTimer: ReturnType<typeof setTimeout> | undefined;
  /** What is known of the run, for an end that the worker cannot report itself. */
  private readonly last = { epoch: 0, step: 0, seconds: 0, tokensPerSecond: 0 };

  readonly onEvent: (listener: (event: TrainerEvent) => void) => Disposable = this.events.event;

  constructor(
    private readonly port: WorkerPort<TrainerRequest, TrainerEvent>,
    data: TrainingData,
    settings: TrainingSettings,
    checkpoint?: Uint8Array<ArrayBuffer>,
  ) {
    port.onMessage((event) => this.receive(event));
    port.onDeath((error) =>
      this.receive({ type: 'failed', error: { ...toEngineError(error), hint: 'The last checkpoint is kept: training can be resumed from it. The log has the details.' } }),
    );
    const { corpus, corpusName, column } = data;
    const device = settings.device === 'auto' ? 'webasm' : settings.device;
    port.post({ type: 'read', data, seed: settings.seed }, ownedBuffers(data.files.map(({ content }) => content)));
    port.post({ type: 'train', device, names: { corpus, corpusName, column }, settings, checkpoint });
  }

  pause(): void {
    if (!this.over) this.port.post({ type: 'pause' });
  }

  resume(): void {
    if (!this.over) this.port.post({ type: 'resume' });
  }

  stop(): void {
    if (this.over || this.stopTimer) return;
    this.port.post({ type: 'stop' });
    this.stopTimer = setTimeout(() => this.receive({ type: 'ended', reason: 'stopped', ...this.last }), stopWithinMs);
  }

  dispose(): void {
    this.over = true;
    clearTimeout(this.stopTimer);
    this.port.dispose();
    this.events.dispose();
  }

  private receive(event: TrainerEvent): void {
    if (this.over) return;
    if ('epoch' in event) Object.assign(this.last, { epoch: event.epoch, step: event.step });
    if ('seconds' in event) this.last.seconds = event.seconds;
    if ('tokensPerSecond' in event) this.last.tokensPerSecond = event.tokensPerSecond;
    if (event.type === 'unavailable') return this.receive({ type: 'failed', error: event.error });
    if (event.type === 'ended' || event.type === 'failed') {
      this.over = true;
      clearTimeout(this.stopTimer);
      this.port.dispose();
    }
    this.events.fire(event);
  }
}

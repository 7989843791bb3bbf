import { asError } from '../../src/common/errors';
import type { TrainingCorpus } from '../../src/corpus/dataset';
import { corpusChunks } from '../../src/engine/corpusChunks';
import type { WorkerPort } from '../../src/engine/port';
import type { TrainerEvent, TrainerRequest } from '../../src/engine/trainerProtocol';
import { patienceMs } from '../until';

/** Takes what a trainer says, for a test to wait for. */
export class TrainerListener {
  readonly events: TrainerEvent[] = [];
  /** Why the trainer died, if it did. */
  death: Error | undefined;
  private changed: () => void = () => undefined;

  constructor(readonly port: WorkerPort<TrainerRequest, TrainerEvent>) {
    port.onMessage((event) => {
      this.events.push(event);
      this.changed();
    });
    port.onDeath((error) => {
      this.death = error;
      this.changed();
    });
  }

  /** Sends a trainer its corpus, in chunks. */
  async give(corpus: TrainingCorpus, bytes?: number): Promise<void> {
    const chunks = [...corpusChunks(corpus, bytes)];
    chunks.forEach((chunk, i) => this.port.post({ type: 'chunk', chunk, last: i === chunks.length - 1 }));
    await this.event('corpusReady');
  }

  /** The first event of a type. @throws where the trainer dies or fails before. */
  event<Type extends TrainerEvent['type']>(type: Type): Promise<TrainerEvent & { type: Type }> {
    return this.until(`the event ${type}`, () => {
      const found = this.events.find((event) => event.type === type);
      const failed = this.events.find((event) => event.type === 'failed' || event.type === 'unavailable');
      if (!found && (failed || this.death))
        throw new Error(`instead of ${type}: ${JSON.stringify(failed ?? this.death?.message)}`);
      return found as TrainerEvent & { type: Type };
    });
  }

  until<T>(what: string, probe: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`Waited ${patienceMs / 1000} s in vain for ${what}.`)),
        patienceMs,
      );
      const look = (): void => {
        try {
          const value = probe();
          if (value === undefined) return;
          resolve(value);
        } catch (error) {
          reject(asError(error));
        }
        clearTimeout(timer);
        this.changed = () => undefined;
      };
      this.changed = look;
      look();
    });
  }
}

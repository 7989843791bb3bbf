import type { WorkerError } from '../../../src/common/errors';
import { Emitter } from '../../../src/common/events';
import type { WorkerPort } from '../../../src/engine/port';

/** A worker's port whose other end is the test. */
export class FakePort<ToWorker, FromWorker> implements WorkerPort<ToWorker, FromWorker> {
  readonly posted: ToWorker[] = [];
  disposed = false;
  private readonly messages = new Emitter<FromWorker>();
  private readonly deaths = new Emitter<WorkerError>();
  readonly onMessage = this.messages.event;
  readonly onDeath = this.deaths.event;

  post(message: ToWorker): void {
    this.posted.push(message);
  }
  answer(message: FromWorker): void {
    this.messages.fire(message);
  }
  die(error: WorkerError): void {
    this.deaths.fire(error);
  }
  dispose(): void {
    this.disposed = true;
  }
}

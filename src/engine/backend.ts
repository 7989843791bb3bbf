import type { DeviceName } from '../kernels/kernels';
import type { WorkerPort } from './port';
import type { TrainerEvent, TrainerRequest } from './protocol';

/** A place where a trainer can run: a worker thread of Node's, or a Web Worker in a page that has a GPU. */
export interface TrainerPlace {
  /** The devices that it may have, fastest first where nothing was measured. */
  readonly devices: readonly DeviceName[];
  /**
   * Starts a trainer there. Rejects, with the reason, where there can be none: with an `InputError` where the
   * machine has none of the devices, which will hold for the next run too, and with a `WorkerError` where
   * there is none now (no page). A trainer that is gone (its page closed, its worker dead) says so through
   * the port's `onDeath`.
   */
  open(): Promise<WorkerPort<TrainerRequest, TrainerEvent>>;
}

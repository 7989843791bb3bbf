import type { DeviceName } from '../kernels/registry';
import type { WorkerPort } from './port';
import type { TrainerEvent, TrainerRequest } from './trainerProtocol';

/** What runs a trainer: worker threads of Node's, or a Web Worker in a page that has a GPU. */
export interface TrainerBackend {
  /** The devices that it may have, fastest first where nothing was measured. */
  readonly devices: readonly DeviceName[];
  /**
   * Starts a trainer. Rejects with an `InputError` where the machine has none of the devices, which will hold
   * for the next run too, and with a `WorkerError` where none can be started now (the panel is closed). A
   * trainer whose page was closed, or whose worker died, fires the port's `onDeath`.
   */
  open(): Promise<WorkerPort<TrainerRequest, TrainerEvent>>;
}

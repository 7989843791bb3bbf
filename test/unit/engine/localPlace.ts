import { WorkerError, DeviceLostError } from '../../../src/common/errors';
import { Emitter } from '../../../src/common/events';
import { openDevice } from '../../../src/engine/devices';
import type { TrainerPlace } from '../../../src/engine/place';
import type { WorkerPort } from '../../../src/engine/port';
import type { TrainerEvent, TrainerRequest } from '../../../src/engine/protocol';
import { TrainerService } from '../../../src/engine/trainerService';
import { transferOf } from '../../../src/engine/transfer';
import type { Device } from '../../../src/kernels/device';
import type { DeviceName } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';

export type Open = (name: DeviceName, threads: number) => Device | Promise<Device>;

/**
 * A place on this thread: real trainers, whose messages are copied and handed over as a worker's are. They
 * can be killed.
 */
export class LocalPlace implements TrainerPlace {
  /** Of all trainers so far, in the order in which they were opened. */
  readonly trainers: LocalTrainer[] = [];
  /** Why the place cannot be opened. */
  closed: Error | undefined;

  constructor(
    readonly devices: readonly DeviceName[],
    private readonly openDeviceOf: Open = (name) => openDevice(name, 1),
  ) {}

  async open(): Promise<WorkerPort<TrainerRequest, TrainerEvent>> {
    await undefined;
    if (this.closed) throw this.closed;
    const trainer = new LocalTrainer(this.openDeviceOf);
    this.trainers.push(trainer);
    return trainer;
  }

  get newest(): LocalTrainer {
    return this.trainers[this.trainers.length - 1];
  }
}

export class LocalTrainer implements WorkerPort<TrainerRequest, TrainerEvent> {
  /** Requests that it was sent, but for acknowledgements. */
  readonly asked: TrainerRequest['type'][] = [];
  over = false;
  private readonly messages = new Emitter<TrainerEvent>();
  private readonly deaths = new Emitter<WorkerError>();
  private readonly service: TrainerService;
  readonly onMessage = this.messages.event;
  readonly onDeath = this.deaths.event;

  constructor(open: Open) {
    this.service = new TrainerService({
      send: (event) => {
        const copy = structuredClone(event, { transfer: transferOf(event) });
        setImmediate(() => !this.over && this.messages.fire(copy));
      },
      turn: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        // Nothing that was killed goes on.
        if (this.over) await new Promise(() => undefined);
      },
      openDevice: async (name, threads) => open(name, threads),
    });
  }

  post(request: TrainerRequest): void {
    this.asked.push(request.type);
    const copy = structuredClone(request, { transfer: transferOf(request) });
    setImmediate(() => !this.over && this.service.handle(copy));
  }

  kill(why = 'killed'): void {
    if (this.over) return;
    this.over = true;
    this.deaths.fire(new WorkerError(`The trainer ended unexpectedly: ${why}.`));
  }

  dispose(): void {
    this.over = true;
  }
}

/**
 * The reference device under another name, which is lost after so many runs of its plans; `ran` hears of
 * each.
 */
export function fragileDevice(
  name: DeviceName,
  runs = Infinity,
  ran: () => void = () => undefined,
  loss: Error = new DeviceLostError(`${name} is gone: its context was lost.`),
): Device {
  const reference = createReferenceDevice();
  let left = runs;
  return {
    ...reference,
    name,
    description: `${name} for tests`,
    compile: async (program, shapes) => {
      const plan = await reference.compile(program, shapes);
      return {
        ...plan,
        run: (inputs) => {
          ran();
          if (--left < 0) throw loss;
          return plan.run(inputs);
        },
        dispose: () => plan.dispose(),
      };
    },
  };
}

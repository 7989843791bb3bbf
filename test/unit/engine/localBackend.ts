import { WorkerError, DeviceLostError } from '../../../src/common/errors';
import { Emitter } from '../../../src/common/events';
import type { TrainerBackend } from '../../../src/engine/backend';
import { openDevice } from '../../../src/engine/devices';
import type { WorkerPort } from '../../../src/engine/port';
import type { TrainerEvent, TrainerRequest } from '../../../src/engine/trainerProtocol';
import { TrainerService } from '../../../src/engine/trainerService';
import { transferOf } from '../../../src/engine/transfer';
import type { Device } from '../../../src/kernels/device';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import type { DeviceName } from '../../../src/kernels/registry';

export type Open = (name: DeviceName, threads: number) => Device | Promise<Device>;

/**
 * A backend on this thread: real trainers, whose messages are copied and handed over as a worker's are. They
 * can be killed.
 */
export class LocalBackend implements TrainerBackend {
  /** Of all trainers so far, in the order in which they were opened. */
  readonly trainers: LocalTrainer[] = [];
  /** Why no trainer can be opened. */
  closed: Error | undefined;

  constructor(
    readonly devices: readonly DeviceName[],
    private readonly openDeviceOf: Open = (name) => openDevice(name, 1),
  ) {}

  async open(): Promise<WorkerPort<TrainerRequest, TrainerEvent>> {
    await Promise.resolve();
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
  ended = false;
  private readonly messages = new Emitter<TrainerEvent>();
  private readonly deaths = new Emitter<WorkerError>();
  private readonly service: TrainerService;
  readonly onMessage = this.messages.event;
  readonly onDeath = this.deaths.event;

  constructor(open: Open) {
    this.service = new TrainerService({
      send: (event) => {
        const copy = structuredClone(event, { transfer: transferOf(event) });
        setImmediate(() => !this.ended && this.messages.fire(copy));
      },
      turn: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        // A trainer that was killed does not go on.
        if (this.ended) await new Promise(() => undefined);
      },
      openDevice: async (name, threads) => open(name, threads),
    });
  }

  post(request: TrainerRequest): void {
    this.asked.push(request.type);
    const copy = structuredClone(request, { transfer: transferOf(request) });
    setImmediate(() => !this.ended && this.service.handle(copy));
  }

  kill(why = 'killed'): void {
    if (this.ended) return;
    this.ended = true;
    this.deaths.fire(new WorkerError(`The trainer ended unexpectedly: ${why}.`));
  }

  dispose(): void {
    this.ended = true;
  }
}

/** A device on which each run of a plan takes so long. */
export function slowDevice(device: Device, ms: number): Device {
  return {
    ...device,
    compile: async (program, shapes) => {
      const plan = await device.compile(program, shapes);
      return {
        ...plan,
        run: async (inputs) => {
          await new Promise((resolve) => setTimeout(resolve, ms));
          return plan.run(inputs);
        },
        dispose: () => plan.dispose(),
      };
    },
  };
}

/**
 * The reference device under another name, which is lost after so many runs of its plans; `ran` is called at
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

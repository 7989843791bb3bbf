import { WorkerError, BackendError, messageOf, messageWithHint } from '../common/errors';
import * as l10n from '../common/l10n';
import { deserializeError } from '../common/serializedError';
import { devices } from '../kernels/registry';
import type { DeviceName } from '../kernels/registry';
import type { ResolvedSettings } from '../model/settings/settings';
import type { DeviceTrial } from '../run/deviceTrial';
import type { CorpusFacts } from '../run/facts';
import { deviceLimit, haveRoomTogether } from './capacity';
import { compareInTurns, contradicting, withoutOutrun } from './compareDevices';
import type { DeviceSpeed } from './compareDevices';
import { inOrder, rateOverRun } from './deviceChoice';
import type { TrainerClient } from './trainerClient';
import type { TrainerPool } from './trainerPool';

/** The run for which devices are measured. */
export interface MeasuredRun {
  readonly settings: ResolvedSettings;
  readonly threads: number;
  readonly facts: CorpusFacts;
  /** Bytes of memory that the machine has. */
  readonly memoryBytes: number;
  /** What was measured for other runs of this machine. */
  readonly otherRuns: readonly (readonly DeviceTrial[])[];
}

export interface Trials {
  readonly trials: readonly DeviceTrial[];
  /** Whether they hold for later runs too. They do not where a device was missing for the moment only. */
  readonly lasting: boolean;
}

/** Why `auto` does not measure a renderer that computes on the processor. */
const softwareNotMeasured = l10n.t('software renderer, not measured');

/**
 * Measures the devices: in turns, each trains for a moment. What is slower than another one by its make is not
 * measured, nor is a renderer that computes on the processor: it would take many seconds to see that. Where one device
 * is left, nothing is measured, and training begins at once. Figures that contradict what is known of the devices are
 * taken again.
 *
 * @param ready waits while the run is paused; rejects where it has ended.
 * @param measuring is told which devices are measured.
 * Rejects where no worker thread can be started any more.
 */
export async function measureDevices(
  pool: TrainerPool,
  run: MeasuredRun,
  ready: () => Promise<void>,
  measuring: (devices: readonly DeviceName[]) => void,
): Promise<Trials> {
  return new Measurements(pool, run, ready, measuring).take();
}

class Measurements {
  private readonly trials = new Map<DeviceName, DeviceTrial>();
  private readonly descriptions = new Map<DeviceName, string>();
  private lasting = true;
  /** Devices stay open between their turns: there is room for all. */
  private keptOpen = false;
  private told: readonly DeviceName[] = [];

  constructor(
    private readonly pool: TrainerPool,
    private readonly run: MeasuredRun,
    private readonly ready: () => Promise<void>,
    private readonly measuring: (devices: readonly DeviceName[]) => void,
  ) {}

  async take(): Promise<Trials> {
    const { pool, run } = this;
    const names = inOrder(pool.devices);
    const there: DeviceName[] = [];
    for (const device of names) if (await this.worthMeasuring(device)) there.push(device);
    const racing = withoutOutrun(there);
    if (racing.length === 1) {
      const [device] = racing;
      this.trials.set(device, { device, description: devices[device].title });
      return { trials: this.inOrderOf(names), lasting: this.lasting };
    }
    this.keptOpen = haveRoomTogether(racing.length, run.facts, run.settings, run.memoryBytes);
    const speeds = await this.compare(racing);
    const again = contradicting(speeds, run.otherRuns);
    for (const [device, speed] of again.length > 0 ? await this.compare(again) : [])
      speeds.set(device, speed);
    for (const [device, speed] of speeds) if (!this.trials.has(device)) this.add(device, speed);
    await this.ready();
    return { trials: this.inOrderOf(names), lasting: this.lasting };
  }

  private inOrderOf(names: readonly DeviceName[]): DeviceTrial[] {
    return names.map((device) => this.trials.get(device)).filter((trial) => trial !== undefined);
  }

  /** Why a device is not measured is among the trials. */
  private async worthMeasuring(device: DeviceName): Promise<boolean> {
    const { pool, run } = this;
    await this.ready();
    const limit = deviceLimit(device, run.facts, run.settings);
    if (limit !== undefined) {
      this.trials.set(device, { device, why: limit });
      return false;
    }
    if (!pool.isGpu(device)) return true;
    this.tell([device]);
    try {
      const answer = await pool.find(device);
      if (answer.type === 'unavailable') throw new BackendError(deserializeError(answer.error));
      const { description, software } = answer;
      if (software) this.trials.set(device, { device, description, why: softwareNotMeasured });
      return !software;
    } catch (error) {
      // Without a worker thread there is no corpus: that ends the run.
      if (!(error instanceof BackendError)) throw error;
      this.missing(device, error.cause);
      return false;
    }
  }

  private compare(names: readonly DeviceName[]): Promise<Map<DeviceName, DeviceSpeed>> {
    const { facts, settings } = this.run;
    const tokens = facts.tokens.training * settings.epochs;
    const turned = new Set<DeviceName>();
    return compareInTurns(names, {
      turn: async (device, best, racing) => {
        await this.ready();
        // The first turn compiles and takes longest; after that they follow each other too fast to be read.
        this.tell(turned.has(device) ? racing : [device]);
        turned.add(device);
        return this.turn(device, best);
      },
      overRun: (device, tokensPerSecond) =>
        rateOverRun({ device, tokensPerSecond, ...this.sending(device) }, tokens),
      left: (device) => this.pool.running(device)?.post({ type: 'release', device }),
    });
  }

  private async turn(device: DeviceName, best: number): Promise<DeviceSpeed | undefined> {
    const { pool } = this;
    const { settings, threads } = this.run;
    let trainer: TrainerClient;
    try {
      trainer = await pool.trainerFor(device);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      return this.missing(device, error.cause);
    }
    try {
      const answer = await trainer.measure({ device, threads, settings, best });
      if (answer.type === 'unavailable') return this.missing(device, deserializeError(answer.error));
      this.descriptions.set(device, answer.description);
      if (!this.keptOpen) trainer.post({ type: 'release', device });
      return answer;
    } catch (error) {
      return this.missing(device, error);
    }
  }

  private missing(device: DeviceName, error: unknown): undefined {
    if (error instanceof WorkerError) this.lasting = false;
    this.trials.set(device, { device, why: reasonOf(device, error) });
  }

  private add(device: DeviceName, { tokensPerSecond, givenUp }: DeviceSpeed): void {
    const description = this.descriptions.get(device);
    this.trials.set(device, {
      device,
      description,
      tokensPerSecond,
      ...(givenUp && { givenUp }),
      ...this.sending(device),
    });
  }

  private sending(device: DeviceName): Pick<DeviceTrial, 'sendingSeconds'> {
    return this.pool.isGpu(device) ? { sendingSeconds: this.pool.sendingSeconds } : {};
  }

  private tell(devices: readonly DeviceName[]): void {
    if (devices.join() === this.told.join()) return;
    this.told = devices;
    this.measuring(devices);
  }
}

/** Why a device cannot be measured, beside its name: without saying its name, and which others there are. */
function reasonOf(device: DeviceName, error: unknown): string {
  const message = messageOf(error);
  const start = l10n.t('The device {0} is not available here: {1}', device, '');
  return message.startsWith(start) ? message.slice(start.length) : messageWithHint(error);
}

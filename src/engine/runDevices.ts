import { DeviceLostError, InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import { devices } from '../kernels/registry';
import type { DeviceName } from '../kernels/registry';
import type { ResolvedSettings, TrainingSettings } from '../model/settings/settings';
import type { DeviceTrial } from '../run/deviceTrial';
import type { CorpusFacts } from '../run/facts';
import type { RunEvent } from '../run/runEvent';
import { deviceLimit } from './capacity';
import { choiceKey, inOrder, nextDevice, otherRunsOf } from './deviceChoice';
import type { DeviceChoices, Installation } from './deviceChoice';
import { measureDevices } from './measureDevices';
import type { TrainerPool } from './trainerPool';

/** A run that is so many times as fast as what was measured, or as slow, shows that it does not hold. */
const farOff = 3;

export interface DeviceOptions {
  /** The device that a person asked for. */
  readonly settings: Pick<TrainingSettings, 'device'>;
  /** For a device that has them: at least one. */
  readonly threads: number;
  /** Bytes of memory that the machine has. */
  readonly memoryBytes: number;
  readonly installation: Installation;
  /** Remembers what `auto` takes; without it, each run measures. */
  readonly choices?: DeviceChoices;
}

/** What a choice asks of the run for which it is made. */
export interface ChoosingHooks {
  /** Waits while the run is paused; rejects where it has ended. */
  ready(): Promise<void>;
  /** These devices are measured. */
  measuring(devices: readonly DeviceName[]): void;
}

/** The devices of one run: how fast they are, and which are left after failures. */
export class RunDevices {
  /** The device that was asked for. */
  readonly asked: DeviceName | 'auto';
  private readonly key: string;
  private trials: readonly DeviceTrial[] = [];
  private readonly failed = new Set<DeviceName>();
  private threadsLeft: number;

  /**
   * @throws {InputError} where the device that was asked for is not there, or cannot hold the network.
   */
  constructor(
    private readonly pool: TrainerPool,
    private readonly facts: CorpusFacts,
    readonly settings: ResolvedSettings,
    private readonly options: DeviceOptions,
  ) {
    const { threads, installation } = options;
    this.threadsLeft = threads;
    this.key = choiceKey(installation, settings, threads, facts);
    this.asked = options.settings.device;
    if (this.asked === 'auto') return;
    const limit = deviceLimit(this.asked, facts, settings);
    if (limit !== undefined || !pool.devices.includes(this.asked)) throw this.unavailable(this.asked, limit);
  }

  /** For a device that is threaded: as many as were asked for, until one of them is lost. */
  get threads(): number {
    return this.threadsLeft;
  }

  /** The fastest of those that are left, as far as they were measured. */
  get next(): DeviceName | undefined {
    const tokens = this.facts.tokens.training * this.settings.epochs;
    return nextDevice(this.pool.devices, this.trials, this.failed, tokens);
  }

  /** Whether `auto` will take this device for later runs like this one. */
  isRemembered(device: DeviceName): boolean {
    return this.options.choices?.get(this.key)?.device === device;
  }

  /**
   * The fastest device: the one that is remembered of an earlier run like this one, or else measured now.
   *
   * @throws {InputError} where there is no device.
   */
  async choose(hooks: ChoosingHooks): Promise<Extract<RunEvent, { readonly type: 'chosen' }>> {
    const { choices } = this.options;
    const remembered = choices?.get(this.key);
    if (!remembered || !this.pool.devices.includes(remembered.device)) return this.measure(hooks);
    const { device, trials } = remembered;
    if (this.failed.has(device)) {
      choices?.delete(this.key);
      return this.measure(hooks);
    }
    this.trials = trials;
    return { type: 'chosen', device, trials, remembered: true };
  }

  /**
   * How fast a device trains in this run. Where that is far from what is remembered of it, the choice is
   * forgotten: the next run like this one measures again.
   */
  confirm(device: DeviceName, tokensPerSecond: number): void {
    const { choices } = this.options;
    const remembered = choices?.get(this.key);
    const trial = remembered?.trials.find((measured) => measured.device === device);
    if (remembered?.device !== device || !trial?.tokensPerSecond) return;
    const ratio = tokensPerSecond / trial.tokensPerSecond;
    if (ratio * farOff < 1 || ratio > farOff) choices?.delete(this.key);
  }

  /** The device cannot be opened: it is not taken any more. */
  exclude(device: DeviceName): void {
    this.failed.add(device);
  }

  /**
   * The run has lost the device, or its trainer died. Whether it can be taken once more: a worker thread that
   * died gets a fresh one (once: see {@link TrainerPool.node}), and a device that lost a thread goes on with
   * one.
   */
  lose(device: DeviceName, error: unknown, trainerDied: boolean): boolean {
    // A single thread waits for no other, and the result is the same.
    const alone = devices[device].threaded && this.threadsLeft > 1 && error instanceof DeviceLostError;
    if (alone) this.threadsLeft = 1;
    const again = alone || (trainerDied && !this.pool.isGpu(device));
    if (!again) this.failed.add(device);
    if (error instanceof DeviceLostError) this.options.choices?.delete(this.key);
    return again;
  }

  /** The error of a device that was asked for and is not there. */
  unavailable(device: DeviceName, why = ''): InputError {
    const others = inOrder(this.pool.devices).filter((name) => name !== device);
    const message = why.startsWith(l10n.t('The device {0} is not available here', device))
      ? why
      : l10n.t('The device {0} is not available here. {1}', device, why).trim();
    return new InputError(message, { hint: l10n.t('There are: auto, {0}.', others.join(', ')) });
  }

  private async measure(hooks: ChoosingHooks): Promise<Extract<RunEvent, { readonly type: 'chosen' }>> {
    const { settings, threads, facts } = this;
    const { choices, installation, memoryBytes } = this.options;
    const otherRuns = otherRunsOf(installation, this.key, choices?.all() ?? []);
    const run = { settings, threads, facts, memoryBytes, otherRuns };
    const { trials, lasting } = await measureDevices(this.pool, run, hooks.ready, hooks.measuring);
    this.trials = trials;
    const device = this.next;
    if (device === undefined)
      throw new InputError(l10n.t('There is no device to train on.'), {
        hint: trials.map((trial) => `${trial.device}: ${trial.why}`).join(' '),
      });
    // A device that is missing for the moment only may be there for the next run.
    if (lasting) choices?.set(this.key, { device, trials });
    return { type: 'chosen', device, trials, remembered: false };
  }
}

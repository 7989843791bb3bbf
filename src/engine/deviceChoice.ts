/** Which device trains: what was measured, in which order devices are taken, and what is remembered of it. */
import type { DeviceName } from '../kernels/kernels';
import { networkOf } from '../model/settings';
import type { DeviceChoice, DeviceTrial } from '../run/deviceTrial';
import type { CorpusFacts } from '../run/facts';
import type { TrainingSettings } from '../training/settings';
import { settledLoss } from '../training/settle';

/**
 * The order in which devices are measured, and taken where nothing was measured: what drops the slow ones
 * early comes first.
 */
const order: readonly DeviceName[] = ['simd', 'webgpu', 'webgl2', 'webasm', 'cpu'];

/**
 * Devices in the order in which `auto` looks at them. `reference` is for tests: it is never taken unasked.
 */
export function inOrder(devices: readonly DeviceName[]): DeviceName[] {
  return order.filter((name) => devices.includes(name));
}

/**
 * Tokens per second over a whole run of `tokens`, the time for sending included; 0 where the device is not
 * available.
 */
export function rateOverRun(
  { tokensPerSecond = 0, sendingSeconds = 0 }: DeviceTrial,
  tokens: number,
): number {
  return tokensPerSecond > 0 ? tokens / (tokens / tokensPerSecond + sendingSeconds) : 0;
}

/**
 * The device to take next: of those that are left the fastest that was measured, then those that were not.
 * Undefined where none is left.
 */
export function nextDevice(
  devices: readonly DeviceName[],
  trials: readonly DeviceTrial[],
  gone: ReadonlySet<DeviceName>,
  tokens: number,
): DeviceName | undefined {
  const trialOf = (name: DeviceName): DeviceTrial | undefined => trials.find(({ device }) => device === name);
  const left = inOrder(devices).filter((name) => !gone.has(name) && trialOf(name)?.why === undefined);
  const rate = (name: DeviceName): number => rateOverRun(trialOf(name) ?? { device: name }, tokens);
  return left.sort((a, b) => rate(b) - rate(a)).at(0);
}

/** Remembers choices by {@link choiceKey}. */
export interface DeviceChoices {
  get(key: string): DeviceChoice | undefined;
  set(key: string, choice: DeviceChoice): void;
  delete(key: string): void;
}

/** What stands for the machine and the program in a key. */
export interface Installation {
  /** Tells machines apart: name, processor, cores. */
  readonly machine: string;
  /** The extension's. */
  readonly version: string;
}

/**
 * What a choice depends on: machine, version, threads, and all that fixes the work of a step. Of the input
 * table's rows their order of magnitude is enough; of the labels their number, rounded up to a power of two.
 */
export function choiceKey(
  { machine, version }: Installation,
  settings: TrainingSettings,
  facts: Pick<CorpusFacts, 'vocabulary' | 'features' | 'labels' | 'scheme'>,
): string {
  const { input, batch, optimizer, threads } = settings;
  const classes = 2 ** Math.ceil(Math.log2(Math.max(1, facts.labels.length)));
  const rows = input === 'one-hot' ? facts.vocabulary : facts.features;
  const network = networkOf({ ...settings, loss: settledLoss(settings, facts.scheme !== 'none') }, classes);
  return JSON.stringify([
    machine,
    version,
    threads,
    input,
    network,
    batch,
    optimizer,
    Math.round(Math.log10(Math.max(1, rows))),
  ]);
}

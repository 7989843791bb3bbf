/** Which device trains, by what was measured, and what a choice is remembered by. */
import { deviceNames, devices } from '../kernels/registry';
import type { DeviceName } from '../kernels/registry';
import { networkOf } from '../model/settings/networkOf';
import type { ResolvedSettings } from '../model/settings/settings';
import type { DeviceChoice, DeviceTrial } from '../run/deviceTrial';
import type { CorpusFacts } from '../run/facts';

/** Devices in the order in which `auto` looks at them, without those that it may not take. */
export function inOrder(from: readonly DeviceName[]): DeviceName[] {
  return deviceNames.filter((name) => devices[name].automatic && from.includes(name));
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
 * The device to take next: the fastest of those that were measured and did not fail, then those that were not
 * measured. Undefined where none is left.
 */
export function nextDevice(
  there: readonly DeviceName[],
  trials: readonly DeviceTrial[],
  failed: ReadonlySet<DeviceName>,
  tokens: number,
): DeviceName | undefined {
  const trialOf = (name: DeviceName): DeviceTrial | undefined => trials.find(({ device }) => device === name);
  const left = inOrder(there).filter((name) => !failed.has(name) && trialOf(name)?.why === undefined);
  const rate = (name: DeviceName): number => rateOverRun(trialOf(name) ?? { device: name }, tokens);
  return left.sort((a, b) => rate(b) - rate(a)).at(0);
}

/** Remembers choices by {@link choiceKey}. */
export interface DeviceChoices {
  get(key: string): DeviceChoice | undefined;
  set(key: string, choice: DeviceChoice): void;
  delete(key: string): void;
  /** All that is remembered, by key. */
  all(): readonly (readonly [key: string, choice: DeviceChoice])[];
}

/** What was measured for other runs of a machine: those whose keys are not this one. */
export function otherRunsOf(
  { machine }: Pick<Installation, 'machine'>,
  key: string,
  remembered: ReturnType<DeviceChoices['all']>,
): (readonly DeviceTrial[])[] {
  const ofMachine = `[${JSON.stringify(machine)},`;
  return remembered
    .filter(([other]) => other !== key && other.startsWith(ofMachine))
    .map(([, { trials }]) => trials);
}

/** The machine and the program, as they enter a key. */
export interface Installation {
  /** Tells machines apart: name, processor, cores. */
  readonly machine: string;
  /** The extension's. */
  readonly version: string;
}

/**
 * The key by which a choice is remembered: machine, version, threads, and all settings that change the work
 * of a step. Corpora of similar size share a key: of the input table's rows the order of magnitude counts, of
 * the labels their number rounded up to a power of two.
 */
export function choiceKey(
  { machine, version }: Installation,
  settings: ResolvedSettings,
  threads: number,
  facts: Pick<CorpusFacts, 'vocabulary' | 'features' | 'labels'>,
): string {
  const { input, batch, optimizer } = settings;
  const classes = 2 ** Math.ceil(Math.log2(Math.max(1, facts.labels.length)));
  const rows = input === 'one-hot' ? facts.vocabulary : facts.features;
  return JSON.stringify([
    machine,
    version,
    threads,
    input,
    networkOf(settings, classes),
    batch,
    optimizer,
    Math.round(Math.log10(Math.max(1, rows))),
  ]);
}

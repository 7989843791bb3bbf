/** Devices that are compared in turns: who is called when, and what the figures come to. Pure. */
import type { DeviceName } from '../kernels/registry';
import type { DeviceTrial } from '../run/deviceTrial';

/** How often each device takes its turn: a busy moment spoils one or two turns, and the median holds. */
const turns = 5;

/** A device none of whose turns reached this share of the slowest of the leader's is out of the race. */
const outOfReach = 1 / 2;

/** How far the ratio of two devices' speeds may be from what other runs of the machine showed. */
const mostDrift = 3;

/** Faster by their make than others, on any machine: the same processor, with more lanes and threads. */
const outruns: Partial<Readonly<Record<DeviceName, readonly DeviceName[]>>> = { simd: ['webasm', 'cpu'] };

/** Those of the devices that may be the fastest: none of the others is faster by its make. */
export function withoutOutrun(devices: readonly DeviceName[]): DeviceName[] {
  return devices.filter((name) => !devices.some((other) => outruns[other]?.includes(name)));
}

/** A device's speed in one turn, or over all of them. */
export interface DeviceSpeed {
  readonly tokensPerSecond: number;
  /** Given up after a step, in each of its turns: the figure is rough. */
  readonly givenUp: boolean;
}

export interface Comparison {
  /**
   * A turn of a device. `best`: see {@link overRun}. `racing`: the devices that are still compared. Undefined
   * where the device is not available any more.
   */
  turn(
    device: DeviceName,
    best: number,
    racing: readonly DeviceName[],
  ): Promise<DeviceSpeed | undefined> | DeviceSpeed | undefined;
  /** Tokens per second over the whole run at this speed, the time for sending included. */
  overRun(device: DeviceName, tokensPerSecond: number): number;
  /** The device is out of the race, or all turns are over. */
  left?(device: DeviceName): void;
}

/**
 * Compares devices in turns: one turn of each, and again, so that what keeps the machine busy for a moment
 * delays all of them. A device that was given up at first gets a second chance. Devices that are not
 * available are missing in what is returned.
 */
export async function compareInTurns(
  devices: readonly DeviceName[],
  comparison: Comparison,
): Promise<Map<DeviceName, DeviceSpeed>> {
  const taken = new Map<DeviceName, DeviceSpeed[]>();
  const { left = () => undefined } = comparison;
  const overRun = (device: DeviceName, { tokensPerSecond }: DeviceSpeed): number =>
    comparison.overRun(device, tokensPerSecond);
  const rates = (device: DeviceName): number[] =>
    (taken.get(device) ?? []).map((speed) => overRun(device, speed));
  let racing = [...devices];
  for (let n = 0; n < turns; n++) {
    for (const device of [...racing]) {
      const best = Math.max(0, ...[...taken].map(([name, speeds]) => overRun(name, speedOver(speeds))));
      const speed = await comparison.turn(device, best, racing);
      if (speed) taken.set(device, [...(taken.get(device) ?? []), speed]);
      else {
        taken.delete(device);
        racing = racing.filter((name) => name !== device);
        left(device);
      }
    }
    if (n === 0) continue;
    const leader = racing.reduce<DeviceName | undefined>(
      (first, name) =>
        first === undefined || Math.max(...rates(name)) > Math.max(...rates(first)) ? name : first,
      undefined,
    );
    if (leader === undefined) break;
    const reach = outOfReach * Math.min(...rates(leader));
    const out = racing.filter(
      (name) =>
        name !== leader &&
        (taken.get(name)?.every(({ givenUp }) => givenUp) || Math.max(...rates(name)) < reach),
    );
    racing = racing.filter((name) => !out.includes(name));
    out.forEach(left);
  }
  racing.forEach(left);
  return new Map([...taken].map(([device, speeds]) => [device, speedOver(speeds)]));
}

/** The median of the turns that were measured; of those that were given up, the best. */
function speedOver(speeds: readonly DeviceSpeed[]): DeviceSpeed {
  const measured = speeds.filter(({ givenUp }) => !givenUp).map(({ tokensPerSecond }) => tokensPerSecond);
  if (measured.length > 0) return { tokensPerSecond: median(measured), givenUp: false };
  return { tokensPerSecond: Math.max(...speeds.map((speed) => speed.tokensPerSecond)), givenUp: true };
}

/** The middle one of several numbers; of two in the middle, their mean. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The devices whose speeds contradict what is known from other runs of the machine. By
 * the ratio of two devices, which says more of the machine than a speed, since that depends on the model;
 * both of them are to be measured again.
 */
export function contradicting(
  speeds: ReadonlyMap<DeviceName, Pick<DeviceSpeed, 'tokensPerSecond'>>,
  otherRuns: readonly (readonly DeviceTrial[])[],
): DeviceName[] {
  const measured = [...speeds].filter(([, { tokensPerSecond }]) => tokensPerSecond > 0);
  const found = new Set<DeviceName>();
  for (const [a, { tokensPerSecond: speedOfA }] of measured) {
    for (const [b, { tokensPerSecond: speedOfB }] of measured) {
      if (a === b) continue;
      const ratio = speedOfA / speedOfB;
      const known = otherRuns.map((trials) => ratioOf(trials, a, b)).filter((value) => value > 0);
      if (known.length > 0 && ratio < Math.min(...known) / mostDrift) found.add(a).add(b);
    }
  }
  return [...found];
}

/** How many times as fast as `b` was `a`; 0 where not both were measured. */
function ratioOf(trials: readonly DeviceTrial[], a: DeviceName, b: DeviceName): number {
  const speed = (name: DeviceName): number =>
    trials.find(({ device }) => device === name)?.tokensPerSecond ?? 0;
  return speed(b) > 0 ? speed(a) / speed(b) : 0;
}

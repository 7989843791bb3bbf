import { isDeviceName } from '../kernels/registry';
import type { DeviceTrial, DeviceChoice } from '../run/deviceTrial';

/** A choice that was kept; undefined where it is damaged, or of another version. */
export function parseChoice(value: unknown): DeviceChoice | undefined {
  if (!isRecord(value)) return undefined;
  const { device, trials } = value;
  return isDeviceName(device) && Array.isArray(trials) && trials.every(isTrial)
    ? { device, trials }
    : undefined;
}

function isTrial(value: unknown): value is DeviceTrial {
  if (!isRecord(value)) return false;
  const { device, description, tokensPerSecond, givenUp, sendingSeconds, why } = value;
  return (
    isDeviceName(device) &&
    (givenUp === undefined || typeof givenUp === 'boolean') &&
    [description, why].every(isText) &&
    [tokensPerSecond, sendingSeconds].every(isCount)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isCount(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value) && value >= 0);
}

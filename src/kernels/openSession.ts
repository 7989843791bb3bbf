import { CompiledSession } from './compiledSession';
import type { Device } from './device';
import type { Session, SessionRecipe } from './session';

/** The device's own session where it has one, else one over its plans. */
export function openSession<P, I, O>(device: Device, recipe: SessionRecipe<P, I, O>): Session<P, I, O> {
  return device.createSession?.(recipe) ?? new CompiledSession(device, recipe);
}

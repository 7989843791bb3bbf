import type { RunFacts } from '../../../src/run/facts';
import type { RunEvent } from '../../../src/run/runEvent';

const counts = { training: 10, development: 2, test: 0 };

/** Of a run of 20 epochs of 3 steps. */
export const facts: RunFacts = {
  device: 'cpu',
  deviceDescription: 'Plain JavaScript',
  labels: ['O', 'B-LOC'],
  scheme: 'IOB2',
  vocabulary: 5,
  features: 40,
  tokens: counts,
  sentences: counts,
  stepsPerEpoch: 3,
  epochs: 20,
  longest: 9,
  longSentences: 0,
  heldOut: true,
};

export const scores = { tokens: 2, sentences: 1, loss: 0.5, accuracy: 0.5 };

type Event<Type extends RunEvent['type']> = RunEvent & { readonly type: Type };

export function started(step = 0, changes: Partial<RunFacts> = {}): Event<'started'> {
  return { type: 'started', facts: { ...facts, ...changes }, epoch: epochOf(step + 1), step };
}

/** The losses of steps, which are their numbers where no others are given. */
export function progress(steps: readonly number[], losses = steps): Event<'progress'> {
  const step = steps.at(-1) ?? 0;
  const speed = { tokensPerSecond: 100, secondsLeft: 9, seconds: step / 2 };
  return { type: 'progress', epoch: epochOf(step), step, steps, losses, ...speed };
}

export function epochEnded(epoch: number, changes: Partial<Event<'epoch'>> = {}): Event<'epoch'> {
  const step = 3 * epoch;
  return { type: 'epoch', epoch, step, loss: 2, tokensPerSecond: 100, seconds: step / 2, ...changes };
}

export function checkpoint(step: number, changes: Partial<Event<'checkpoint'>> = {}): Event<'checkpoint'> {
  const bytes = new Uint8Array([step]);
  return { type: 'checkpoint', bytes, epoch: epochOf(step), step, best: true, latest: true, ...changes };
}

export function movingTo(step: number): Event<'moving'> {
  const why = 'The panel was closed.';
  const error = { name: 'WorkerError', message: why };
  return { type: 'moving', from: 'webgpu', why, error, epoch: epochOf(step), step };
}

export const moved: Event<'moved'> = {
  type: 'moved',
  from: 'webgpu',
  to: 'simd',
  why: 'The panel was closed.',
};

export function ended(
  reason: 'done' | 'stopped' | 'diverged',
  changes: Partial<Event<'ended'>> = {},
): Event<'ended'> {
  return { type: 'ended', reason, epoch: 20, step: 60, seconds: 70, tokensPerSecond: 90, ...changes };
}

function epochOf(step: number): number {
  return Math.max(1, Math.ceil(step / 3));
}

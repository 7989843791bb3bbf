import { Emitter } from '../../src/common/events';
import { uniform } from '../../src/common/random';
import type { ShownRun, ToPanel } from '../../src/panel/protocol';
import type { GradientFlow, EpochRecord } from '../../src/run/epochRecord';
import type { History } from '../../src/run/history';
import type { RunEvent } from '../../src/run/runEvent';
import { initialState, isUnderWay, reduce } from '../../src/run/runState';
import type { RunPhase, RunState } from '../../src/run/runState';

export const stepsPerEpoch = 240;
const epochs = 20;

/** A run in the middle of its thirteenth epoch. */
export function runIn(
  phase: RunPhase,
  changes: Partial<RunState> = {},
  names: Partial<Omit<ShownRun, 'state'>> = {},
): ShownRun {
  return {
    id: 'run-1',
    title: 'UD_English-EWT · UPOS',
    network: 'features · 2 layers × 128 units × 2 directions · ReLU · CRF · Adam',
    steps: 'learning rate 0.002, falling · 32 sentences a step · clipping at 5 · seed 1',
    settings: { activation: 'relu', clip: 5 },
    ...names,
    state: {
      ...initialState({ epochs, spans: false }),
      phase,
      device: 'gpu.js webasm, 2 threads',
      epoch: 13,
      step: 2980,
      stepsPerEpoch,
      tokensPerSecond: 12_437.2,
      secondsLeft: isUnderWay(phase) ? 83 : undefined,
      seconds: 126.4,
      ...changes,
    },
  };
}

/** A run that goes on, whose events a test gives. */
export class ScriptedSession {
  private readonly events = new Emitter<RunEvent>();
  readonly onEvent = this.events.event;

  constructor(public state: RunState) {}

  emit(...events: RunEvent[]): void {
    for (const event of events) {
      this.state = reduce(this.state, event);
      this.events.fire(event);
    }
  }
}

/** The message with the losses of steps, the last of which ends what it tells. */
export function progressTo(steps: readonly number[], losses = steps.map(lossAt)): ToPanel {
  const step = steps.at(-1) ?? 0;
  const speed = { tokensPerSecond: 12_437.2, secondsLeft: 83, seconds: 126.4 };
  const epoch = Math.ceil(step / stepsPerEpoch);
  return { type: 'event', event: { type: 'progress', epoch, step, steps, losses, ...speed } };
}

export function epochMessage(record: EpochRecord): ToPanel {
  return { type: 'event', event: { type: 'epoch', ...record } };
}

/** The message of a run that is stopped. */
export const stopped: ToPanel = {
  type: 'event',
  event: { type: 'ended', reason: 'stopped', epoch: 13, step: 2980, seconds: 126.4, tokensPerSecond: 12_000 },
};

/** Loss at a step of a run: falling, with the noise of minibatches. */
export function lossAt(step: number): number {
  const trend = 0.18 + 2.6 / (1 + step / 110);
  const noise = uniform(7, step) + uniform(8, step) + uniform(9, step) - 1.5;
  return trend * (1 + 0.28 * noise);
}

/** How the gradient did in an epoch: from left to right it vanishes faster. Measured in every third epoch. */
export function flowAt(epoch: number, layers = 1): GradientFlow {
  const sweep = (layer: number, direction: 'leftToRight' | 'rightToLeft', rate: number) => ({
    layer,
    direction,
    norms: Array.from({ length: 24 }, (_, distance) =>
      Number((rate ** distance * (0.8 + 0.4 * uniform(5, layer, distance))).toPrecision(3)),
    ),
    bound: Number((rate + 0.6).toPrecision(3)),
    saturated: 0.12 * layer,
  });
  const sweeps = Array.from({ length: layers }, (_, below) => [
    sweep(below + 1, 'leftToRight', 0.36 + 0.1 * below),
    sweep(below + 1, 'rightToLeft', 0.62 + 0.1 * below),
  ]).flat();
  return { gradientNorm: { mean: 1.53, largest: 10.4 }, sweeps: epoch % 3 === 1 ? sweeps : [] };
}

/**
 * A run's epoch as its record says it; the development loss rises again at the end, and the score does not.
 */
export function epochRecord(epoch: number): EpochRecord {
  const step = epoch * stepsPerEpoch;
  const loss = 0.34 + 1.1 / (1 + step / 240) + 0.0035 * epoch;
  return {
    epoch,
    step,
    loss: 0.18 + 2.6 / (1 + step / 110),
    development: {
      tokens: 4096,
      sentences: 310,
      loss,
      accuracy: 0.935 - 0.42 / (1 + epoch) + 0.004 * uniform(3, epoch),
    },
    flow: flowAt(epoch),
    tokensPerSecond: 12_000 + 900 * uniform(4, epoch),
    learningRate: 0.002 * (1 - epoch / 21),
    seconds: 9.7 * epoch,
  };
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

export function historyTo(lastStep: number, from = 1): History {
  const steps = range(from, lastStep);
  const epochNumbers = range(1, Math.floor(lastStep / stepsPerEpoch));
  return { steps, losses: steps.map(lossAt), epochs: epochNumbers.map(epochRecord) };
}

/** A run's curves in short, for being drawn over those of another run, and the figures that runs are sorted by. */
import { bestEpoch, scoreOf } from './curves';
import type { EpochRecord } from './epochRecord';
import type { RatedEpoch } from './rates';
import type { RunState } from './runState';
import { Smoother, smoothingSpan } from './smoothing';

/** Plain JSON. */
export interface RunCurves {
  readonly id: string;
  /** The score is span F1. */
  readonly spans: boolean;
  readonly step: number;
  readonly seconds: number;
  /** 0 before it is known. */
  readonly stepsPerEpoch: number;
  /** Of the training data, where that is known. */
  readonly tokens?: number;
  /** Training loss, smoothed, in nats per token, by step: at most {@link mostPoints}. */
  readonly steps: readonly number[];
  readonly smoothed: readonly number[];
  /** At most {@link mostEpochs}, the last and the best among them. */
  readonly epochs: readonly CurveEpoch[];
}

export interface CurveEpoch extends RatedEpoch {
  readonly epoch: number;
  readonly step: number;
  readonly seconds: number;
  /** On development data. */
  readonly loss?: number;
  readonly score?: number;
}

/** What a run came to. Undefined: it has no such figure, or not yet. */
export interface RunFigures {
  readonly best?: number;
  readonly last?: number;
  /** Training loss, smoothed. */
  readonly smoothedLoss?: number;
}

export const mostPoints = 1000;
export const mostEpochs = 400;

/** @param smoothing how strongly the training loss is smoothed: over all that is known, before points are left out. */
export function runCurves(id: string, state: RunState, smoothing: number): RunCurves {
  const { history, spans, step, seconds, stepsPerEpoch, facts } = state;
  const smoothed = smoothedLosses(state, smoothing);
  const kept = evenly(
    smoothed.map((_, i) => i).filter((i) => smoothed[i] !== undefined),
    mostPoints,
  );
  const best = bestEpoch(state)?.epoch;
  const records = evenly(history.epochs, mostEpochs - 1, ({ epoch }) => epoch === best);
  return {
    ...{ id, spans, step, seconds, stepsPerEpoch },
    ...(facts && { tokens: facts.tokens.training }),
    steps: kept.map((i) => history.steps[i]),
    smoothed: kept.map((i) => smoothed[i] ?? 0),
    epochs: records.map((record) => epochOf(record, state)),
  };
}

/** @param smoothing how strongly the training loss is smoothed. */
export function runFigures(state: RunState, smoothing: number): RunFigures {
  const best = bestEpoch(state)?.score;
  const lastRecord = state.history.epochs.findLast((record) => scoreOf(record, state) !== undefined);
  const last = lastRecord && scoreOf(lastRecord, state);
  const smoothedLoss = smoothedLosses(state, smoothing).findLast((loss) => loss !== undefined);
  return {
    ...(best !== undefined && { best }),
    ...(last !== undefined && { last }),
    ...(smoothedLoss !== undefined && { smoothedLoss }),
  };
}

function smoothedLosses({ history, stepsPerEpoch }: RunState, smoothing: number): (number | undefined)[] {
  const smoother = new Smoother(smoothingSpan(smoothing, stepsPerEpoch));
  return history.steps.map((step, i) => smoother.next(step, history.losses[i]));
}

function epochOf(record: EpochRecord, state: RunState): CurveEpoch {
  const { epoch, step, seconds, development, flow, learningRate, tokensPerSecond } = record;
  const score = scoreOf(record, state);
  return {
    ...{ epoch, step, seconds, tokensPerSecond },
    ...(learningRate !== undefined && { learningRate }),
    ...(flow && { flow: { gradientNorm: flow.gradientNorm } }),
    ...(development && Number.isFinite(development.loss) && { loss: development.loss }),
    ...(score !== undefined && { score }),
  };
}

/** At most so many items, evenly, with the first, the last, and those that are kept. */
function evenly<T>(
  items: readonly T[],
  most: number,
  isKept: (item: T) => boolean = () => false,
): readonly T[] {
  if (items.length <= most) return items;
  const every = Math.ceil((items.length - 1) / (most - 2));
  return items.filter((item, i) => i % every === 0 || i === items.length - 1 || isKept(item));
}

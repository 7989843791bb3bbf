/**
 * All that a run needs to go on from a checkpoint as if it had not been cut off: how it is taken and put
 * back.
 */
import { assignParameters } from '../model/parameters';
import type { TrainingState } from '../model/trainingState';
import type { DivergenceGuard } from './divergence';
import type { EpochData } from './epochData';
import type { FlowMeter } from './gradientFlow';
import type { KeptParameters } from './keptParameters';
import type { ModelInTraining } from './modelInTraining';
import type { RunPosition } from './position';
import type { Stopwatch } from './stopwatch';

/** What of a run changes from step to step. */
export interface RunInProgress {
  readonly position: RunPosition;
  readonly model: ModelInTraining;
  readonly kept: KeptParameters;
  readonly data: EpochData;
  readonly guard: DivergenceGuard;
  readonly stopwatch: Stopwatch;
  readonly flow: FlowMeter;
  /** Of the training data. */
  readonly fingerprint: number;
}

export function takeSnapshot(run: RunInProgress): TrainingState {
  const { position, model, data, guard, kept } = run;
  const { learner, average, gradientStep, weights } = model;
  const at = position.current;
  const next = at.stepInEpoch * data.sweepsPerStep;
  const inSentence = next < data.batches.sweeps && data.batches.sweep(next).offset > 0;
  const best = kept.state(at.step);
  return {
    ...at,
    seconds: run.stopwatch.seconds,
    startLoss: guard.startLoss,
    smoothedLoss: guard.smoothedLoss,
    norms: run.flow.norms,
    fingerprint: run.fingerprint,
    updates: learner.optimiser.steps,
    ...(learner.startRate !== learner.settings.learningRate && { learningRate: learner.startRate }),
    averaged: average?.count ?? 0,
    ...(average && { weights }),
    ...(learner.optimiser.moments.length > 0 && { moments: learner.optimiser.moments }),
    ...(inSentence && { carried: gradientStep.state }),
    ...(best && { best }),
  };
}

/**
 * Position, weights, kept parameters, guard and stopwatch begin with the snapshot; this puts back the rest.
 */
export function restoreSnapshot(
  { model, flow }: Pick<RunInProgress, 'model' | 'flow'>,
  { updates, moments, norms, carried, learningRate }: TrainingState,
): void {
  const { optimiser } = model.learner;
  optimiser.steps = updates;
  if (learningRate !== undefined) model.learner.startRate = learningRate;
  moments?.forEach((moment, index) => assignParameters(optimiser.moments[index], moment));
  if (norms) flow.norms = norms;
  if (carried) model.gradientStep.state = carried;
}

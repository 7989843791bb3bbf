/** The network's programs over minibatches: what sessions are opened with. */
import type { Matrix, MatrixData } from '../kernels/kernels';
import type { Session, SessionRecipe, Shard } from '../kernels/session';
import { flowProgram, flowShapes } from './network/gradientFlow';
import type { FlowBatch, FlowResults } from './network/gradientFlow';
import { forwardProgram, trainingProgram } from './network/network';
import { forwardShapes, trainingShapes, weightShapes } from './network/programShapes';
import type { ForwardBatch, ForwardResults, TrainingBatch, TrainingResults } from './network/programShapes';
import { learnedOf } from './parameters';
import type { NetworkParameters } from './parameters';
import type { Network } from './sizes';

type Weights = NetworkParameters<Matrix>;

export type ForwardRecipe = SessionRecipe<Weights, ForwardBatch<Matrix>, ForwardResults<Matrix>>;
export type ForwardSession = Session<Weights, ForwardBatch<Matrix>, ForwardResults<Matrix>>;
export type ForwardShard = Shard<Weights, ForwardBatch<Matrix>, ForwardResults<Matrix>>;

export type TrainingRecipe = SessionRecipe<Weights, TrainingBatch<Matrix>, TrainingResults<Matrix>>;
export type TrainingSession = Session<Weights, TrainingBatch<Matrix>, TrainingResults<Matrix>>;
export type TrainingShard = Shard<Weights, TrainingBatch<Matrix>, TrainingResults<Matrix>>;

export type FlowRecipe = SessionRecipe<Weights, FlowBatch<Matrix>, FlowResults<Matrix>>;
export type FlowSession = Session<Weights, FlowBatch<Matrix>, FlowResults<Matrix>>;
export type FlowShard = Shard<Weights, FlowBatch<Matrix>, FlowResults<Matrix>>;

/** As many as there are lengths. */
const trainingPlans = 24;

/** `plans`: how many shapes of minibatches stay compiled. */
export function forwardRecipe(
  { A: _, ...parameters }: NetworkParameters<MatrixData>,
  network: Network,
  plans: number,
): ForwardRecipe {
  // Scores of transitions are for the host, which decodes.
  const { A: __, ...shapes } = weightShapes(network);
  return {
    program: forwardProgram(network),
    weightShapes: shapes,
    batchShapes: (T, B) => forwardShapes(network, T, B),
    learned: learnedOf(parameters, network),
    plans,
  };
}

/** `moments`: what the optimiser remembers. */
export function trainingRecipe(
  parameters: NetworkParameters<MatrixData>,
  network: Network,
  moments: readonly NetworkParameters<MatrixData>[],
): TrainingRecipe {
  return {
    program: trainingProgram(network),
    weightShapes: weightShapes(network),
    batchShapes: (T, B) => trainingShapes(network, T, B),
    learned: learnedOf(parameters, network),
    moments: moments.map((moment) => learnedOf(moment, network)),
    plans: trainingPlans,
  };
}

/** Its minibatches are all of one shape. */
export function flowRecipe(parameters: NetworkParameters<MatrixData>, network: Network): FlowRecipe {
  return {
    program: flowProgram(network),
    weightShapes: weightShapes(network),
    batchShapes: (T, B) => flowShapes(network, T, B),
    learned: learnedOf(parameters, network),
    plans: 1,
  };
}

import type { MatrixData } from '../kernels/kernels';
import { assignParameters, copyParameters, zipParameters } from '../model/parameters';
import type { Allocate, NetworkParameters } from '../model/parameters';

/** The weights are added so often in an epoch. */
const additionsPerEpoch = 8;

/** After so many additions what was there before counts half: half an epoch. */
const halfLife = 4;

/**
 * A running average of the weights, which does better on unseen text than the weights of any single step
 * (Polyak and Juditsky 1992, "Acceleration of stochastic approximation by averaging"). The latest count most;
 * the first additions are a plain mean.
 */
export class WeightAverage {
  readonly parameters: NetworkParameters<MatrixData>;
  /** Additions so far. */
  count = 0;
  private readonly every: number;

  constructor(
    private readonly weights: NetworkParameters<MatrixData>,
    stepsPerEpoch: number,
    allocate: Allocate,
  ) {
    this.parameters = copyParameters(weights, allocate);
    this.every = Math.max(1, Math.ceil(stepsPerEpoch / additionsPerEpoch));
  }

  /** Goes on from an average of so many additions. */
  restore(average: NetworkParameters<MatrixData>, count: number): void {
    assignParameters(this.parameters, average);
    this.count = count;
  }

  /** Before the first addition there is no average yet: the weights stand for it, as they are now. */
  get current(): NetworkParameters<MatrixData> {
    if (this.count === 0) this.follow();
    return this.parameters;
  }

  /** After each step, with its number. */
  add(step: number): void {
    if (step % this.every !== 0) return;
    if (this.count++ === 0) {
      this.follow();
      return;
    }
    const share = Math.max(1 - 0.5 ** (1 / halfLife), 1 / this.count);
    zipParameters(this.parameters, this.weights, (average, weights) => {
      for (let i = 0; i < average.length; i++) average[i] += share * (weights[i] - average[i]);
    });
  }

  private follow(): void {
    assignParameters(this.parameters, this.weights);
  }
}

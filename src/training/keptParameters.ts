import type { Parameters } from '../model/parameters';
import type { TrainingState } from '../model/trainingState';
import type { ModelInTraining } from './modelInTraining';
import type { Position } from './position';
import type { Scores } from './scores';

interface Kept {
  readonly epoch: number;
  readonly step: number;
  readonly scores?: Scores;
  readonly parameters: Parameters;
}

/** Stands for the step of the best parameters of a run that goes on: it lies before its checkpoint. */
const pastStep = -1;

/**
 * The parameters that a run would end with, copied: the best on development data, or while there is none,
 * those of the last checkpoint.
 */
export class KeptParameters {
  private kept: Kept;

  constructor(
    private readonly model: ModelInTraining,
    at: Position,
    best?: TrainingState['best'],
  ) {
    const { epoch = at.epoch, scores, parameters } = best ?? {};
    this.kept = parameters
      ? { epoch, step: pastStep, scores, parameters }
      : { epoch, step: at.step, scores, parameters: model.snapshot() };
  }

  get parameters(): Parameters {
    return this.kept.parameters;
  }

  /** The epoch that they are of. */
  get epoch(): number {
    return this.kept.epoch;
  }

  /** On development data. */
  get scores(): Scores | undefined {
    return this.kept.scores;
  }

  /** Keeps the parameters as they are now. */
  keep({ epoch, step }: Pick<Position, 'epoch' | 'step'>, scores?: Scores): void {
    this.kept = { epoch, step, scores, parameters: this.model.snapshot() };
  }

  /** For a checkpoint at a step; its own parameters are the model's, and not repeated. */
  state(step: number): TrainingState['best'] {
    const { epoch, scores, parameters, step: ofStep } = this.kept;
    return scores && { epoch, scores, ...(ofStep !== step && { parameters }) };
  }
}

import type { TrainingState } from '../model/trainingState';
import type { StepResult } from './gradientStep';

/** Where a run stands between two steps, and what its epoch has come to so far. */
export type Position = Pick<
  TrainingState,
  'epoch' | 'stepInEpoch' | 'step' | 'epochLoss' | 'epochTokens' | 'tokens'
>;

export class RunPosition {
  private at: Position;

  /** Before the first step, or where a checkpoint was made. */
  constructor(state?: Position) {
    const { epoch = 1, stepInEpoch = 0, step = 0, epochLoss = 0, epochTokens = 0, tokens = 0 } = state ?? {};
    this.at = { epoch, stepInEpoch, step, epochLoss, epochTokens, tokens };
  }

  get current(): Position {
    return this.at;
  }

  /** The epoch of the last step. */
  get lastEpoch(): number {
    return Math.max(1, this.at.stepInEpoch > 0 ? this.at.epoch : this.at.epoch - 1);
  }

  addStep({ loss, tokens }: StepResult): void {
    const { epoch, stepInEpoch, step, epochLoss, epochTokens, tokens: before } = this.at;
    this.at = {
      epoch,
      stepInEpoch: stepInEpoch + 1,
      step: step + 1,
      epochLoss: epochLoss + loss,
      epochTokens: epochTokens + tokens,
      tokens: before + tokens,
    };
  }

  endEpoch(): void {
    const { epoch, step, tokens } = this.at;
    this.at = { epoch: epoch + 1, stepInEpoch: 0, step, epochLoss: 0, epochTokens: 0, tokens };
  }
}

import { median } from './compareDevices';

/** Reports of a run's speed from which it can be told; they come ten times a second at most. */
const enough = 20;

/** The latest reports, which are kept. */
const mostKept = 200;

/**
 * How fast a run trains on its device: the median of what it reports, so that neither the first steps, which
 * compile, nor a busy moment decide.
 */
export class TrainingSpeed {
  private reports: number[] = [];

  /** Another device begins. */
  reset(): void {
    this.reports = [];
  }

  add(tokensPerSecond: number): void {
    this.reports.push(tokensPerSecond);
    if (this.reports.length > mostKept) this.reports.shift();
  }

  /** Tokens per second; undefined where the run was too short to tell. */
  get tokensPerSecond(): number | undefined {
    return this.reports.length < enough ? undefined : median(this.reports);
  }
}

/**
 * An exponential moving average over steps, with bias correction (as in Adam, Kingma and Ba 2015, section 3):
 * it begins at the first value instead of at 0. A value's weight fades by 1/e over `spanSteps` steps, however
 * many points these are, so the curve keeps its shape when the history is thinned.
 */
export class Smoother {
  private sum = 0;
  private weight = 0;
  private lastStep = 0;

  /** @param spanSteps 0 does not smooth. */
  constructor(private readonly spanSteps: number) {}

  /**
   * The average after this value. Values that are not numbers are left out; before the first number there is
   * none.
   */
  next(step: number, value: number): number | undefined {
    const steps = Math.max(1, step - this.lastStep);
    this.lastStep = step;
    if (Number.isFinite(value)) {
      const keep = this.spanSteps > 0 ? Math.exp(-steps / this.spanSteps) : 0;
      this.sum = keep * this.sum + (1 - keep) * value;
      this.weight = keep * this.weight + (1 - keep);
    }
    return this.weight > 0 ? this.sum / this.weight : undefined;
  }
}

/** The span for a strength from 0 to 100: up to an epoch, finer where it is small. */
export function smoothingSpan(strength: number, stepsPerEpoch: number): number {
  return Math.max(1, stepsPerEpoch) * (strength / 100) ** 2;
}

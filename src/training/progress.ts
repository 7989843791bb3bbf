import type { RunProgress } from '../run/runEvent';

/** Messages are at least this far apart. */
const intervalMs = 100;

/** How much of the past a message keeps of the speed shown: it follows changes within a second. */
const memory = 0.9;

/** Gathers steps into messages, at most ten a second. */
export class ProgressReporter {
  private steps: number[] = [];
  private losses: number[] = [];
  private lastMs = -Infinity;
  private last = { tokens: 0, seconds: 0 };
  private recent = { tokens: 0, seconds: 0 };

  constructor(
    private readonly now: () => number,
    private readonly send: (progress: RunProgress) => void,
  ) {}

  /**
   * `tokens` and `seconds` are of the whole run so far, training only; the first ones are what it begins
   * with.
   */
  begin(tokens: number, seconds: number): void {
    this.last = { tokens, seconds };
  }

  add(step: number, loss: number): void {
    this.steps.push(step);
    this.losses.push(loss);
  }

  /** Whether it is time for a message. */
  get due(): boolean {
    return this.steps.length > 0 && this.now() - this.lastMs >= intervalMs;
  }

  /**
   * Sends what was gathered. `tokensLeft` are those still to train on, `evaluationSeconds` the time for
   * evaluations to come.
   */
  flush(at: {
    epoch: number;
    step: number;
    tokens: number;
    seconds: number;
    tokensLeft: number;
    evaluationSeconds: number;
  }): void {
    if (this.steps.length === 0) return;
    const { steps, losses, recent } = this;
    recent.tokens = memory * recent.tokens + at.tokens - this.last.tokens;
    recent.seconds = memory * recent.seconds + at.seconds - this.last.seconds;
    this.last = { tokens: at.tokens, seconds: at.seconds };
    this.steps = [];
    this.losses = [];
    this.lastMs = this.now();
    const tokensPerSecond = recent.seconds > 0 ? recent.tokens / recent.seconds : 0;
    const secondsLeft = (tokensPerSecond > 0 ? at.tokensLeft / tokensPerSecond : 0) + at.evaluationSeconds;
    this.send({
      epoch: at.epoch,
      step: at.step,
      steps,
      losses,
      tokensPerSecond,
      secondsLeft,
      seconds: at.seconds,
    });
  }
}

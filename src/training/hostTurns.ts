import type { TrainerHooks } from './run';
import type { Stopwatch } from './stopwatch';

const yieldEveryMs = 15;

/** Gives the host its turn between steps. Time that it takes is not training time. */
export class HostTurns {
  private lastMs: number;

  constructor(
    private readonly hooks: Pick<TrainerHooks, 'yieldToHost' | 'now'>,
    private readonly stopwatch: Stopwatch,
  ) {
    this.lastMs = hooks.now();
  }

  /** Asks the host, if it is time, whether to go on. */
  readonly goOn = (): boolean | Promise<boolean> => {
    const { hooks, stopwatch } = this;
    if (hooks.now() - this.lastMs < yieldEveryMs) return true;
    const { running } = stopwatch;
    stopwatch.stop();
    const resume = (answer: 'continue' | 'stop'): boolean => {
      this.lastMs = hooks.now();
      if (running) stopwatch.start();
      return answer === 'continue';
    };
    const answer = hooks.yieldToHost();
    return answer instanceof Promise ? answer.then(resume) : resume(answer);
  };
}

import type { StepData, StepInput, StepShape } from './stepData';

/** A way to compute the measured step. Each runs in a process of its own. */
export interface Contender {
  /** What a person reads: a device's name. */
  readonly name: string;
  readonly threads: number;
  readonly input: StepInput;
  /** Left out for more hidden units than this: too slow to wait for. */
  readonly largestHidden?: number;
  /**
   * From the parameters that all contenders start from. `data.batch()` is called once a step.
   * @throws where it cannot be had here, with a reason to print.
   */
  prepare(shape: StepShape, data: StepData): Promise<PreparedStep>;
}

export interface PreparedStep {
  /** One step on the next batch. Gives its loss before the update, mean per token, in nats. */
  step(): number | Promise<number>;
  dispose(): void;
}

export function contenderId({ name, threads, input }: Contender): string {
  return `${input}:${name}:${threads}`;
}

/** What takes turns with others once it is ready. */
import { checkAgreement } from '../step/agreement';
import type { StepShape } from '../step/stepData';
import type { ContenderName } from './gpuReport';
import { withinSeconds } from './withinSeconds';

/** A way to compute the step that may be started for one shape after the other. */
export interface GpuContender {
  readonly name: ContenderName;
  /** It is given up where it is not ready, or not done with a round, after so many seconds. */
  readonly seconds: number;
  open(): Promise<OpenContender>;
}

interface OpenContender {
  /** @throws {Error} where its losses are not the expected ones. */
  prepare(shape: StepShape, expected: readonly number[]): Promise<void>;
  /** @returns the losses of the next steps at these sizes. */
  steps(count: number): Promise<readonly number[]>;
  /** @returns ms a step. */
  round(ms: number): Promise<number>;
  close(): Promise<void>;
}

export interface ReadyContender {
  readonly name: ContenderName;
  /** Of its first steps at these sizes. */
  readonly losses: readonly number[];
  round(): Promise<number>;
  close(): Promise<void>;
}

/** At the sizes that are timed, before they are. */
const comparedSteps = 2;

/**
 * Checked, and compiled: its first round does not count.
 * @param expected the losses of `reference` on a small batch.
 * @param alike another's first losses at these sizes, which float64 would take minutes for.
 * @throws {TooLateError} among others.
 */
export async function readyContender(
  { name, seconds, open }: GpuContender,
  shape: StepShape,
  expected: readonly number[],
  alike: readonly number[] | undefined,
  roundMs: number,
): Promise<ReadyContender> {
  const contender = await open();
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= contender.close());
  /** One that failed may be computing still, in the time of others: it is ended at once. */
  const orEnd = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await withinSeconds(seconds, work);
    } catch (error) {
      await close();
      throw error;
    }
  };
  const start = async (): Promise<readonly number[]> => {
    await contender.prepare(shape, expected);
    const first = await contender.steps(comparedSteps);
    if (alike) checkAgreement(name, first, alike);
    await contender.round(roundMs);
    return first;
  };
  const losses = await orEnd(start());
  return { name, losses, round: () => orEnd(contender.round(roundMs)), close };
}

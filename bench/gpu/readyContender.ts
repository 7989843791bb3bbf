/** What takes turns with others once it is ready. */
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
  /** @returns ms a step. */
  round(ms: number): Promise<number>;
  close(): Promise<void>;
}

export interface ReadyContender {
  readonly name: ContenderName;
  round(): Promise<number>;
  close(): Promise<void>;
}

/** Checked, and compiled: its first round does not count. @throws {TooLateError} among others. */
export async function readyContender(
  { name, seconds, open }: GpuContender,
  shape: StepShape,
  expected: readonly number[],
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
  const start = async (): Promise<void> => {
    await contender.prepare(shape, expected);
    await contender.round(roundMs);
  };
  await orEnd(start());
  return { name, round: () => orEnd(contender.round(roundMs)), close };
}

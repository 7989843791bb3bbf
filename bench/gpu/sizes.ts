/** Which sizes are measured, and which are not tried any more. */
import type { StepShape } from '../step/stepData';

const base = { T: 25, E: 64, L: 17, K: 10_000 };
const hiddenUnits = { quick: [128], full: [128, 256, 512, 1024] };
const batchSizes = { quick: [16], full: [16, 64, 256] };

/** The sizes that the bar is for. */
export const barSizes = { H: 512, B: 64 } as const;

/** From small to large: what takes too long at one size is not tried at a larger one. */
export function gpuShapes(quick: boolean): StepShape[] {
  const extent = quick ? 'quick' : 'full';
  return hiddenUnits[extent].flatMap((H) => batchSizes[extent].map((B) => ({ ...base, H, B })));
}

/** A contender that was not ready, checked and warm, within its seconds. */
export interface TookTooLong {
  readonly contender: string;
  readonly shape: StepShape;
  readonly seconds: number;
}

/** Why a contender is not tried at these sizes; undefined where it is. */
export function whyNotTried(
  contender: string,
  { H, B }: StepShape,
  tookTooLong: readonly TookTooLong[],
): string | undefined {
  const smaller = tookTooLong.find(
    (late) => late.contender === contender && late.shape.H <= H && late.shape.B <= B,
  );
  return (
    smaller &&
    `not tried: at H=${smaller.shape.H}, B=${smaller.shape.B} it took longer than ${smaller.seconds} s`
  );
}

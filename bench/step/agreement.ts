/** Whether a contender computes the step that it claims to, before it is timed. */
import type { Contender } from './contender';
import { StepData } from './stepData';
import type { StepShape } from './stepData';

/** Steps on one batch: enough that what any gradient gets wrong shows in the loss. */
const checkedSteps = 12;
/** float32 against float64, relative. */
const tolerance = 2e-4;

/** The losses of the first steps on one small batch. */
export async function lossesOf(contender: Contender, shape: StepShape): Promise<number[]> {
  const small = { ...shape, T: Math.min(shape.T, 6), K: 40 };
  const prepared = await contender.prepare(small, new StepData(small, 1));
  try {
    const losses: number[] = [];
    for (let n = 0; n < checkedSteps; n++) losses.push(await prepared.step());
    return losses;
  } finally {
    prepared.dispose();
  }
}

/** @throws {Error} where the losses differ by more than rounding does. */
export function checkAgreement(name: string, losses: readonly number[], expected: readonly number[]): void {
  const worst = expected.findIndex((loss, n) => !(Math.abs(losses[n] - loss) <= tolerance * loss));
  if (worst >= 0)
    throw new Error(
      `${name} does not compute this step: its loss in step ${worst + 1} is ${losses[worst]}, but must be ${expected[worst]}.`,
    );
}

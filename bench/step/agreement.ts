/** Whether a contender computes the step that it claims to, before it is timed. */
import type { Contender } from './contender';
import { floatingPointOperations, StepData } from './stepData';
import type { StepShape } from './stepData';
import { nextLosses } from './stepTimes';

/** Steps on one batch: enough that what any gradient gets wrong shows in the loss. */
const checkedSteps = 12;
/** Of a large network, which float64 takes seconds for. */
const leastSteps = 4;
/** What float64 computes in a few seconds. */
const operations = 6e9;
/** float32 against float64, relative. */
const tolerance = 2e-4;

/** The small batch that is checked, and over how many steps: fewer, and of shorter sentences, of a large network. */
export function checkOf(shape: StepShape): { readonly shape: StepShape; readonly steps: number } {
  const T = Math.min(shape.T, 6);
  const aToken = floatingPointOperations({ ...shape, T: 1 }, 'table');
  const steps = checkedSteps * T * aToken > operations ? leastSteps : checkedSteps;
  // With two tokens there is one before.
  const affordable = Math.max(2, Math.floor(operations / (steps * aToken)));
  return { shape: { ...shape, T: Math.min(T, affordable), K: 40 }, steps };
}

/** The losses of the first steps on one small batch. */
export async function lossesOf(contender: Contender, shape: StepShape): Promise<number[]> {
  const { shape: small, steps } = checkOf(shape);
  const prepared = await contender.prepare(small, new StepData(small, 1));
  try {
    return await nextLosses(prepared, steps);
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

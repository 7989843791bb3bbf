import { reasonOf } from './table';

/** Something that is measured several times. */
export interface Task<Result> {
  /** What a person reads while it runs. */
  readonly name: string;
  /** Rejects where it cannot be measured here, with the reason. */
  run(): Promise<Result>;
}

export type Outcome<Result> = { readonly results: readonly Result[] } | { readonly failed: string };

/**
 * Rounds over all tasks in turn. One that has failed is not tried again, and what it gave before is dropped;
 * one that has taken long enough is not run again.
 */
export async function runInTurn<Result>(
  tasks: readonly Task<Result>[],
  rounds: number,
  enoughSeconds: number,
  tell: (text: string) => void,
): Promise<Outcome<Result>[]> {
  const states = tasks.map((task) => ({
    task,
    results: [] as Result[],
    seconds: 0,
    failed: undefined as string | undefined,
  }));
  for (let round = 1; round <= rounds; round++) {
    for (const state of states) {
      if (state.failed !== undefined || state.seconds >= enoughSeconds) continue;
      tell(`${state.task.name}, round ${round} of ${rounds}`);
      const beganMs = performance.now();
      try {
        state.results.push(await state.task.run());
      } catch (error) {
        state.failed = reasonOf(error);
      }
      state.seconds += (performance.now() - beganMs) / 1000;
    }
  }
  return states.map(({ results, failed }) => (failed === undefined ? { results } : { failed }));
}

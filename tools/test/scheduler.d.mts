export interface Counts {
  passed: number;
  failed: number;
  /** Of each failed test its title and what is wrong. */
  failures?: readonly string[];
}
export interface Task {
  readonly name: string;
  readonly after?: readonly string[];
  run(): Promise<Counts>;
}
/** Runs every task, at most `atOnce` of them at a time. See scheduler.mjs. */
export function runTasks<T extends Task>(
  tasks: readonly T[],
  atOnce: number,
  hooks?: { started?: (task: T) => void; ended?: (task: T, result: Counts | undefined) => void },
): Promise<Map<string, Counts | undefined>>;

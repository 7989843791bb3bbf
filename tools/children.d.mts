import type { ChildProcess, SpawnOptions } from 'node:child_process';

/** Starts a program in a process group of its own, which is ended with this process. */
export function start(
  program: string,
  args: readonly string[],
  options?: SpawnOptions & { endSignal?: NodeJS.Signals },
): ChildProcess;
/** Ends a child and its whole process group. */
export function endTree(child: ChildProcess, signal?: NodeJS.Signals): void;
/** npm's program and first arguments. */
export function npm(): string[];

/** Runs tasks one after the other, in the order in which they came. */
export class TaskQueue {
  private last: Promise<unknown> = Promise.resolve();
  private round = 0;

  /** Runs a task when all before it have ended, however they did. @returns undefined where it was left out. */
  add<T>(task: () => T | Promise<T>): Promise<T | undefined> {
    const { round } = this;
    const done = this.last.then(() => (round === this.round ? task() : undefined));
    this.last = done.catch(() => undefined);
    return done;
  }

  /** Leaves out all tasks that have not begun. */
  clear(): void {
    this.round++;
  }
}

// Runs tasks side by side, some of them only after others.

/**
 * Runs every task, at most `atOnce` of them at a time, in their order where nothing has to be waited for.
 * @param tasks each with `name`, `run()` and `after`: names of tasks that must have succeeded before. What
 * is named there and is not among the tasks counts as done.
 * @param hooks `started(task)` and `ended(task, result)`.
 * @returns the results by name. A task that needs one whose result has failures does not run; its result is
 * undefined.
 */
export async function runTasks(tasks, atOnce, { started = () => {}, ended = () => {} } = {}) {
  const results = new Map();
  const running = new Map();
  const waiting = [...tasks];
  const needs = (task) => (task.after ?? []).filter((name) => tasks.some((other) => other.name === name));
  const isDone = (name) => results.has(name);
  const hasFailed = (name) => results.has(name) && (results.get(name)?.failed ?? 1) > 0;

  const begin = (task) => {
    started(task);
    const run = async () => {
      const result = await task.run();
      ended(task, result);
      running.delete(task.name);
      results.set(task.name, result);
    };
    running.set(task.name, run());
  };

  while (waiting.length > 0 || running.size > 0) {
    for (const task of [...waiting]) {
      if (needs(task).some(hasFailed)) {
        waiting.splice(waiting.indexOf(task), 1);
        results.set(task.name, undefined);
        ended(task, undefined);
      } else if (running.size < atOnce && needs(task).every(isDone)) {
        waiting.splice(waiting.indexOf(task), 1);
        begin(task);
      }
    }
    if (running.size > 0) await Promise.race(running.values());
    else if (
      waiting.length > 0 &&
      !waiting.some((task) => needs(task).every(isDone) || needs(task).some(hasFailed))
    )
      throw new Error(`These tasks wait for each other: ${waiting.map(({ name }) => name).join(', ')}.`);
  }
  return results;
}

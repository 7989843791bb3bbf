/** Waiting in tests: for events, never for a time that a slow machine may exceed. */

/** How long a test waits for what must come. Machines with other work take many times longer. */
export const patienceMs = 300_000;

/**
 * Waits till `probe` gives something else than undefined or false, and gives that.
 * @throws after the time, with what was waited for.
 */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = patienceMs,
): Promise<T> {
  for (const end = Date.now() + timeoutMs; ;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

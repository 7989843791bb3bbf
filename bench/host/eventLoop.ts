import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Delays of the event loop in ms. */
export interface Delays {
  readonly median: number;
  readonly p99: number;
  readonly most: number;
}

/** Of the watching timer: its own period is in each delay, and is taken off. */
const resolutionMs = 1;

/** How late this process's event loop is over a time. */
export async function watchEventLoop(seconds: number): Promise<Delays> {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  await sleep(1000 * seconds);
  delays.disable();
  const toMs = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolutionMs);
  return { median: toMs(delays.percentile(50)), p99: toMs(delays.percentile(99)), most: toMs(delays.max) };
}

/** How much memory the extension host takes. */
import path from 'node:path';
import { setFlagsFromString, writeHeapSnapshot } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const figures = ['heapUsed', 'buffers', 'rss'] as const;

/** In bytes. `buffers`: array buffers and what else lies outside of the heap. */
export type Memory = Readonly<Record<(typeof figures)[number], number>>;

/** What is left once all that nobody holds is collected; finalizers may give up more. */
export async function memoryNow(): Promise<Memory> {
  for (let n = 0; n < 3; n++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapUsed, buffers: external, rss };
}

/** The medians of a part of the samples. */
export function medians(samples: readonly Memory[]): Memory {
  const middle = (name: keyof Memory): number => {
    const sorted = samples.map((sample) => sample[name]).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  return { heapUsed: middle('heapUsed'), buffers: middle('buffers'), rss: middle('rss') };
}

export function inMegabytes(memory: Memory): string {
  return figures.map((name) => `${name} ${(memory[name] / 1e6).toFixed(1)} MB`).join(', ');
}

/** Writes a heap snapshot for whoever looks for a leak, where the variable names a folder. */
export function snapshot(name: string): void {
  const folder = process.env.RNN_TAGGER_DAY_SNAPSHOTS;
  if (folder !== undefined && folder !== '') writeHeapSnapshot(path.join(folder, `${name}.heapsnapshot`));
}

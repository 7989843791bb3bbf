import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

/** Of the main thread, on Linux: first the nanoseconds that it has had a processor. */
const mainThread = `/proc/self/task/${process.pid}/schedstat`;

/**
 * Processor time so far, in ms: other processes do not count, and neither do, where that can be told, the
 * threads that collect garbage, which wait for each other in loops on a busy machine.
 */
function processorTime(): number {
  if (existsSync(mainThread)) return Number(readFileSync(mainThread, 'ascii').split(' ')[0]) / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed(work: () => void): number {
  const before = processorTime();
  work();
  return processorTime() - before;
}

const longer = 8;
/** Where time is linear, both ways take the same; where it is quadratic, the whole takes eight times as long. */
const mostTimes = 4;
/** What takes so little says nothing. */
const leastMs = 100;
const turns = 10;

/**
 * Checks that work on the text takes time linear in its length: on the whole of it, about as long as eight
 * times on an eighth. The least of several turns counts, so that a busy machine does not fail it.
 */
export function assertLinear(
  work: (text: string) => void,
  textOf: (length: number) => string,
  length: number,
) {
  const whole = textOf(length);
  if (timed(() => work(whole)) < leastMs) return;
  const part = textOf(length / longer);
  const eighths = (): void => {
    for (let i = 0; i < longer; i++) work(part);
  };
  let [ofWhole, ofParts] = [Infinity, Infinity];
  for (let turn = 0; turn < turns; turn++) {
    ofParts = Math.min(ofParts, timed(eighths));
    ofWhole = Math.min(
      ofWhole,
      timed(() => work(whole)),
    );
    if (ofWhole < Math.max(leastMs, mostTimes * ofParts)) return;
  }
  assert.fail(`${length} characters take ${ofWhole} ms, eight times an eighth of them ${ofParts} ms`);
}

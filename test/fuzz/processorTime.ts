import assert from 'node:assert/strict';

/** Processor time of this process in ms: other processes do not count. */
function timed(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const longer = 8;
/** Where time is linear, both ways take the same; where it is quadratic, the whole takes eight times as long. */
const mostTimes = 3;
/** What takes so little says nothing. */
const leastMs = 100;

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
  for (let turn = 0; turn < 4; turn++) {
    ofParts = Math.min(ofParts, timed(eighths));
    ofWhole = Math.min(
      ofWhole,
      timed(() => work(whole)),
    );
    if (ofWhole < Math.max(leastMs, mostTimes * ofParts)) return;
  }
  assert.fail(`${length} characters take ${ofWhole} ms, eight times an eighth of them ${ofParts} ms`);
}

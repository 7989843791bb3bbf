/** For the step that is under way, on a slow device on a busy machine. */
const stepMs = 20_000;
/** What a checkpoint is written with at least, on a busy machine. */
const bytesPerMs = 2_000;

/**
 * How long a trainer may take to end its step and to write a checkpoint of so many bytes, in ms. It is ended
 * then: it is not known to answer at all.
 */
export function stopLimitMs(checkpointBytes: number): number {
  return stepMs + checkpointBytes / bytesPerMs;
}

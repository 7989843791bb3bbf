/** When training goes on by itself, and for how long. Knows no editor. */

/** Without a key, a click or a label for so long, work has paused. */
export const pauseMs = 8_000;

/** A run that was paused since somebody types goes on after this. */
export const resumeMs = 3_000;

/** What a run by itself is to take at most, as far as the run before tells. */
const mostSeconds = 15;

/** With fewer epochs a model would be worse than the one before. */
const fewestEpochs = 5;

/** What the run before tells. */
export interface RunBefore {
  readonly epoch: number;
  readonly seconds: number;
}

/**
 * How many epochs a run by itself may have, so that it takes seconds: undefined where it may have as many as
 * any run, `none` where it would take too long in any case.
 */
export function epochsInSeconds({ epoch, seconds }: RunBefore): number | undefined | 'none' {
  if (seconds <= mostSeconds) return undefined;
  const epochs = Math.floor((epoch * mostSeconds) / seconds);
  return epochs >= fewestEpochs ? epochs : 'none';
}

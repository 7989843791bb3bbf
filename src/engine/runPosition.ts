import type { RunEvent } from '../run/runEvent';

/** Where a run stands. */
export interface RunPosition {
  readonly epoch: number;
  /** Steps done since the run began. */
  readonly step: number;
  /** Training time. */
  readonly seconds: number;
  readonly tokensPerSecond: number;
}

export const startPosition: RunPosition = { epoch: 0, step: 0, seconds: 0, tokensPerSecond: 0 };

/** Where a run stands after an event. */
export function positionAfter(position: RunPosition, event: RunEvent): RunPosition {
  if (event.type === 'started' || event.type === 'checkpoint' || event.type === 'moving')
    return { ...position, epoch: event.epoch, step: event.step };
  if (event.type === 'progress' || event.type === 'epoch') {
    const { epoch, step, seconds, tokensPerSecond } = event;
    return { epoch, step, seconds, tokensPerSecond };
  }
  return position;
}

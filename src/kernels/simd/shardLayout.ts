import type { Shape } from '../kernels';
import type { SessionInputs } from '../session';
import { leavesOf } from '../tree';
import { footprint } from './memory';

/** The bytes of a shard's arrays without the ids, of which each step has another number. */
export function shardBytes<P, I>(shapes: SessionInputs<P, I>, outputShapes: unknown): number {
  const lengths = [...leavesOf<Shape>(shapes.batch), ...leavesOf<Shape>(outputShapes)].map(lengthOf);
  return [startsOf(shapes.sums), ...lengths].reduce((bytes, length) => bytes + footprint(length * 4), 0);
}

/** Each row has its start, and the last one its end. */
export function startsOf([{ rows }]: readonly Shape[]): number {
  return rows + 1;
}

export function lengthOf({ rows, columns }: Shape): number {
  return rows * columns;
}

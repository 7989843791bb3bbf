/**
 * Minibatches: which sentences go together in which sweep of an epoch, and how long they are padded.
 *
 * A device compiles a plan for each shape, so lengths are few: T is padded up to one of a geometric grid of
 * at most 24. Sentences whose padded length is the same go together, so that hardly more is padded than the
 * grid asks for. Over {@link windowLength} tokens a sentence goes in windows, each a sweep of its own whose
 * h₀ is the last one's final state.
 */
import { hash32, permutation } from '../common/random';
import { windowLength } from '../corpus/windowLength';

/** One pass over T tokens of B sentences. */
export interface Sweep {
  /** B sentence numbers; −1 where there is none: its rows are padding. */
  readonly sentences: Int32Array;
  /**
   * How many of them are sentences: what a minibatch's gradient is divided by, the same in all windows of a
   * batch.
   */
  readonly count: number;
  /**
   * The token of each sentence with which the window begins. Over 0: h₀ is the final state of the sweep
   * before.
   */
  readonly offset: number;
  /** T, padded up. */
  readonly length: number;
  /** Tokens that are not padding. */
  readonly tokens: number;
}

/**
 * The sweeps of an epoch, in order. Flat arrays, so that a million tokens at one sentence a sweep stay small.
 */
export interface Batches {
  readonly sweeps: number;
  sweep(index: number): Sweep;
}

/** Fixes the order of an epoch. */
export interface Shuffle {
  readonly seed: number;
  readonly epoch: number;
}

/**
 * Lengths in geometric progression, rising, up to `longest` (at most {@link windowLength}). The shortest is
 * 4: sentences below it are few tokens, and the progression is finer without them.
 */
export function lengthGrid(longest: number, lengths = 24): number[] {
  const last = Math.max(1, Math.min(longest, windowLength));
  const first = Math.min(4, last);
  const grid: number[] = [];
  for (let i = 0; i < lengths; i++) {
    const length = Math.ceil(first * (last / first) ** (i / (lengths - 1)) - 1e-9);
    if (length !== grid.at(-1)) grid.push(length);
  }
  return grid;
}

/** The least length of the grid that holds `length` tokens; the longest where none does. */
export function paddedLength(length: number, grid: readonly number[]): number {
  let low = 0;
  let high = grid.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (grid[middle] < length) low = middle + 1;
    else high = middle;
  }
  return grid[low];
}

/** Tokens of the longest sentence; 0 where there is none. */
export function longestSentence(start: Uint32Array): number {
  let longest = 0;
  for (let s = 0; s + 1 < start.length; s++) longest = Math.max(longest, start[s + 1] - start[s]);
  return longest;
}

/**
 * Cuts sentences into minibatches of `batch`. `start` holds each sentence's first token and, at its end,
 * their number; sentences without tokens are left out. Without a shuffle the order is fixed, by length. The
 * number of sweeps does not depend on the shuffle.
 */
export function planBatches(
  start: Uint32Array,
  batch: number,
  grid: readonly number[],
  shuffle?: Shuffle,
): Batches {
  const groups = group(start, batch, grid, shuffle);
  const order = shuffle ? permutation(groups.length, hash32(shuffle.seed, shuffle.epoch, 2)) : undefined;
  const sentences = new Int32Array(groups.length * batch).fill(-1);
  const sweepGroup: number[] = [];
  const sweepOffset: number[] = [];
  const sweepLength: number[] = [];
  const window = grid[grid.length - 1];
  for (let g = 0; g < groups.length; g++) {
    const members = groups[order ? order[g] : g];
    sentences.set(members, g * batch);
    const longest = Math.max(...members.map((s) => start[s + 1] - start[s]));
    for (let offset = 0; offset < longest; offset += window) {
      sweepGroup.push(g);
      sweepOffset.push(offset);
      sweepLength.push(paddedLength(Math.min(window, longest - offset), grid));
    }
  }
  return {
    sweeps: sweepGroup.length,
    sweep(index) {
      const members = sentences.subarray(sweepGroup[index] * batch, (sweepGroup[index] + 1) * batch);
      const offset = sweepOffset[index];
      let count = 0;
      let tokens = 0;
      for (const s of members) {
        if (s < 0) continue;
        count++;
        tokens += Math.max(0, Math.min(start[s + 1] - start[s] - offset, window));
      }
      return { sentences: members, count, offset, length: sweepLength[index], tokens };
    },
  };
}

/**
 * Sentences of one padded length are put together as they come; those left over at the end are put together
 * by length.
 */
function group(
  start: Uint32Array,
  batch: number,
  grid: readonly number[],
  shuffle: Shuffle | undefined,
): number[][] {
  const number = start.length - 1;
  const length = (s: number): number => start[s + 1] - start[s];
  const byLength = (a: number, b: number): number => length(a) - length(b) || a - b;
  const order = shuffle
    ? permutation(number, hash32(shuffle.seed, shuffle.epoch, 1))
    : Uint32Array.from({ length: number }, (_, s) => s).sort(byLength);
  const groups: number[][] = [];
  const open = new Map<number, number[]>();
  const long: number[] = [];
  for (const s of order) {
    if (length(s) === 0) continue;
    if (length(s) > grid[grid.length - 1]) {
      long.push(s);
      continue;
    }
    const padded = paddedLength(length(s), grid);
    const members = open.get(padded) ?? [];
    members.push(s);
    open.set(padded, members);
    if (members.length === batch) {
      groups.push(members);
      open.delete(padded);
    }
  }
  const left = [...open.values()].flat().sort(byLength);
  for (let i = 0; i < left.length; i += batch) groups.push(left.slice(i, i + batch));
  // Long sentences keep their company in every epoch: how many windows a batch has depends on its longest
  // sentence.
  long.sort(byLength);
  for (let i = 0; i < long.length; i += batch) groups.push(long.slice(i, i + batch));
  return groups;
}

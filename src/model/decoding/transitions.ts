import type { LabelScheme } from '../../corpus/corpus';
import { parseLabel } from '../../corpus/labels/scheme';
import { mayFollow } from '../../corpus/labels/validity';
import type { MatrixData } from '../../kernels/kernels';

/** Which of a model's L labels may follow which. */
export interface Transitions {
  /** Whether any label may stand anywhere. */
  readonly free: boolean;
  /** L×L: 1 where label j may follow label i, at i·L + j. Empty where all may. */
  readonly allowed: Uint8Array;
  /** 1 for each label that may begin a sentence. */
  readonly begins: Uint8Array;
  /** 1 for each label that may end a sentence. */
  readonly ends: Uint8Array;
  /** For each label, the number in `sets` of the set of those that may stand before it. */
  readonly before: Uint16Array;
  /**
   * The different sets of predecessors, each ascending: few, since labels share them (about one for each type
   * of span).
   */
  readonly sets: readonly Uint16Array[];
}

/**
 * What a scheme allows, for labels with types, without, or both. A label that is none of a span's, such as
 * `NOUN`, may stand wherever O may: it counts as outside of any span. A label for which its scheme has no
 * rule, such as S in IOB2, is free.
 */
export function transitionsOf(labels: readonly string[], scheme: LabelScheme): Transitions {
  const L = labels.length;
  if (scheme === 'none') return freeTransitions(L);
  const parts = labels.map(parseLabel);
  const allowed = new Uint8Array(L * L);
  const numbers = new Map<string, number>();
  const sets: Uint16Array[] = [];
  const before = Uint16Array.from(parts, (label, j) => {
    const set = Uint16Array.from(labels.keys()).filter((i) => mayFollow(parts[i], label, scheme));
    for (const i of set) allowed[i * L + j] = 1;
    const key = set.join();
    const number = numbers.get(key) ?? sets.push(set) - 1;
    numbers.set(key, number);
    return number;
  });
  const begins = Uint8Array.from(parts, (label) => Number(mayFollow(undefined, label, scheme)));
  const ends = Uint8Array.from(parts, (label) => Number(mayFollow(label, undefined, scheme)));
  const free = !allowed.includes(0) && !begins.includes(0) && !ends.includes(0);
  return { free, allowed, begins, ends, before, sets };
}

/** Of L labels that may follow each other in any order. L may be thousands, so that there is no L×L table. */
function freeTransitions(L: number): Transitions {
  const all = new Uint8Array(L).fill(1);
  return {
    free: true,
    allowed: new Uint8Array(0),
    begins: all,
    ends: all,
    before: new Uint16Array(L),
    sets: [Uint16Array.from(all, (_, label) => label)],
  };
}

/** Whether the T labels from `offset` on, by their numbers, may be those of a sentence. */
export function isAllowed(
  { free, allowed, begins, ends }: Transitions,
  labels: Uint16Array,
  offset: number,
  T: number,
): boolean {
  if (free || T === 0) return true;
  const L = begins.length;
  for (let t = 1; t < T; t++)
    if (allowed[labels[offset + t - 1] * L + labels[offset + t]] === 0) return false;
  return begins[labels[offset]] === 1 && ends[labels[offset + T - 1]] === 1;
}

/**
 * Transition scores for which only allowed sequences are possible: those of A, (L+2)×L, or 0 without it, and
 * −∞ where nothing is allowed.
 */
export function allowedScores(
  { free, allowed, begins, ends }: Transitions,
  A?: MatrixData,
): Float64Array<ArrayBuffer> {
  const L = begins.length;
  if (free) return A ? Float64Array.from(A) : new Float64Array((L + 2) * L);
  const marks = [...allowed, ...begins, ...ends];
  return Float64Array.from(marks, (mark, n) => (mark === 0 ? -Infinity : A ? A[n] : 0));
}

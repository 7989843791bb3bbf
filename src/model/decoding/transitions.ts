import type { LabelScheme } from '../../corpus/corpus';
import { partsUnder } from '../../corpus/labels/notation';
import type { LabelParts } from '../../corpus/labels/notation';
import { mayFollow } from '../../corpus/labels/validity';
import type { MatrixData } from '../../kernels/kernels';

/**
 * Which of a model's L labels may follow which. What a scheme allows depends on the prefixes of two labels and
 * on whether their types are the same, so that it takes room for L labels, not for L×L pairs.
 */
export interface Transitions {
  readonly L: number;
  /** Whether any label may stand anywhere. */
  readonly free: boolean;
  /** 1 for each label that may begin a sentence. */
  readonly begins: Uint8Array;
  /** 1 for each label that may end a sentence. */
  readonly ends: Uint8Array;
  /** What may stand before each label. */
  readonly before: Neighbours;
  /** What may stand behind each label. */
  readonly behind: Neighbours;
  /** Whether label j may follow label i. */
  mayFollow(i: number, j: number): boolean;
}

/** For each label the set of those that may stand on one side of it. Labels share sets. */
export interface Neighbours {
  /** For each label, the number of its set. */
  readonly setOf: Uint32Array;
  /** About one for each type of span. */
  readonly sets: readonly NeighbourSet[];
  /** A few long lists, ascending, that sets have in common. */
  readonly common: readonly Uint16Array[];
}

export interface NeighbourSet {
  /** The number of the list in {@link Neighbours.common} that belongs to the set. */
  readonly common: number;
  /** A few more labels, which are of the same type; ascending. */
  readonly own: Uint16Array;
}

/** The prefixes; behind them a label that is none of a span's. */
const kinds = ['B', 'I', 'O', 'E', 'S', undefined] as const;

/** Labels by the numbers of their kinds and types; a label that is none of a span's has type −1. */
interface NumberedLabels {
  readonly kind: Uint8Array;
  readonly type: Int32Array;
  /** By type: few labels each. */
  readonly ofType: readonly (readonly number[])[];
}

/**
 * What a scheme allows, for labels with types, without, or both. A label that is none of a span's, such as
 * `NOUN`, may stand wherever O may: it counts as outside of any span. A label for which its scheme has no
 * rule, such as S in IOB2, is free.
 */
export function transitionsOf(labels: readonly string[], scheme: LabelScheme): Transitions {
  const L = labels.length;
  const parts = labels.map((label) => partsUnder(label, scheme));
  const numbered = numberLabels(parts);
  const { kind, type } = numbered;
  const ofOtherType = kindRules(scheme, 'another');
  const ofSameType = kindRules(scheme, 'a');
  const before = neighbours(numbered, (own, other, same) => (same ? ofSameType : ofOtherType)[other][own]);
  const behind = neighbours(numbered, (own, other, same) => (same ? ofSameType : ofOtherType)[own][other]);
  const begins = Uint8Array.from(parts, (label) => Number(mayFollow(undefined, label, scheme)));
  const ends = Uint8Array.from(parts, (label) => Number(mayFollow(label, undefined, scheme)));
  const all = before.sets.every(({ common, own }) => before.common[common].length + own.length === L);
  return {
    L,
    free: all && !begins.includes(0) && !ends.includes(0),
    begins,
    ends,
    before,
    behind,
    mayFollow: (i, j) => (type[i] === type[j] ? ofSameType : ofOtherType)[kind[i]][kind[j]],
  };
}

/** Whether a label of one kind and of type `a` may be followed by one of another kind and of `type`. */
function kindRules(scheme: LabelScheme, type: string): readonly (readonly boolean[])[] {
  const label = (prefix: (typeof kinds)[number], ofType: string): LabelParts | undefined =>
    prefix && { prefix, type: ofType };
  return kinds.map((first) =>
    kinds.map((second) => mayFollow(label(first, 'a'), label(second, type), scheme)),
  );
}

function numberLabels(parts: readonly (LabelParts | undefined)[]): NumberedLabels {
  const types = new Map<string, number>();
  const ofType: number[][] = [];
  const type = Int32Array.from(parts, (label, number) => {
    if (!label) return -1;
    const found = types.get(label.type) ?? ofType.push([]) - 1;
    types.set(label.type, found);
    ofType[found].push(number);
    return found;
  });
  return { kind: Uint8Array.from(parts, (label) => kinds.indexOf(label?.prefix)), type, ofType };
}

/**
 * `may`: whether a label of a kind may have one of another kind beside it. Schemes allow within a type all
 * that they allow between types.
 */
function neighbours(
  { kind, type, ofType }: NumberedLabels,
  may: (own: number, other: number, sameType: boolean) => boolean,
): Neighbours {
  const common: Uint16Array[] = [];
  const commonNumbers = new Map<string, number>();
  const commonOfKind = kinds.map((_, own) => {
    const key = kinds.map((__, other) => Number(may(own, other, false))).join('');
    const known = commonNumbers.get(key);
    if (known !== undefined) return known;
    const list = Uint16Array.from(kind.keys()).filter((label) => may(own, kind[label], false));
    commonNumbers.set(key, common.length);
    return common.push(list) - 1;
  });
  const sets: NeighbourSet[] = [];
  const setNumbers = new Map<string, number>();
  const setOf = Uint32Array.from(kind, (own, label) => {
    const ofSameType = type[label] < 0 ? [] : ofType[type[label]];
    const more = ofSameType.filter((other) => may(own, kind[other], true) && !may(own, kind[other], false));
    const key = `${commonOfKind[own]} ${more.join()}`;
    const number =
      setNumbers.get(key) ?? sets.push({ common: commonOfKind[own], own: Uint16Array.from(more) }) - 1;
    setNumbers.set(key, number);
    return number;
  });
  return { setOf, sets, common };
}

/** Whether the T labels from `offset` on, by their numbers, may be those of a sentence. */
export function isAllowed(transitions: Transitions, labels: Uint16Array, offset: number, T: number): boolean {
  const { free, begins, ends } = transitions;
  if (free || T === 0) return true;
  for (let t = 1; t < T; t++)
    if (!transitions.mayFollow(labels[offset + t - 1], labels[offset + t])) return false;
  return begins[labels[offset]] === 1 && ends[labels[offset + T - 1]] === 1;
}

/**
 * Transition scores for which only allowed sequences are possible: those of A, (L+2)×L, and −∞ where nothing
 * is allowed.
 */
export function allowedScores(transitions: Transitions, A: MatrixData): Float64Array<ArrayBuffer> {
  const { L, free, begins, ends } = transitions;
  const scores = Float64Array.from(A);
  if (free) return scores;
  for (let i = 0; i < L; i++)
    for (let j = 0; j < L; j++) if (!transitions.mayFollow(i, j)) scores[i * L + j] = -Infinity;
  for (let j = 0; j < L; j++) {
    if (begins[j] === 0) scores[L * L + j] = -Infinity;
    if (ends[j] === 0) scores[(L + 1) * L + j] = -Infinity;
  }
  return scores;
}

/** The labels of a model: how they mark spans, and which colour each has. */
import type { LabelScheme } from '../../corpus/corpus';
import { splitLabel } from '../../corpus/labels/notation';

/** How many colours there are for labels; a model with more types uses them in turn. */
export const colours = 8;

/** What is known of the model whose labels are drawn. */
export interface LabelSet {
  readonly scheme: LabelScheme;
  /** The colour of a label, or of a span's type, from 0 to {@link colours} − 1. */
  colourOf(type: string): number;
}

/**
 * Types that many corpora share have one colour whatever the model. Universal parts of speech: the eight most
 * frequent ones that are words differ, the others have the colour of what they are close to.
 */
const sharedColours: ReadonlyMap<string, number> = new Map(
  [
    ['NOUN', 'PER', 'PERSON', 'NP'],
    ['VERB', 'AUX', 'LOC', 'LOCATION', 'VP'],
    ['ADJ', 'NUM', 'ORG', 'ORGANIZATION', 'PP'],
    ['PROPN', 'MISC', 'ADJP'],
    ['ADP', 'SCONJ', 'GPE', 'SBAR'],
    ['PRON', 'DATE', 'ADVP'],
    ['ADV', 'PART', 'INTJ', 'PRODUCT', 'PRT'],
    ['DET', 'CCONJ', 'PUNCT', 'SYM', 'X', 'EVENT'],
  ].flatMap((types, colour) => types.map((type): [string, number] => [type, colour])),
);

/**
 * Colours of types that many corpora share are the same for every model; the others take those that are left,
 * by their order in the model, and then all in turn. The labels of one span type share theirs.
 */
export function labelSet(labels: readonly string[], scheme: LabelScheme): LabelSet {
  const types = new Set(labels.filter((label) => label !== 'O').map((label) => typeOf(label, scheme)));
  const colourByType = new Map<string, number>();
  for (const type of types) {
    const shared = sharedColours.get(type.toUpperCase());
    if (shared !== undefined) colourByType.set(type, shared);
  }
  const taken = new Set(colourByType.values());
  const free = Array.from({ length: colours }, (_, colour) => colour).filter((colour) => !taken.has(colour));
  let given = 0;
  for (const type of types) {
    if (colourByType.has(type)) continue;
    colourByType.set(type, given < free.length ? free[given] : (given - free.length) % colours);
    given++;
  }
  return { scheme, colourOf: (type) => colourByType.get(type) ?? 0 };
}

/** A span label's type, as in `PER` of `B-PER`; any other label, and a bare `B`, as it is. */
export function typeOf(label: string, scheme: LabelScheme): string {
  return (scheme === 'none' ? '' : splitLabel(label, scheme).type) || label;
}

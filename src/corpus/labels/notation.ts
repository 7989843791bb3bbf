/** How a label is written: where its prefix and its type stand, and what stands for outside. */
import type { LabelScheme, PrefixScheme } from '../corpus';

/** A label taken apart. BILOU's L and U, BMES's M, and W are read as E, S, I and S. */
export interface LabelParts {
  readonly prefix: 'B' | 'I' | 'O' | 'E' | 'S';
  /** Empty for `O` and for prefixes that stand alone. */
  readonly type: string;
}

/** Where the letter of a label stands: `B-PER`, `PER-B`, or nowhere, as in `PER`. */
export type Notation = 'prefix' | 'suffix' | 'plain';

const letters: Readonly<Record<string, LabelParts['prefix']>> = {
  B: 'B',
  I: 'I',
  M: 'I',
  E: 'E',
  L: 'E',
  S: 'S',
  U: 'S',
  W: 'S',
};
const outside: LabelParts = { prefix: 'O', type: '' };

/** What parts letter and type. */
const isBorder = (character: string): boolean => character === '-' || character === '_' || character === ':';

/** Whether a label says that a token is in no span: `O`, in either case. */
export function isOutside(label: string): boolean {
  return label === 'O' || label === 'o';
}

/** Whether it says so as some corpora do that have no `O`: `0` or `_`. */
export function isOtherOutside(label: string): boolean {
  return label === '0' || label === '_';
}

/**
 * The parts of a label such as `B-PER`, `i_LOC`, `M` or `O`; undefined for anything else. A type may hold
 * spaces and borders of its own.
 */
export function parseLabel(label: string, notation: Notation = 'prefix'): LabelParts | undefined {
  if (isOutside(label) || isOtherOutside(label)) return outside;
  if (notation === 'plain') return label === '' ? undefined : { prefix: 'I', type: label };
  const atEnd = notation === 'suffix' && label.length > 1;
  const prefix = letterOf(atEnd ? label[label.length - 1] : label[0]);
  if (!prefix) return undefined;
  if (label.length === 1) return { prefix, type: '' };
  if (label.length < 3 || !isBorder(atEnd ? label[label.length - 2] : label[1])) return undefined;
  return { prefix, type: atEnd ? label.slice(0, -2) : label.slice(2) };
}

function letterOf(character: string | undefined): LabelParts['prefix'] | undefined {
  const letter = character?.toUpperCase() ?? '';
  return Object.hasOwn(letters, letter) ? letters[letter] : undefined;
}

/**
 * The parts of a label under a scheme. A label that does not fit counts as outside; without a scheme all do.
 */
export function splitLabel(label: string, scheme: LabelScheme): LabelParts {
  return partsUnder(label, scheme) ?? outside;
}

/** The same; undefined for a label that does not fit, and for every label without a scheme. */
export function partsUnder(label: string, scheme: LabelScheme): LabelParts | undefined {
  return scheme === 'none' ? undefined : parseLabel(label, notationOf(scheme));
}

function notationOf(scheme: LabelScheme): Notation {
  return scheme === 'IO' ? 'plain' : scheme.endsWith(' suffix') ? 'suffix' : 'prefix';
}

/** What a scheme's letters mean, wherever they stand. */
export function lettersOf(scheme: LabelScheme): 'none' | 'IO' | PrefixScheme {
  // Asked for each token: nothing is cut where nothing is to be.
  return (scheme.length > 5 ? scheme.replace(' suffix', '') : scheme) as 'none' | 'IO' | PrefixScheme;
}

const prefixSchemes = ['IOB1', 'IOB2', 'IOE1', 'IOE2', 'IOBES'] as const;

/** All there are. */
export const labelSchemes: readonly LabelScheme[] = [
  'none',
  'IO',
  ...prefixSchemes,
  ...prefixSchemes.map((scheme) => `${scheme} suffix` as const),
];

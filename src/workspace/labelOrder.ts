/** What is known of label names. */
export interface KnownNames {
  /** Every name that was ever known, in the order in which it became so, as VS Code remembers it. */
  readonly kept: unknown;
  /** Those that were shown last, as VS Code remembers them. */
  readonly shownBefore: unknown;
  /** Those that are in use now, as far as the corpora are read. */
  readonly known: readonly string[];
  /** Whether the corpora are read, so that what is not known is in use nowhere. */
  readonly isRead: boolean;
}

/** Label names in the order of their keys. */
export interface LabelOrder {
  readonly shown: readonly string[];
  /** What is to be remembered. */
  readonly kept: readonly string[];
}

const mostNames = 1_000;

/**
 * Each name keeps its place once it has one, in use or not, so that a key means the same label for good. Only
 * those in use are shown; until the corpora are read, those that were shown last as well.
 */
export function labelOrder({ kept, shownBefore, known, isRead }: KnownNames): LabelOrder {
  const all = [...new Set([...namesIn(kept), ...known])];
  const inUse = new Set(isRead ? known : [...namesIn(shownBefore), ...known]);
  // Of more than can be remembered, those in use are.
  const remembered = all.length > mostNames ? all.filter((name) => inUse.has(name)) : all;
  return { shown: all.filter((name) => inUse.has(name)), kept: remembered.slice(0, mostNames) };
}

/** Whatever JSON may be there. */
function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

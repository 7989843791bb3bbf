/** Labels as they are drawn: one line, not too long, what could not be seen written out. */
import { shownInShort } from '../../common/shownText';

/** Characters at most: behind a row there is more room than in the midst of a text. */
const longest = { rows: 40, text: 16 };

/** A label, the middle left out where it is long. */
export function shownLabel(label: string, where: 'rows' | 'text'): string {
  return shownInShort(label, longest[where]);
}

/** Labels longer than this are not taken apart. */
const longestTakenApart = 2_000;

/**
 * A label that differs from gold: of two lists of features (`Case=Nom|Number=Sing`) only those that gold has
 * otherwise, and those that gold alone has, with a minus.
 */
export function shownDifference(label: string, gold: string): string {
  const features = featuresOf(label);
  const goldFeatures = featuresOf(gold);
  if (!features || !goldFeatures || features.size + goldFeatures.size < 2) return shownLabel(label, 'rows');
  const differing = [...features]
    .filter(([name, value]) => goldFeatures.get(name) !== value)
    .map(([name, value]) => `${name}=${value}`);
  const missing = [...goldFeatures.keys()].filter((name) => !features.has(name)).map((name) => `−${name}`);
  return shownLabel([...differing, ...missing].join('|') || label, 'rows');
}

/** Features by their names; undefined for a label that is no such list. `_` has none. */
function featuresOf(label: string): ReadonlyMap<string, string> | undefined {
  if (label === '_') return new Map();
  if (label.length > longestTakenApart) return undefined;
  const pairs = label.split('|').map((feature) => feature.split('='));
  if (pairs.some((pair) => pair.length !== 2 || pair[0] === '')) return undefined;
  return new Map(pairs.map(([name, value]) => [name, value]));
}

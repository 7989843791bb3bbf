/** Names of files that may be a corpus or anything else: what they are, their text says. */

/** Endings, without their point. */
const endings = [
  'txt',
  'tsv',
  'csv',
  'json',
  'jsonl',
  'dat',
  'data',
  'tags',
  'train',
  'dev',
  'devel',
  'valid',
  'test',
];

/** Names without an ending. */
const wholeNames = ['train', 'dev', 'devel', 'valid', 'test'];

/** Whether a file of that name, without its folder, is worth a look. */
export function mayHoldCorpus(name: string): boolean {
  const lower = name.toLowerCase();
  const point = lower.lastIndexOf('.');
  return point < 0 ? wholeNames.includes(lower) : endings.includes(lower.slice(point + 1));
}

/** Patterns that find these files in all folders. @param more endings that matter besides. */
export function likelyPatterns(...more: readonly string[]): string[] {
  const byEnding = [...endings, ...more].map((ending) => `*.${ending}`);
  return [...byEnding, ...wholeNames].map((name) => `**/${name}`);
}

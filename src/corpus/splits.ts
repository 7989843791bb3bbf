import type { SplitName } from './corpus';

const splitWords: Readonly<Record<string, SplitName>> = {
  train: 'training',
  training: 'training',
  trainset: 'training',
  traindata: 'training',
  trn: 'training',
  dev: 'development',
  devel: 'development',
  development: 'development',
  devset: 'development',
  val: 'development',
  valid: 'development',
  validation: 'development',
  testa: 'development',
  test: 'test',
  testing: 'test',
  testset: 'test',
  testb: 'test',
  tst: 'test',
};

/** The split that a folder's whole name or a file name's last such word stands for. */
function splitOfWord(word: string): SplitName | undefined {
  const key = word.toLowerCase();
  return Object.hasOwn(splitWords, key) ? splitWords[key] : undefined;
}

/**
 * Whether a folder is named like a split (`train`, `dev`, `test`), so that it belongs to the corpus above it.
 */
export function isSplitFolder(name: string): boolean {
  return splitOfWord(name) !== undefined;
}

/**
 * Whether a file's name says that it may join several parts: `train_dev.conll`, `traindev.conll`,
 * `all.conll`. Its name gives no split: it is training data, unless its sentences are in other files too.
 */
export function joinsSplits(path: string): boolean {
  const words = wordsOf(path.slice(path.lastIndexOf('/') + 1));
  const splits = new Set(words.map(splitOfWord).filter((split) => split !== undefined));
  return (splits.has('training') && splits.size > 1) || words.some((word) => joined.test(word));
}

const joined =
  /^(?:all|full|whole|complete|train(?:ing)?(?:and|plus)?(?:dev|devel|val|valid|test)|trainvaltest|traindevtest)$/i;

function wordsOf(name: string): readonly string[] {
  return name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').match(/\p{L}+/gu) ?? [];
}

function splitOfName(name: string): SplitName | undefined {
  if (joinsSplits(name)) return undefined;
  return wordsOf(name)
    .map(splitOfWord)
    .findLast((split) => split !== undefined);
}

/**
 * The split that a path names: by whole words of the file's name (`en_ewt-ud-dev.conllu`, `eng.testa`,
 * `wnut17train.conll`; the last one counts), else by its folder's name (`dev/news.conll`).
 */
export function splitOfPath(path: string): SplitName | undefined {
  const parts = path.split('/');
  return (
    splitOfName(parts[parts.length - 1]) ??
    (parts.length > 1 ? splitOfWord(parts[parts.length - 2]) : undefined)
  );
}

/**
 * The splits of a corpus' files, by their paths. A folder's name counts only where the folders speak of
 * splits as a whole, that is where the names give a training file: what lies in a project's `test` folder is
 * no test set for that alone. Files that no name speaks for are training data.
 */
export function splitsOfPaths(paths: readonly string[]): (SplitName | undefined)[] {
  const splits = paths.map(splitOfPath);
  if (splits.includes('training')) return splits;
  return paths.map((path) => splitOfName(path.slice(path.lastIndexOf('/') + 1)));
}

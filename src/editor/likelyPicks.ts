/** Files that no name gives away, and that read like a corpus: how they are offered. */
import { formatCount } from '../common/figures';
import { shownLine, shownNames } from '../common/shownText';
import type { Corpus } from '../corpus/corpus';
import { formatOf } from '../corpus/formats';
import type { Translate } from './translate';

/** Files of a corpus beyond this many go by a pattern. */
const mostNamed = 20;
const shownFiles = 3;

/** `train.txt, test.txt look like CoNLL columns (FORM, LABEL).` */
export function likelyText(
  { files, layout }: Corpus,
  nameOf: (file: string) => string,
  t: Translate,
): string {
  const names = files.slice(0, shownFiles).map(({ file }) => shownLine(nameOf(file), 100));
  const listed = names.join(', ');
  const more = files.length - names.length;
  const kind =
    layout.kind === 'columns'
      ? t('CoNLL columns ({0})', shownNames(layout.columns))
      : formatOf(layout).description;
  if (files.length === 1) return t('{0} looks like {1}.', listed, kind);
  return more > 0
    ? t('{0} and {1} more files look like {2}.', listed, formatCount(more), kind)
    : t('{0} look like {1}.', listed, kind);
}

/**
 * Patterns that find the files, for `rnnTagger.corpora.include`.
 *
 * @param paths below their workspace folder, with `/`.
 */
export function patternsFor(paths: readonly string[]): string[] {
  if (paths.length <= mostNamed) return [...new Set(paths.map(escaped))];
  const patterns = paths.map((path) => {
    const slash = path.lastIndexOf('/') + 1;
    const dot = path.lastIndexOf('.');
    return `${escaped(path.slice(0, slash))}*${dot > slash ? escaped(path.slice(dot)) : ''}`;
  });
  return [...new Set(patterns)].slice(0, mostNamed);
}

/** Signs that mean something in a pattern stand for any character. */
function escaped(path: string): string {
  return path.replace(/[*?{}[\],]/g, '?');
}

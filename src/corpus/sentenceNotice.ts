import { formatCount } from '../common/figures';
import * as l10n from '../common/l10n';
import type { Problem } from '../common/problem';
import type { CorpusFile } from './corpus';

/** What is told of a file in which nothing parts sentences; undefined of any other. */
export function sentenceNotice({ file, layout, sentences, line }: CorpusFile): Problem | undefined {
  if (!layout.cut) return undefined;
  const made =
    sentences === 1
      ? l10n.t('with none in it, the file is one sentence')
      : l10n.t('the file has {0} sentences by that', formatCount(sentences));
  return {
    file,
    line: line[0] ?? 0,
    startColumn: 0,
    endColumn: 0,
    severity: 'information',
    code: 'no-sentence-ends',
    message: l10n.t(
      'Nothing parts the sentences of this file, so they end behind full stops and their like: {0}. Put a blank line behind each sentence where they end elsewhere.',
      made,
    ),
  };
}

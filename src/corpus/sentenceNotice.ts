import { formatCount } from '../common/figures';
import type { Problem } from '../common/problem';
import type { CorpusFile } from './corpus';

/** What is told of a file in which nothing parts sentences; undefined of any other. */
export function sentenceNotice({ file, layout, sentences, line }: CorpusFile): Problem | undefined {
  if (!layout.cut) return undefined;
  const made =
    sentences === 1
      ? 'with none in it, the file is one sentence'
      : `the file has ${formatCount(sentences)} sentences by that`;
  return {
    file,
    line: line[0] ?? 0,
    startColumn: 0,
    endColumn: 0,
    severity: 'information',
    code: 'no-sentence-ends',
    message: `Nothing parts the sentences of this file, so they end behind full stops and their like: ${made}. Put a blank line behind each sentence where they end elsewhere.`,
  };
}

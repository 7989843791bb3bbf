import type { CorpusFile } from '../../corpus';
import { spacing } from '../../text/spacing';

/** How the tokens of a file stand to each other that are in their text, by their places. */
export function spacingOfPlaces({
  tokens,
  line,
  startColumn,
  endColumn,
  sentenceStart,
  sentenceDocument,
}: Pick<
  CorpusFile,
  'tokens' | 'line' | 'startColumn' | 'endColumn' | 'sentenceStart' | 'sentenceDocument'
>): Uint8Array {
  const codes = new Uint8Array(tokens);
  for (let t = 0; t < tokens; t++) {
    const sameLine = t > 0 && line[t] === line[t - 1];
    codes[t] = !sameLine
      ? spacing.paragraph
      : startColumn[t] === endColumn[t - 1]
        ? spacing.none
        : spacing.space;
  }
  sentenceDocument.forEach((document, s) => {
    if (s === 0 || document !== sentenceDocument[s - 1]) codes[sentenceStart[s]] = spacing.paragraph;
  });
  return codes;
}

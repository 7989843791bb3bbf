/** Sentences that a corpus has several times. */
import type { CorpusFile, SplitName } from '../corpus';
import { shortSentence, SentenceKeys } from '../sharedSentences';
import type { Duplicates, Place } from './corpusReport';

const order: readonly SplitName[] = ['training', 'development', 'test'];

/**
 * How many sentences of each split stand in it before, or in a split before it. Sentences of a few tokens are
 * the same by chance: they are not counted.
 */
export function findDuplicates(
  files: readonly { readonly file: CorpusFile; readonly split: SplitName }[],
): Duplicates[] {
  const keys = new SentenceKeys();
  const found: Duplicates[] = [];
  const seen = new Map<SplitName, Map<number, Place>>();
  for (const split of order) {
    const own = new Map<number, Place>();
    const counts = new Map<SplitName, { sentences: number; first: Place; firstOther: Place }>();
    let compared = 0;
    for (const { file } of files.filter((each) => each.split === split)) {
      for (let sentence = 0; sentence < file.sentences; sentence++) {
        const start = file.sentenceStart[sentence];
        if (file.sentenceStart[sentence + 1] - start <= shortSentence) continue;
        compared++;
        const key = keys.of({ file, sentence });
        const place = { file: file.file, line: file.line[start] };
        for (const [other, places] of [...seen, [split, own] as const]) {
          const firstOther = places.get(key);
          if (!firstOther) continue;
          const count = counts.get(other);
          if (count) count.sentences++;
          else counts.set(other, { sentences: 1, first: place, firstOther });
        }
        if (!own.has(key)) own.set(key, place);
      }
    }
    for (const [other, count] of counts) found.push({ split, other, compared, ...count });
    seen.set(split, own);
  }
  return found;
}

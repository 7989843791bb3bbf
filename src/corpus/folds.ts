import { permutation } from '../common/random';
import type { SentenceRef } from './heldOut';

/**
 * Parts sentences into `count` folds of about as many tokens, at random but fixed by the seed: whole documents
 * where there are at least {@link documentsPerFold} to a fold, so that no fold is judged by what its own
 * documents say; else runs of sentences. Each fold keeps the order of the files.
 */
export function foldsOf(sentences: readonly SentenceRef[], count: number, seed: number): SentenceRef[][] {
  const documents = groups(sentences, (before, ref) => documentOf(before) === documentOf(ref));
  const parts =
    documents.length >= documentsPerFold * count
      ? documents
      : groups(sentences, (_, __, length) => length < runLength);
  const tokens = new Array<number>(count).fill(0);
  const foldOf = new Uint32Array(parts.length);
  for (const part of permutation(parts.length, seed)) {
    const fold = tokens.indexOf(Math.min(...tokens));
    foldOf[part] = fold;
    tokens[fold] += parts[part].reduce((sum, ref) => sum + lengthOf(ref), 0);
  }
  return tokens.map((_, fold) => parts.filter((__, part) => foldOf[part] === fold).flat());
}

/** With fewer, single long documents would make folds uneven. */
const documentsPerFold = 4;

/** Sentences that stay together where there are no documents: neighbours are often about the same. */
const runLength = 10;

/** Sentences of one file, cut wherever two neighbours do not belong together. */
function groups(
  sentences: readonly SentenceRef[],
  together: (before: SentenceRef, ref: SentenceRef, length: number) => boolean,
): SentenceRef[][] {
  const all: SentenceRef[][] = [];
  for (const ref of sentences) {
    const last = all.at(-1);
    const before = last?.at(-1);
    if (last && before?.file === ref.file && together(before, ref, last.length)) last.push(ref);
    else all.push([ref]);
  }
  return all;
}

const documentOf = ({ file, sentence }: SentenceRef): number => file.sentenceDocument[sentence];

const lengthOf = ({ file, sentence }: SentenceRef): number =>
  file.sentenceStart[sentence + 1] - file.sentenceStart[sentence];

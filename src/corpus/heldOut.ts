import { permutation } from '../common/random';
import type { CorpusFile } from './corpus';

/** A sentence of one of several files. */
export interface SentenceRef {
  readonly file: CorpusFile;
  readonly sentence: number;
}

/**
 * Parts a tenth of the sentences off for development, at random but fixed by the seed: whole documents, where
 * they can make up a tenth without going over two tenths; else single sentences. At least one sentence is
 * held out of two or more; of one, none. Both parts keep the order of the files.
 */
export function holdOut(
  sentences: readonly SentenceRef[],
  seed: number,
): { training: SentenceRef[]; development: SentenceRef[] } {
  if (sentences.length < 2) return { training: [...sentences], development: [] };
  const wanted = Math.max(1, Math.round(sentences.length / 10));
  const held =
    documentsToHold(sentences, wanted, seed) ??
    new Set(permutation(sentences.length, seed).subarray(0, wanted));
  return {
    training: sentences.filter((_, i) => !held.has(i)),
    development: sentences.filter((_, i) => held.has(i)),
  };
}

/**
 * Positions of the sentences of the held-out documents; undefined where documents cannot make up the wanted
 * number.
 */
function documentsToHold(
  sentences: readonly SentenceRef[],
  wanted: number,
  seed: number,
): Set<number> | undefined {
  const documents: number[][] = [];
  sentences.forEach(({ file, sentence }, i) => {
    const before = i > 0 ? sentences[i - 1] : undefined;
    const continues =
      before?.file === file && file.sentenceDocument[before.sentence] === file.sentenceDocument[sentence];
    if (continues) documents[documents.length - 1].push(i);
    else documents.push([i]);
  });
  if (documents.length < 2 || documents.length === sentences.length) return undefined;
  const held = new Set<number>();
  for (const number of permutation(documents.length, seed)) {
    const document = documents[number];
    if (held.size + document.length > 2 * wanted) continue;
    for (const i of document) held.add(i);
    if (held.size >= wanted) return held;
  }
  return undefined;
}

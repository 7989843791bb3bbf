/** Sentences that several files have: parts joined in a file of their own, and splits that are not apart. */
import type { CorpusFile } from './corpus';
import { columnAt } from './corpusFile';
import type { SentenceRef } from './heldOut';

/** Sentences of so many tokens are the same in two texts by chance. */
export const shortSentence = 4;

/** A number for each sentence's words: equal for equal sentences, and for others hardly ever (53 bits). */
export class SentenceKeys {
  private readonly byFile = new Map<CorpusFile, Float64Array>();

  of({ file, sentence }: SentenceRef): number {
    let keys = this.byFile.get(file);
    if (!keys) this.byFile.set(file, (keys = keysOf(file)));
    return keys[sentence];
  }

  /** How many of some sentences are among others. */
  shared(some: readonly SentenceRef[], others: ReadonlySet<number>): number {
    return some.filter((ref) => others.has(this.of(ref))).length;
  }

  all(sentences: readonly SentenceRef[]): Set<number> {
    return new Set(sentences.map((ref) => this.of(ref)));
  }
}

/** All sentences of a file. */
export function sentencesOf(file: CorpusFile): SentenceRef[] {
  return Array.from({ length: file.sentences }, (_, sentence) => ({ file, sentence }));
}

function keysOf(file: CorpusFile): Float64Array {
  const { values, ids } = columnAt(file, file.layout.form);
  const low = Uint32Array.from(values, (value) => hash(value, 0x811c9dc5));
  const high = Uint32Array.from(values, (value) => hash(value, 0x9747b28c));
  return Float64Array.from({ length: file.sentences }, (_, s) => {
    let a = 0x811c9dc5;
    let b = 0x9747b28c;
    for (let t = file.sentenceStart[s]; t < file.sentenceStart[s + 1]; t++) {
      a = mix(a, low[ids[t]]);
      b = mix(b, high[ids[t]]);
    }
    return (b >>> 11) * 2 ** 32 + (a >>> 0);
  });
}

/** Fowler, Noll and Vo's hash (FNV-1a), over UTF-16 units. */
function hash(text: string, seed: number): number {
  let state = seed;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state >>> 0;
}

function mix(state: number, value: number): number {
  const mixed = Math.imul(state ^ value, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

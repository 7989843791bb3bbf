/** Parts of a corpus, for the curve of scores by size. */
import { permutation } from '../../src/common/random';

/** Always the same sentences, and a smaller part lies in a larger one. */
const seed = 5;

export interface Subset {
  readonly text: string;
  readonly sentences: number;
}

/**
 * A share of a file's sentences, at least one: the first of a seeded permutation, in the order of the file.
 * The file has rows with tabs; lines of nothing but white space part its sentences, comments stay with
 * theirs.
 */
export function firstShare(text: string, share: number): Subset {
  const all = sentencesOf(text);
  const count = Math.min(all.length, Math.max(1, Math.round(share * all.length)));
  const drawn = permutation(all.length, seed).subarray(0, count).slice().sort();
  return { text: Array.from(drawn, (sentence) => `${all[sentence]}\n\n`).join(''), sentences: count };
}

/** The lines of each sentence. */
function sentencesOf(text: string): string[] {
  return (
    text
      .split(/\r?\n(?:[ \t]*\r?\n)+/)
      .map((block) => block.replace(/^(?:[ \t]*\r?\n)+|\s+$/g, ''))
      // Comments alone are no sentence.
      .filter((block) => block.split('\n').some((line) => line.includes('\t')))
  );
}

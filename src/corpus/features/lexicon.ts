/** Words of the training data as features of the characters of unsegmented text. */

/** Words for a lexicon, the most frequent first. */
export interface Lexicon {
  readonly words: readonly string[];
  /** How many of them, from the first on, are frequent. */
  readonly frequent: number;
}

/** Where words begin in sentences of characters: 1 for the first character of each, by token. */
export type WordStarts = ArrayLike<number>;

/** Words that occur so often are frequent. */
export const frequentFrom = 5;

/** Longer words are not looked for. */
export const longestWord = 6;

/** How often each word occurs, in the order in which they are met. `strings`: characters by number. */
export function countWords(
  strings: readonly string[],
  types: ArrayLike<number>,
  start: ArrayLike<number>,
  starts: WordStarts,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (let s = 0; s + 1 < start.length; s++) {
    let word = '';
    let length = 0;
    for (let at = start[s]; at < start[s + 1]; at++) {
      word += strings[types[at]];
      length++;
      if (at + 1 < start[s + 1] && starts[at + 1] !== 1) continue;
      if (length <= longestWord) counts.set(word, (counts.get(word) ?? 0) + 1);
      word = '';
      length = 0;
    }
  }
  return counts;
}

export function lexiconOf(counts: ReadonlyMap<string, number>): Lexicon {
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return {
    words: sorted.map(([word]) => word),
    frequent: sorted.filter(([, count]) => count >= frequentFrom).length,
  };
}

/**
 * Lengths of words of two characters and more, as they are told apart: 0 for none, then 2 … {@link
 * longestWord}.
 */
const lengths = longestWord;
const singles = 3;

/** Rows of the table, one after the other: what is said of a character, and of those beside it. */
const row = {
  begins: 0,
  ends: lengths,
  covers: 2 * lengths,
  single: 3 * lengths,
  all: 3 * lengths + singles,
  beginsBefore: 3 * lengths + singles + lengths ** 3 * singles,
} as const;
const aside = { beginsBefore: 0, endsBefore: 1, beginsBehind: 2, endsBehind: 3 } as const;

export const lexiconRows = row.beginsBefore + Object.keys(aside).length * lengths;

/** Sentences whose words are kept for as long as they may be asked for: more than a minibatch may have. */
const mostSentences = 8192;

/**
 * For each character of a sentence: lengths as {@link lengths} tells them apart, and whether it is a word.
 */
interface Found {
  readonly begins: Uint8Array;
  readonly ends: Uint8Array;
  readonly covers: Uint8Array;
  readonly single: Uint8Array;
}

/** The most rows for one character. */
export const lexiconMost = 9;

/**
 * For each character the lengths of the longest words of the lexicon, of two characters and more, that begin
 * with it, end with it and have it inside, whether it is a word itself, and the same of the characters beside
 * it: the words that a text could be cut into (as in Peng, Feng and McCallum 2004, "Chinese segmentation and
 * new word detection using conditional random fields").
 */
export class LexiconTable {
  private readonly counts: ReadonlyMap<string, number>;
  /**
   * Of the training data, where each occurrence of a word is looked up as if it were not there: it would be
   * known too well.
   */
  private training:
    | {
        readonly types: ArrayLike<number>;
        readonly starts: WordStarts;
        readonly counts: ReadonlyMap<string, number>;
      }
    | undefined;
  /**
   * What was found in the sentences of `types`, by their first character: a minibatch asks for its sentences
   * by turns.
   */
  private types: ArrayLike<number> | undefined;
  private readonly found = new Map<number, Found>();
  /** Of the training data, which every epoch asks for again. */
  private readonly foundInTraining = new Map<number, Found>();

  /** `strings`: characters by type; `base`: the first row. */
  constructor(
    { words, frequent }: Lexicon,
    private readonly strings: readonly string[],
    private readonly base: number,
  ) {
    this.counts = new Map(words.map((word, number) => [word, number < frequent ? frequentFrom : 1]));
  }

  /** From now on the sentences of `types` are those of the training data, cut into words at `starts`. */
  train(types: ArrayLike<number>, start: ArrayLike<number>, starts: WordStarts): void {
    this.training = { types, starts, counts: countWords(this.strings, types, start, starts) };
    this.foundInTraining.clear();
    this.clear();
  }

  /** Forgets what it found. */
  clear(): void {
    this.types = undefined;
    this.found.clear();
  }

  /** Appends the rows of character `at` to `out` from `to` on and returns the new end. */
  write(
    types: ArrayLike<number>,
    first: number,
    end: number,
    at: number,
    out: Int32Array,
    to: number,
  ): number {
    const { base } = this;
    const { begins, ends, covers, single } = this.of(types, first, end);
    const i = at - first;
    out[to++] = base + row.begins + begins[i];
    out[to++] = base + row.ends + ends[i];
    out[to++] = base + row.covers + covers[i];
    out[to++] = base + row.single + single[i];
    out[to++] =
      base + row.all + ((begins[i] * lengths + ends[i]) * lengths + covers[i]) * singles + single[i];
    const beside = base + row.beginsBefore;
    if (at > first) {
      out[to++] = beside + aside.beginsBefore * lengths + begins[i - 1];
      out[to++] = beside + aside.endsBefore * lengths + ends[i - 1];
    }
    if (at + 1 < end) {
      out[to++] = beside + aside.beginsBehind * lengths + begins[i + 1];
      out[to++] = beside + aside.endsBehind * lengths + ends[i + 1];
    }
    return to;
  }

  private of(types: ArrayLike<number>, first: number, end: number): Found {
    const ofTraining = this.training?.types === types;
    if (!ofTraining && this.types !== types) {
      this.clear();
      this.types = types;
    }
    const cache = ofTraining ? this.foundInTraining : this.found;
    const known = cache.get(first);
    if (known?.begins.length === end - first) return known;
    if (!ofTraining && cache.size >= mostSentences) cache.clear();
    const found = this.find(types, first, end);
    cache.set(first, found);
    return found;
  }

  private find(types: ArrayLike<number>, first: number, end: number): Found {
    const T = end - first;
    const { strings } = this;
    const [begins, ends, covers, single] = [
      new Uint8Array(T),
      new Uint8Array(T),
      new Uint8Array(T),
      new Uint8Array(T),
    ];
    const training = this.training?.types === types ? this.training : undefined;
    const counts = training?.counts ?? this.counts;
    for (let i = first; i < end; i++) {
      let word = '';
      for (let j = i + 1; j <= Math.min(end, i + longestWord); j++) {
        word += strings[types[j - 1]];
        const count = (counts.get(word) ?? 0) - (training && isWord(training.starts, i, j, end) ? 1 : 0);
        if (count <= 0) continue;
        const length = j - i;
        if (length === 1) {
          single[i - first] = count < frequentFrom ? 1 : 2;
          continue;
        }
        // 0 stands for none: lengths are counted from 2.
        const value = length - 1;
        begins[i - first] = Math.max(begins[i - first], value);
        ends[j - 1 - first] = Math.max(ends[j - 1 - first], value);
        for (let k = i + 1; k < j - 1; k++) covers[k - first] = Math.max(covers[k - first], value);
      }
    }
    return { begins, ends, covers, single };
  }
}

/** Whether the characters from `i` to `j`, exclusive, are a word of a sentence that ends at `end`. */
function isWord(starts: WordStarts, i: number, j: number, end: number): boolean {
  if (starts[i] !== 1 || (j < end && starts[j] !== 1)) return false;
  for (let k = i + 1; k < j; k++) if (starts[k] === 1) return false;
  return true;
}

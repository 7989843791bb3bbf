/** The words that a model knows, numbered 1 … K−1; number 0 is the unknown word. */
export class Vocabulary {
  /** By number. The entry 0 is a name for the unknown word, and is never looked up. */
  readonly words: readonly string[];
  private readonly numbers: ReadonlyMap<string, number>;

  /** @param words by number, the unknown word's entry first, as {@link words} gives them. */
  constructor(words: readonly string[]) {
    this.words = words;
    const numbers = new Map<string, number>();
    for (let id = 1; id < words.length; id++) numbers.set(words[id], id);
    this.numbers = numbers;
  }

  /**
   * The vocabulary of words with their counts: most frequent first; of equally frequent ones, the first met.
   */
  static build(counts: Iterable<readonly [word: string, count: number]>): Vocabulary {
    const sorted = [...counts].sort((a, b) => b[1] - a[1]);
    return new Vocabulary([unknownWord, ...sorted.map(([word]) => word)]);
  }

  /** K: how many words there are, the unknown one included. */
  get size(): number {
    return this.words.length;
  }

  /**
   * A word's number. A word that was not met goes by its lower-case form if that was (a sentence's first
   * word, a headline); else it is the unknown word, 0.
   */
  idOf(word: string): number {
    const exact = this.numbers.get(word);
    if (exact !== undefined) return exact;
    const lower = word.toLowerCase();
    return (lower === word ? undefined : this.numbers.get(lower)) ?? unknownWordNumber;
  }

  word(id: number): string {
    return this.words[id];
  }
}

/** The number of the unknown word. */
export const unknownWordNumber = 0;

/**
 * What the unknown word is called where a name is needed. A token written like this is a word like any other.
 */
export const unknownWord = '<unknown>';

import type { Dataset } from '../corpus/dataset';
import { wordsOf } from '../corpus/labels/segmentation';
import type { LabelReading } from '../corpus/labels/segmentation';

/** The words of training data whose labels cut text into words. */
export class TrainingWords {
  private readonly words = new Set<string>();

  constructor(
    { sentences, start, words, gold }: Pick<Dataset, 'sentences' | 'start' | 'words' | 'gold'>,
    { scheme }: Pick<LabelReading, 'scheme'>,
    /** Gives a character by its number. */
    private readonly characterOf: (number: number) => string,
  ) {
    for (let s = 0; s < sentences; s++) {
      const labels = Array.from(gold.ids.subarray(start[s], start[s + 1]), (id) => gold.values[id]);
      for (const word of wordsOf(labels, scheme))
        this.words.add(this.text(words, start[s] + word.start, start[s] + word.end));
    }
  }

  /**
   * Whether the characters `start` to `end`, exclusive, of a set are a word of the training data. `words`:
   * numbers of its characters.
   */
  has(words: Uint32Array, start: number, end: number): boolean {
    return this.words.has(this.text(words, start, end));
  }

  private text(words: Uint32Array, start: number, end: number): string {
    let text = '';
    for (let token = start; token < end; token++) text += this.characterOf(words[token]);
    return text;
  }
}

/**
 * A simulated annotator: knows the right label of every word, and gives them where he is asked. What he has
 * looked at is counted in words; what he looks at once more counts once more.
 */
import type { LabelScheme, Span } from '../../src/corpus/corpus';
import { spansOf } from '../../src/corpus/labels/spans';
import type { QueueItem } from '../../src/corpus/queue/queue';
import type { LabelledSentence } from './simulatedCorpus';

/** Some words of a sentence, by their numbers in it; the end is exclusive. */
export interface Region {
  readonly sentence: number;
  readonly start: number;
  readonly end: number;
}

/** How a word came to its label. */
const open = 0;
/** By an answer to the same words elsewhere. */
const propagated = 1;
const looked = 2;

export class Annotator {
  /** Labels as they stand by now: O until somebody says more. */
  readonly labels: string[][];
  /** Questions that are not asked again. */
  readonly kept = new Set<string>();
  private readonly state: Uint8Array[];
  private lookedAt = 0;
  private lookedAgain = 0;

  constructor(
    private readonly right: readonly LabelledSentence[],
    private readonly scheme: LabelScheme,
  ) {
    this.labels = right.map(({ words }) => words.map(() => 'O'));
    this.state = right.map(({ words }) => new Uint8Array(words.length));
  }

  /** How many words the annotator has looked at. */
  get shown(): number {
    return this.lookedAt + this.lookedAgain;
  }

  /** Words whose label came from him, looked at or not. */
  get known(): number {
    return this.count((state) => state !== open);
  }

  /** Known words whose label is wrong: it was right for the same words elsewhere. */
  get wrong(): number {
    return this.count((state, s, t) => state !== open && this.labels[s][t] !== this.right[s].labels[t]);
  }

  /** Whether a label of the sentence is known. */
  isTouched(sentence: number): boolean {
    return this.state[sentence].some((state) => state !== open);
  }

  /** What a person would have in the sentence: the known labels, and elsewhere those that a model gives. */
  labelsWith(sentence: number, predicted: readonly string[]): string[] {
    return this.labels[sentence].map((label, t) => (this.state[sentence][t] === open ? predicted[t] : label));
  }

  /** Labels a whole sentence. */
  labelSentence(sentence: number): void {
    this.label({ sentence, start: 0, end: this.right[sentence].words.length });
  }

  /**
   * Answers a question at the first of its places that he has not looked at, and gives the same labels to the same
   * words at the others. Where the right spans reach further than the question, he widens them.
   * @returns false where he has looked at all places.
   */
  answer({ key }: Pick<QueueItem, 'key'>, places: readonly Region[]): boolean {
    const asked = places.filter(({ sentence, start, end }) =>
      this.state[sentence].subarray(start, end).some((state) => state !== looked),
    );
    if (asked.length === 0) return false;
    this.kept.add(key);
    const [first, ...others] = asked;
    const region = widened(first, spansOf(this.right[first.sentence].labels, this.scheme));
    this.label(region);
    const words = this.wordsOf(region);
    const given = this.right[first.sentence].labels.slice(region.start, region.end);
    for (const { sentence, start } of others) {
      const from = start - (first.start - region.start);
      const same = { sentence, start: from, end: from + given.length };
      if (from < 0 || this.wordsOf(same) !== words) continue;
      const state = this.state[sentence].subarray(same.start, same.end);
      if (state.includes(looked)) continue;
      state.fill(propagated);
      this.labels[sentence].splice(from, given.length, ...given);
    }
    return true;
  }

  /**
   * Answers a label error: as any question, but where he has looked at all places already, he has to look at the
   * first once more, to keep its label.
   *
   * @returns false where he keeps it.
   */
  answerError(places: readonly Region[]): boolean {
    if (this.answer({ key: JSON.stringify(places) }, places)) return true;
    this.lookedAgain += places[0].end - places[0].start;
    return false;
  }

  private label({ sentence, start, end }: Region): void {
    for (let t = start; t < end; t++) {
      if (this.state[sentence][t] !== looked) this.lookedAt++;
      this.state[sentence][t] = looked;
      this.labels[sentence][t] = this.right[sentence].labels[t];
    }
  }

  private wordsOf({ sentence, start, end }: Region): string {
    return JSON.stringify(this.right[sentence].words.slice(start, end));
  }

  private count(isMeant: (state: number, sentence: number, word: number) => boolean): number {
    let count = 0;
    this.state.forEach((states, s) => {
      states.forEach((state, t) => {
        if (isMeant(state, s, t)) count++;
      });
    });
    return count;
  }
}

/** A region with the whole of each span that it touches. */
function widened(region: Region, spans: readonly Span[]): Region {
  let { start, end } = region;
  for (const span of spans) {
    if (span.end <= region.start || span.start >= region.end) continue;
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return { ...region, start, end };
}

import { DistinctParts } from '../distinctParts';

/** Distinct values that are counted one by one. Words have more, labels do not. */
const mostDistinct = 20_000;

const number = /^[\d.,:%+-]+$/;
const letter = /[\p{L}\p{M}]/u;
const lowerCase = /\p{Ll}/u;
const note = /^[\p{L}_][\p{L}\p{N}_.[\]-]*=\S*(?:\|[\p{L}_][\p{L}\p{N}_.[\]-]*=\S*)*$/u;
const trailingNumber = /^\D*(\d{1,9})$/;

/** The number that a value ends in, −1 where it ends in none; whether there is nothing else in it. */
interface Ending {
  readonly number: number;
  readonly alone: boolean;
}

const noEnding: Ending = { number: -1, alone: false };

function endingOf(value: string): Ending {
  const match = trailingNumber.exec(value);
  return match ? { number: Number(match[1]), alone: match[1] === value } : noEnding;
}

/** Counts of one column's values over a file's rows, from which is told what the column holds. */
export class ColumnStatistics {
  /** The distinct values, how often each occurs, and what number it ends in: undefined until it matters. */
  private readonly parts = new DistinctParts(mostDistinct);
  private readonly counts: number[] = [];
  private readonly endings: (Ending | undefined)[] = [];
  /** Distinct values with a count. */
  private occurring = 0;
  private rows = 0;
  private empty = 0;
  /** Rows whose value was not counted, since there were too many distinct ones. */
  private uncounted = 0;

  /** Numbers: the value before, and how often it was followed by the next, or by itself. */
  private previous: number | undefined;
  private numbered = 0;
  private counting = 0;
  private staying = 0;
  private rising = 0;

  /**
   * Adds the value that stands in a text.
   *
   * @param beginsSentence the row is the first of its sentence, as far as lines between rows say.
   */
  add(text: string, from: number, to: number, beginsSentence: boolean): void {
    this.rows++;
    if (from >= to) {
      this.empty++;
      return;
    }
    const value = this.parts.numberOf(text, from, to);
    if (value < 0) this.uncounted++;
    else {
      if (value === this.counts.length) this.counts.push(0);
      if (this.counts[value]++ === 0) this.occurring++;
    }
    // Columns of words are not looked at further for numbers.
    if (this.rows <= 200 || this.numbered * 2 >= this.rows)
      this.addNumber(value < 0 ? endingOf(text.slice(from, to)) : this.endingOf(value), beginsSentence);
  }

  private endingOf(value: number): Ending {
    return (this.endings[value] ??= endingOf(this.parts.values[value]));
  }

  private addNumber({ number: own, alone }: Ending, beginsSentence: boolean): void {
    if (own < 0) return;
    const { previous } = this;
    this.numbered++;
    const counts = beginsSentence || previous === undefined || own <= 1 ? own <= 1 : own === previous + 1;
    if (counts && alone) this.counting++;
    if (previous !== undefined) {
      if (own === previous) this.staying++;
      else if (own > previous) this.rising++;
    }
    this.previous = own;
  }

  /** Takes back a row that was no token: a header. */
  remove(value: string): void {
    this.rows--;
    const known = this.parts.find(value);
    if (known >= 0 && --this.counts[known] === 0) this.occurring--;
  }

  get filled(): number {
    return this.rows - this.empty;
  }

  /** Rows where the field is empty, as a share of all. */
  get emptyShare(): number {
    return this.rows === 0 ? 0 : this.empty / this.rows;
  }

  /** Distinct values that are not empty; of very many, at least that many. */
  get distinct(): number {
    return this.occurring;
  }

  /** There were more distinct values than are counted. */
  get isOpen(): boolean {
    return this.uncounted > 0;
  }

  countOf(value: string): number {
    const known = this.parts.find(value);
    return known < 0 ? 0 : this.counts[known];
  }

  /** The values, each once, with how often it occurs. */
  *values(): Generator<readonly [value: string, count: number]> {
    const { values } = this.parts;
    for (let i = 0; i < values.length; i++) if (this.counts[i] > 0) yield [values[i], this.counts[i]];
  }

  /** The share of filled rows whose value meets a condition. */
  share(condition: (value: string) => boolean): number {
    const { values } = this.parts;
    let met = 0;
    let all = 0;
    for (let i = 0; i < values.length; i++) {
      const count = this.counts[i];
      all += count;
      if (count > 0 && condition(values[i])) met += count;
    }
    return all === 0 ? 0 : met / all;
  }

  /** Whether the share of filled rows whose value meets a condition is at least so high: it ends early. */
  isNearlyAll(least: number, condition: (value: string) => boolean): boolean {
    const { values } = this.parts;
    const all = this.filled - this.uncounted;
    let most = all;
    for (let i = 0; i < values.length; i++)
      if (this.counts[i] > 0 && !condition(values[i])) {
        most -= this.counts[i];
        if (most / all < least) return false;
      }
    return all > 0;
  }

  /** The words of each sentence are counted here: 1, 2, 3 … or from 0. */
  get countsWords(): boolean {
    return this.filled > 0 && this.counting >= 0.8 * this.filled && this.distinct >= Math.min(2, this.filled);
  }

  /** Sentences are counted here: a number stays the same for a while, and then rises. */
  get countsSentences(): boolean {
    const steps = this.staying + this.rising;
    return (
      this.numbered >= 0.98 * this.filled &&
      steps >= 0.98 * (this.filled - 1) &&
      this.rising > 0 &&
      this.filled >= 2 * (this.rising + 1) &&
      this.filled >= 4
    );
  }

  get isNumeric(): boolean {
    return this.share((value) => number.test(value)) > 0.5;
  }

  /** `SpaceAfter=No` and the like, or nothing. */
  get holdsNotes(): boolean {
    return (
      this.isNearlyAll(0.98, (value) => value === '_' || note.test(value)) &&
      this.share((value) => note.test(value)) > 0
    );
  }

  /** The share of rows with a letter of any script. */
  get letters(): number {
    return this.share((value) => letter.test(value));
  }

  get hasLowerCase(): boolean {
    return this.share((value) => lowerCase.test(value)) > 0.05;
  }
}

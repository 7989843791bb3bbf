/** What a person is asked about, and in which order: one item for all places with the same words and labels. */
import type { TextChange } from '../answers/tokenTarget';
import { keyOf, joinedLabels } from './asked';
import type { AskedColumn } from './asked';
import type { Doubt } from './doubts';
import { movedPlaces } from './movedPlaces';

/** A doubt with its place; its target stands in the whole text of the file. */
export interface QueuePlace extends AskedColumn {
  /** The same as long as the place is in the queue, whatever is edited around it. */
  readonly id: number;
  readonly file: string;
  /** The same for all places at which one answer does. */
  readonly key: string;
  readonly doubt: Doubt;
}

export interface QueueItem {
  /** Names what is asked: corpus and column, the words, what the text and what the model says of them. */
  readonly key: string;
  readonly words: string;
  /** A label or type, several joined by ` + `; empty: none. */
  readonly gold: string;
  readonly predicted: string;
  readonly isGuess: boolean;
  /** In the order of files, and of the text in each. */
  readonly places: readonly QueuePlace[];
  /** The mean over all places, 0 to 1. */
  readonly uncertainty: number;
  /** By which items are ordered. */
  readonly worth: number;
  readonly isSkipped: boolean;
}

/** What is left out holds for all. */
export interface QueueFilter {
  /** A label or type that the text or the model has there. */
  readonly label?: string;
  readonly file?: string;
  /** Of the words, in small letters or large ones. */
  readonly text?: string;
}

/** What was decided: the keys of items that are never asked again, and of those that come last, in their order. */
export interface QueueDecisions {
  readonly kept: ReadonlySet<string>;
  readonly skipped: readonly string[];
}

/** The doubts of files, as far as they are known. */
export class Queue {
  /** Those of a file stand in the order of its text. */
  private readonly byFile = new Map<string, readonly QueuePlace[]>();
  private nextId = 0;

  get files(): string[] {
    return [...this.byFile.keys()];
  }

  has(file: string): boolean {
    return this.byFile.has(file);
  }

  get size(): number {
    let size = 0;
    for (const places of this.byFile.values()) size += places.length;
    return size;
  }

  /**
   * Places where model and text say two things, the surest prediction first; guesses are none, nor what is kept.
   * Of those as sure as each other, in the order of files and of the text in each.
   */
  surest(kept: ReadonlySet<string> = new Set()): QueuePlace[] {
    return [...this.byFile]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, places]) => places)
      .filter(({ key, doubt }) => !doubt.isGuess && !kept.has(key))
      .sort((a, b) => a.doubt.uncertainty - b.doubt.uncertainty);
  }

  /** How many places of a file there are. */
  sizeOf(file: string): number {
    return this.byFile.get(file)?.length ?? 0;
  }

  /** Replaces what is known of a file. */
  set(file: string, { corpus, column }: AskedColumn, doubts: readonly Doubt[]): void {
    const places = [...doubts]
      .sort((a, b) => a.target.start - b.target.start)
      .map((doubt) => ({
        id: this.nextId++,
        file,
        corpus,
        column,
        key: keyOf({ corpus, column }, doubt),
        doubt,
      }));
    this.byFile.set(file, places);
  }

  /** Nothing is known of a file any more. */
  forget(file: string): void {
    this.byFile.delete(file);
  }

  /** Places as they are by now; those that are gone are left out. */
  current(places: readonly QueuePlace[]): QueuePlace[] {
    const files = new Set(places.map(({ file }) => file));
    const own = [...files].flatMap((file) => this.byFile.get(file) ?? []);
    const byId = new Map(own.map((place) => [place.id, place]));
    return places.flatMap(({ id }) => byId.get(id) ?? []);
  }

  /** These are answered, wherever they stand by now. */
  remove(places: readonly QueuePlace[]): void {
    const gone = new Set(places.map(({ id }) => id));
    for (const file of new Set(places.map((place) => place.file))) {
      const own = this.byFile.get(file);
      if (own)
        this.byFile.set(
          file,
          own.filter(({ id }) => !gone.has(id)),
        );
    }
  }

  /**
   * Moves what stands behind the changes of an edit; what they touch is not asked any more.
   * @param changes each of the text as it is after those before it.
   */
  follow(file: string, changes: readonly TextChange[]): void {
    const own = this.byFile.get(file);
    if (own) this.byFile.set(file, movedPlaces(own, changes));
  }

  /**
   * All items that a filter lets through: what teaches most first, what was skipped last. Of a file that the filter
   * names they have the places there alone.
   */
  items({ kept, skipped }: QueueDecisions, filter: QueueFilter = {}): QueueItem[] {
    const groups = new Map<string, QueuePlace[]>();
    for (const file of filter.file === undefined ? [...this.byFile.keys()].sort() : [filter.file])
      for (const place of this.byFile.get(file) ?? []) {
        if (kept.has(place.key)) continue;
        const group = groups.get(place.key);
        if (group) group.push(place);
        else groups.set(place.key, [place]);
      }
    const turns = new Map(skipped.map((key, turn) => [key, turn]));
    return [...groups]
      .map(([key, places]) => itemOf(key, places, turns.has(key)))
      .filter((item) => isMeant(item, filter))
      .sort(
        (a, b) =>
          (turns.get(a.key) ?? -1) - (turns.get(b.key) ?? -1) ||
          b.worth - a.worth ||
          (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
      );
  }
}

/**
 * An answer teaches as much as the model is unsure, and more where it holds at many places, but not so much more
 * that frequent words come before all others: by the logarithm of their number.
 */
function itemOf(key: string, places: readonly QueuePlace[], isSkipped: boolean): QueueItem {
  const [{ doubt }] = places;
  const uncertainty = places.reduce((sum, place) => sum + place.doubt.uncertainty, 0) / places.length;
  return {
    key,
    words: doubt.words,
    gold: joinedLabels(doubt.gold),
    predicted: joinedLabels(doubt.predicted),
    isGuess: doubt.isGuess,
    places,
    uncertainty,
    worth: uncertainty * (1 + Math.log(places.length)),
    isSkipped,
  };
}

/** The labels, or types, that text and model have there. */
export function labelsOf({ places: [{ doubt }] }: Pick<QueueItem, 'places'>): string[] {
  return [doubt.gold, doubt.predicted].flatMap(({ label, spans }) =>
    label === undefined ? spans.map(({ type }) => type) : [label],
  );
}

function isMeant(item: QueueItem, { label, text }: QueueFilter): boolean {
  return (
    (label === undefined || labelsOf(item).includes(label)) &&
    (text === undefined || item.words.toLowerCase().includes(text.toLowerCase()))
  );
}

/** What a person is asked about, and in which order: one item for all places with the same words and labels. */
import { moved } from '../answers/tokenTarget';
import type { TextChange } from '../answers/tokenTarget';
import type { Doubt } from './doubts';

/** A doubt with its place; its target stands in the whole text of the file. */
export interface QueuePlace {
  readonly file: string;
  /** The column whose label is meant. */
  readonly column: string;
  /** The same for all places at which one answer does. */
  readonly key: string;
  readonly doubt: Doubt;
}

export interface QueueItem {
  /** Names what is asked: the column, the words, what the text and what the model says of them. */
  readonly key: string;
  readonly column: string;
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
  private readonly byFile = new Map<string, readonly QueuePlace[]>();

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

  /** Replaces what is known of a file. */
  set(file: string, column: string, doubts: readonly Doubt[]): void {
    this.byFile.set(
      file,
      doubts.map((doubt) => ({ file, column, key: keyOf(column, doubt), doubt })),
    );
  }

  /** Nothing is known of a file any more. */
  forget(file: string): void {
    this.byFile.delete(file);
  }

  clear(): void {
    this.byFile.clear();
  }

  /** These are answered. */
  remove(places: readonly QueuePlace[]): void {
    const gone = new Set(places);
    for (const [file, own] of this.byFile)
      if (own.some((place) => gone.has(place)))
        this.byFile.set(
          file,
          own.filter((place) => !gone.has(place)),
        );
  }

  /** Moves what stands behind a change of a file; what it touches is not asked any more. */
  follow(file: string, change: TextChange): void {
    const own = this.byFile.get(file);
    if (!own) return;
    this.byFile.set(
      file,
      own.flatMap((place) => {
        const target = moved(place.doubt.target, change);
        if (!target) return [];
        return target === place.doubt.target ? [place] : [{ ...place, doubt: { ...place.doubt, target } }];
      }),
    );
  }

  /** All items that a filter lets through: what teaches most first, what was skipped last. */
  items({ kept, skipped }: QueueDecisions, filter: QueueFilter = {}): QueueItem[] {
    const groups = new Map<string, QueuePlace[]>();
    for (const file of [...this.byFile.keys()].sort())
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

/** Where spans stand in the words counts, too. */
function keyOf(column: string, { words, gold, predicted, target, isGuess }: Doubt): string {
  const said = ({ label, spans }: Doubt['gold']): unknown =>
    label ?? spans.map(({ start, end, type }) => [start - target.index, end - target.index, type]);
  return JSON.stringify([column, words, said(gold), said(predicted), isGuess]);
}

/** "PER + LOC". */
function saidOf({ label, spans }: Doubt['gold']): string {
  return label ?? spans.map(({ type }) => type).join(' + ');
}

/**
 * An answer teaches as much as the model is unsure, and more where it holds at many places, but not so much more
 * that frequent words come before all others: by the logarithm of their number.
 */
function itemOf(key: string, places: readonly QueuePlace[], isSkipped: boolean): QueueItem {
  const [{ column, doubt }] = places;
  const uncertainty = places.reduce((sum, place) => sum + place.doubt.uncertainty, 0) / places.length;
  return {
    key,
    column,
    words: doubt.words,
    gold: saidOf(doubt.gold),
    predicted: saidOf(doubt.predicted),
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

function isMeant(item: QueueItem, { label, file, text }: QueueFilter): boolean {
  const { words, places } = item;
  return (
    (label === undefined || labelsOf(item).includes(label)) &&
    (file === undefined || places.some((place) => place.file === file)) &&
    (text === undefined || words.toLowerCase().includes(text.toLowerCase()))
  );
}

/** Labels as they are expected, by words that are there once: nothing here knows of offsets. */

/** What a label is on: the words from its first to its last that are left. */
export interface ExpectedLabel {
  readonly type: string;
  /** From the first word to the last. */
  readonly words: readonly number[];
}

/** A text and the labels of it. */
export interface LabelledWords {
  readonly words: readonly number[];
  readonly labels: readonly ExpectedLabel[];
}

/** A text and its labels at one moment. */
export interface Moment extends LabelledWords {
  readonly text: string;
}

/** What an answer did, by which it is taken back. */
export interface Given {
  readonly gone: readonly ExpectedLabel[];
  readonly come: readonly ExpectedLabel[];
}

/** Labels once words are gone. */
export function withoutWords(
  labels: readonly ExpectedLabel[],
  gone: ReadonlySet<number>,
): readonly ExpectedLabel[] {
  return labels
    .map((label) => ({ ...label, words: label.words.filter((word) => !gone.has(word)) }))
    .filter(({ words }) => words.length > 0);
}

/** Labels of one text as they are in another, whatever was edited between the two. */
export function labelsIn(labels: readonly ExpectedLabel[], now: readonly number[]): readonly ExpectedLabel[] {
  return labels.flatMap((label) => {
    const places = label.words.map((word) => now.indexOf(word)).filter((at) => at >= 0);
    return places.length === 0
      ? []
      : [{ ...label, words: now.slice(places[0], places[places.length - 1] + 1) }];
  });
}

/** Whether no word stands where another one was: whose label it has would be open. */
export function isClear(before: readonly number[], now: readonly number[]): boolean {
  const left = new Set(now);
  const known = new Set(before);
  const gaps = (words: readonly number[], isIn: ReadonlySet<number>): Set<number> => {
    const found = new Set<number>();
    let behind = -1;
    for (const word of words)
      if (isIn.has(word)) behind = word;
      else found.add(behind);
    return found;
  };
  const came = gaps(now, known);
  return [...gaps(before, left)].every((gap) => !came.has(gap));
}

/** Labels without some of them, and with others. */
export function exchanged(
  labels: readonly ExpectedLabel[],
  gone: readonly ExpectedLabel[],
  come: readonly ExpectedLabel[],
): readonly ExpectedLabel[] {
  const keys = new Set(gone.map(keyOf));
  return [...labels.filter((label) => !keys.has(keyOf(label))), ...come];
}

export function haveSame(a: readonly ExpectedLabel[], b: readonly ExpectedLabel[]): boolean {
  return a.map(keyOf).sort().join('; ') === b.map(keyOf).sort().join('; ');
}

const keyOf = ({ type, words }: ExpectedLabel): string => `${type} ${words.join()}`;

/** An item of a tree as text: all of it is plain, whatever labels and files are called. */
export interface ItemText {
  readonly label: string;
  readonly description: string;
  /** Lines. */
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
}

/** "a · b", without what is missing. */
export function joined(parts: readonly (string | undefined)[], by = ' · '): string {
  return parts.filter((part) => part !== undefined && part !== '').join(by);
}

/** When a file's text and its first label were painted, in ms; what did not come in time is not set. */
export interface Opening {
  readonly shown?: number | null;
  readonly labelled?: number | null;
}

/** When a key was pressed, its character painted, and a label of its line after that, in ms. */
export interface Stroke {
  readonly pressed: number;
  readonly painted?: number | null;
  readonly labelled?: number | null;
}

/**
 * Runs in the page.
 *
 * `open`, FILE: watches an editor of the file come. `opened`, TIMEOUT: what was seen of it ({@link Opening}).
 * `keys`, TIMEOUT: watches the line of the cursor while keys are pressed. `strokes`, COUNT, `painted` or `labelled`,
 * TIMEOUT: what was seen of so many of them ({@link Stroke}s).
 */
export function pageWatch(
  action: 'open' | 'opened' | 'keys' | 'strokes',
  ...args: readonly (string | number)[]
): unknown;

/**
 * Which texts a regular expression matches: for a worker, since a pattern of a user may take forever.
 *
 * @returns undefined where it is no regular expression.
 */
export function patternMatches(pattern: string, texts: readonly string[]): boolean[] | undefined {
  try {
    const expression = new RegExp(pattern, 'u');
    return texts.map((text) => expression.test(text));
  } catch {
    return undefined;
  }
}

import type { Problem } from '../common/problem';

/**
 * What mends a problem: one label in the place of another, or what is done to each row by itself. What a message
 * quotes is of its row. Equal where the same mends two problems; undefined where nothing is known to.
 */
export function mendingOf({ file, code, fix }: Pick<Problem, 'file' | 'code' | 'fix'>): string | undefined {
  if (!fix) return undefined;
  const { from, to, does } = fix;
  const what =
    does === undefined ? ['to', from ?? '', from === undefined, ...to] : [withoutQuotes(does), to.length];
  return [file, code, ...what].join('\0');
}

/** Whether the same mends two problems. */
export function isMendedLike(problem: Problem, other: Problem): boolean {
  const mending = mendingOf(problem);
  return mending !== undefined && mending === mendingOf(other);
}

const withoutQuotes = (text: string): string => text.replace(/“[^”]*”/g, '“”');

import type { Edit } from './spanWriter';

/** The text with changes, which do not overlap, in the order of their places. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let written = 0;
  for (const { from, to, text: own } of [...edits].sort((a, b) => a.from - b.from)) {
    pieces.push(text.slice(written, from), own);
    written = to;
  }
  pieces.push(text.slice(written));
  return pieces.join('');
}

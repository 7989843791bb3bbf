/** The smallest edits that make one text of another, line by line. */

/** `text` in the place of what stands from `start` to `end`, exclusive; UTF-16 units of the text before. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** @param edits in the order of the text, apart from each other. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end, text: inserted } of edits) {
    pieces.push(text.slice(done, start), inserted);
    done = end;
  }
  pieces.push(text.slice(done));
  return pieces.join('');
}

/** Whether edits make one text of another. @param edits see {@link applyEdits}. */
export function makes(before: string, edits: readonly TextEdit[], after: string): boolean {
  let shift = 0;
  // What was inserted tells most texts apart.
  for (const { start, end, text } of edits) {
    if (!after.startsWith(text, start + shift)) return false;
    shift += text.length - (end - start);
  }
  if (after.length !== before.length + shift) return false;
  let done = 0;
  let at = 0;
  for (const { start, end, text } of edits) {
    if (!after.startsWith(before.slice(done, start), at)) return false;
    at += start - done + text.length;
    done = end;
  }
  return after.startsWith(before.slice(done), at);
}

/** What takes edits back: edits of the text that they made. */
export function inverseEdits(text: string, edits: readonly TextEdit[]): TextEdit[] {
  let shift = 0;
  return edits.map(({ start, end, text: inserted }) => {
    const from = start + shift;
    shift += inserted.length - (end - start);
    return { start: from, end: from + inserted.length, text: text.slice(start, end) };
  });
}

/**
 * Edits from `before` to `after`, one for each line that differs where both have the lines of the other, or
 * lines that are told apart by what stands before their first tab; else one edit.
 */
export function editsBetween(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const [old, now] = [linesOf(before), linesOf(after)];
  const edits = old.length === now.length ? lineByLine(old, now) : lineByKey(old, now);
  return applyEdits(before, edits) === after ? edits : whatDiffers(before, after, 0);
}

/** A part of a text, in UTF-16 units of it; the end is exclusive. */
type TextPart = Pick<TextEdit, 'start' | 'end'>;

/**
 * Edits from `before` to `after`, one for each part that differs; one for all where the texts have not the same
 * parts.
 *
 * @param parts of `before`, and those of `after`: in the order of the text, apart from each other.
 */
export function editsOfParts(
  before: string,
  after: string,
  parts: readonly [before: readonly TextPart[], after: readonly TextPart[]],
): TextEdit[] {
  const [old, now] = parts;
  const edits =
    old.length === now.length
      ? old.flatMap(({ start, end }, i) => {
          const [own, other] = [before.slice(start, end), after.slice(now[i].start, now[i].end)];
          return own === other ? [] : whatDiffers(own, other, start);
        })
      : [];
  return before === after || makes(before, edits, after) ? edits : whatDiffers(before, after, 0);
}

/** The lines of a text, each but the last with its line feed. */
const linesOf = (text: string): string[] =>
  text.split('\n').map((line, i, all) => (i + 1 < all.length ? `${line}\n` : line));

function lineByLine(old: readonly string[], now: readonly string[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let start = 0;
  old.forEach((line, i) => {
    if (line !== now[i]) edits.push(...whatDiffers(line, now[i], start));
    start += line.length;
  });
  return edits;
}

const keyOf = (line: string): string => /^[^\t\r\n]*/.exec(line)?.[0] ?? '';

function lineByKey(old: readonly string[], now: readonly string[]): TextEdit[] {
  const stays = new Set(now.map(keyOf));
  const edits: TextEdit[] = [];
  let start = 0;
  let next = 0;
  for (const line of old) {
    if (next < now.length && keyOf(line) === keyOf(now[next])) {
      if (line !== now[next]) edits.push(...whatDiffers(line, now[next], start));
      next++;
    } else if (line !== '' && !stays.has(keyOf(line))) {
      edits.push({ start, end: start + line.length, text: '' });
    } else if (line !== '') {
      const inserted: string[] = [];
      while (next < now.length && keyOf(now[next]) !== keyOf(line)) inserted.push(now[next++]);
      edits.push({ start, end: start, text: inserted.join('') });
      if (next < now.length && line !== now[next]) edits.push(...whatDiffers(line, now[next], start));
      next++;
    }
    start += line.length;
  }
  if (next < now.length) edits.push({ start, end: start, text: now.slice(next).join('') });
  return edits;
}

/** One edit without what both have at their beginning and end; no surrogate pair or line end is cut. */
function whatDiffers(before: string, after: string, offset: number): TextEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  if (isInside(before, start) || isInside(after, start)) start--;
  if (isInside(before, before.length - end) || isInside(after, after.length - end)) end--;
  return [
    {
      start: offset + start,
      end: offset + before.length - end,
      text: after.slice(start, after.length - end),
    },
  ];
}

function isInside(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at > 0 && ((code >= 0xdc00 && code <= 0xdfff) || (code === 10 && text[at - 1] === '\r'));
}

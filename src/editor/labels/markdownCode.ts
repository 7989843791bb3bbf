import type { Lines } from './passages';

const opening = /^[\s>]*(`{3,}(?=[^`]*$)|~{3,})/;

/**
 * Which lines of a Markdown document hold no text to label: fenced code blocks with their fences (CommonMark 0.31, section 4.5; at any
 * indentation, as inside lists and quotes) and front matter at the top. A fence that is never closed reaches to the end.
 */
export function markdownCode(lines: Lines): Uint8Array {
  const code = new Uint8Array(lines.lineCount);
  let line = skipFrontMatter(lines, code);
  while (line < lines.lineCount) {
    const fence = opening.exec(lines.lineAt(line))?.[1];
    code[line] = fence ? 1 : 0;
    line++;
    if (!fence) continue;
    const closing = new RegExp(`^[\\s>]*${fence[0]}{${fence.length},}\\s*$`);
    for (let closed = false; line < lines.lineCount && !closed; line++) {
      code[line] = 1;
      closed = closing.test(lines.lineAt(line));
    }
  }
  return code;
}

/** @returns the first line after the front matter: 0 where there is none. */
function skipFrontMatter(lines: Lines, code: Uint8Array): number {
  if (lines.lineCount === 0 || !/^---\s*$/.test(lines.lineAt(0))) return 0;
  for (let line = 1; line < lines.lineCount; line++) {
    if (!/^(?:---|\.\.\.)\s*$/.test(lines.lineAt(line))) continue;
    code.fill(1, 0, line + 1);
    return line + 1;
  }
  return 0;
}

import type { Lines } from './passages';

const fenceOpening = /^[\s>]*(`{3,}(?=[^`]*$)|~{3,})/;
const codeSpan = /(`+)(?!`).*?(?<!`)\1(?!`)/g;

/**
 * Which lines of a Markdown document hold no text to label, so that no passage begins inside of one: fenced
 * code blocks with their fences (CommonMark 0.31, section 4.5; at any indentation, as inside lists and
 * quotes), the lines of a comment behind the one where it opens, and front matter at the top. A fence or
 * comment that is never closed reaches to the end.
 */
export function markdownCode(lines: Lines): Uint8Array {
  const code = new Uint8Array(lines.lineCount);
  let closing: RegExp | undefined;
  for (let line = skipFrontMatter(lines, code); line < lines.lineCount; line++) {
    const text = lines.lineAt(line);
    if (closing) {
      code[line] = 1;
      if (closing.test(text))
        closing =
          closing === commentEnd && opensComment(text.slice(text.indexOf('-->') + 3))
            ? commentEnd
            : undefined;
      continue;
    }
    const fence = fenceOpening.exec(text)?.[1];
    if (fence) {
      code[line] = 1;
      closing = new RegExp(`^[\\s>]*${fence[0]}{${fence.length},}\\s*$`);
    } else if (opensComment(text)) {
      closing = commentEnd;
    }
  }
  return code;
}

const commentEnd = /-->/;

/** Whether a comment begins on the line that does not end on it. */
function opensComment(text: string): boolean {
  if (!text.includes('<!--')) return false;
  const prose = text.replace(codeSpan, '');
  return prose.lastIndexOf('<!--') > prose.lastIndexOf('-->');
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

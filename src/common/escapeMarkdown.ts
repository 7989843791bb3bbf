import { withUnseenWritten } from './shownText';

/**
 * Text that Markdown shows as it is, on one line and inside a table's cell, what could not be seen written
 * out: every ASCII punctuation character is escaped (CommonMark 0.31, section 2.4), which leaves no link, image, HTML, entity or table border of its
 * own.
 */
export function escapeMarkdown(text: string): string {
  const escaped = withUnseenWritten(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
  let start = 0;
  while (escaped[start] === ' ') start++;
  let end = escaped.length;
  while (end > start && escaped[end - 1] === ' ') end--;
  const space = '&nbsp;';
  return space.repeat(start) + escaped.slice(start, end) + space.repeat(escaped.length - end);
}

/** Lines of a file of rows that are no rows: what parts sentences and documents, and comments. */

const byteOrderMark = 0xfeff;

/** Characters looked at to tell what a line is: it may be of millions. */
const longestMark = 80;

/**
 * Whether a character is none to see: white space of any script, and what has no width. Such characters
 * around a label are no part of it.
 */
export function isInvisible(code: number): boolean {
  if (code <= 32) return true;
  if (code < 0x85) return code === 0x7f;
  return code <= 0xa0
    ? code === 0xa0 || code === 0x85
    : code === 0xad ||
        code === 0x1680 ||
        code === 0x180e ||
        (code >= 0x2000 && code <= 0x200f) ||
        code === 0x2028 ||
        code === 0x2029 ||
        code === 0x202f ||
        (code >= 0x205f && code <= 0x2064) ||
        code === 0x3000 ||
        code === byteOrderMark;
}

/** A label without what is not to be seen around it. */
export function withoutInvisibleEnds(label: string): string {
  let from = 0;
  let to = label.length;
  while (from < to && isInvisible(label.charCodeAt(from))) from++;
  while (to > from && isInvisible(label.charCodeAt(to - 1))) to--;
  return label.slice(from, to);
}

/** Whether a line holds nothing that is to be seen: it parts sentences. */
export function isInvisibleLine(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isInvisible(text.charCodeAt(i))) return false;
  return true;
}

/**
 * Where a line's content begins: behind byte order marks, which files have where they were joined from
 * others. A mark that is all there is in a field is a word.
 */
export function lineStart(text: string, start: number, end: number): number {
  let from = start;
  while (from < end && text.charCodeAt(from) === byteOrderMark) from++;
  const next = from < end ? text.charCodeAt(from) : 0;
  return from > start && next !== 9 && next !== 32 ? from : start;
}

const sentenceMark = /^(?:EOS|eos|EOL|\[EOS\]|<\/?(?:s|S|eos|EOS|sent|sentence)>|[-=_*~]{3,})$/;
const rule = /^[-=_*~]+$/;

/** By code: what such a sign may begin with, so that few lines are looked at further. */
const markBegins = new Uint8Array(128);
for (const character of 'Ee<[-=_*~ \t') markBegins[character.charCodeAt(0)] = 1;

/**
 * Whether a line is a sign that other tools end a sentence with.
 * @param columns of the rows: where they hold a word alone, `---` and `***` are words as well.
 */
export function isSentenceMark(text: string, start: number, end: number, columns?: number): boolean {
  const first = text.charCodeAt(start);
  if (end - start > longestMark || first > 127 || markBegins[first] === 0) return false;
  const line = text.slice(start, end).trim();
  return sentenceMark.test(line) && !(columns === 1 && rule.test(line));
}

const document = /^-{1,2}\s?(?:DOCSTART|docstart|DocStart)\b/;

/** Whether a row begins a document, as `-DOCSTART- -X- O O` does in the files of CoNLL-2003. */
export function isDocumentRow(text: string, start: number, end: number): boolean {
  return (
    text.charCodeAt(start) === 45 && document.test(text.slice(start, Math.min(end, start + longestMark)))
  );
}

/** `# name = value` and the like, which nobody means for a token with its label. */
const declaration =
  /^#+\s*(?:[\p{L}_][\p{L}\p{N}_.:-]*(?: [\p{L}_]+)?\s*=|id\s|(?:begin|end)\s+document|newdoc\b|newpar\b)/u;

/** Whether a comment names something: `# sent_id = 3`. */
export function isDeclaration(text: string, start: number, end: number): boolean {
  return declaration.test(text.slice(start, Math.min(end, start + 200)));
}

const beginsSentence = /^#\s*(?:sent_id|text|newdoc|newpar)\b/;

/** Whether a comment stands before a sentence, never inside one. */
export function isBeforeSentence(text: string, start: number, end: number): boolean {
  return beginsSentence.test(text.slice(start, Math.min(end, start + longestMark)));
}

const beginsDocument = /^#\s*(?:newdoc\b|begin document\b)/;

/** Whether a comment begins a document. */
export function isDocumentComment(text: string, start: number, end: number): boolean {
  return beginsDocument.test(text.slice(start, Math.min(end, start + longestMark)));
}

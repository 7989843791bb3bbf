/** Input of a filter that is in no format of its own: a token first on each row, and anything behind it. */

const carriageReturn = 13;
const byteOrderMark = 0xfeff;

/** The tokens of such rows, and how to write labels behind them. */
export interface TokenRows {
  readonly sentences: readonly (readonly string[])[];
  /**
   * The text with each row's label as its last field, behind a tab, or a space where the row's fields are
   * parted by spaces.
   *
   * @param labels one for each token.
   */
  write(labels: readonly string[]): string;
}

export function readTokenRows(text: string): TokenRows {
  /** Where each row ends, and what separates its fields. */
  const rows: { readonly end: number; readonly separator: string }[] = [];
  const sentences: string[][] = [];
  let sentence: string[] | undefined;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    let end = newline < 0 ? text.length : newline;
    if (end > start && text.charCodeAt(end - 1) === carriageReturn) end--;
    const line = text.slice(start, end);
    start = newline < 0 ? text.length : newline + 1;
    if (line.trim() === '') {
      sentence = undefined;
      continue;
    }
    if (!sentence) sentences.push((sentence = []));
    const separator = !line.includes('\t') && line.includes(' ') ? ' ' : '\t';
    const [field] = line.split(separator, 1);
    sentence.push(field.charCodeAt(0) === byteOrderMark ? field.slice(1) : field);
    rows.push({ end, separator });
  }
  return {
    sentences,
    write(labels) {
      const pieces: string[] = [];
      let written = 0;
      rows.forEach(({ end, separator }, row) => {
        pieces.push(text.slice(written, end), separator, labels[row]);
        written = end;
      });
      pieces.push(text.slice(written));
      return pieces.join('');
    },
  };
}

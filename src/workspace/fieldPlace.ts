/** Where the last field of a row with this text stands, in UTF-16 columns; undefined where there is none. */
export function lastFieldPlace(row: string, field: string): { start: number; end: number } | undefined {
  const isBorder = (character: string | undefined): boolean =>
    character === undefined || /[\s,;|"]/.test(character);
  for (let end = row.length; field !== '' && end >= field.length;) {
    const start = row.lastIndexOf(field, end - field.length);
    if (start < 0) return undefined;
    if (isBorder(row[start - 1]) && isBorder(row[start + field.length]))
      return { start, end: start + field.length };
    end = start + field.length - 1;
  }
  return undefined;
}

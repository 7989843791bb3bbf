/** The lines of a file of annotations. */

/** Each with its line's end. */
export function linesOfAnnotations(annotations: string): string[] {
  return annotations.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** What a line says: of a span its type and places without its id, of any other the line itself. */
export function sayOf(line: string): string {
  const [, said] = /^T\S*[\t ]+([^\t\r\n]*)/.exec(line) ?? [];
  return said === undefined ? line.replace(/[\r\n]+$/, '') : `T\t${said.trim().replace(/ +/g, ' ')}`;
}

/** The ids of spans, such as `T12`. */
function spanIds(annotations: string): Set<string> {
  return new Set([...annotations.matchAll(/^T\S*/gm)].map(([id]) => id));
}

/** Annotations with more lines at their end; a span gets an id of its own where another has that id. */
export function withNewIds(annotations: string, lines: readonly string[]): string {
  if (lines.length === 0) return annotations;
  const ids = spanIds(annotations);
  let last = 0;
  // Those that are only referred to are not free either.
  for (const [, number] of annotations.matchAll(/\bT(\d{1,9})\b/g)) last = Math.max(last, Number(number));
  for (const line of lines) last = Math.max(last, Number(/^T(\d{1,9})\b/.exec(line)?.[1] ?? 0));
  const lineEnd = annotations.includes('\r\n') ? '\r\n' : '\n';
  const added = lines.map((line) => {
    const id = /^T\S*/.exec(line)?.[0];
    const own = id !== undefined && ids.has(id) ? `T${++last}` : id;
    if (own !== undefined) ids.add(own);
    return `${own ?? ''}${line.slice(id?.length ?? 0).replace(/[\r\n]+$/, '')}${lineEnd}`;
  });
  const between = annotations === '' || /[\r\n]$/.test(annotations) ? '' : lineEnd;
  return annotations + between + added.join('');
}

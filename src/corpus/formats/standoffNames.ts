/**
 * brat keeps a text and its annotations in two files beside each other: `a.txt` and `a.ann`. Of Markdown the
 * whole name stays: `a.md` and `a.md.ann`, so that a text and Markdown of one name each have their own.
 */

/** The file of annotations of a text, by its name or path; undefined for what is called otherwise. */
export function annotationsOfText(name: string): string | undefined {
  if (isMarkdownName(name)) return `${name}.ann`;
  return /\.txt$/i.test(name) ? `${name.slice(0, -4)}.ann` : undefined;
}

/** The text of a file of annotations, by its name or path; undefined for what is called otherwise. */
export function textOfAnnotations(name: string): string | undefined {
  if (!/\.ann$/i.test(name)) return undefined;
  const stem = name.slice(0, -4);
  return isMarkdownName(stem) ? stem : `${stem}.txt`;
}

/** Whether a text is Markdown, by its name. */
export function isMarkdownName(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name);
}

/**
 * brat keeps a text and its annotations in two files beside each other: `a.txt` and `a.ann`. Of Markdown the
 * whole name stays: `a.md` and `a.md.ann`, so that a text and Markdown of one name each have their own. So it does
 * of a text that is called as Markdown but for its ending: `a.md.txt` and `a.md.txt.ann`. Capitals are kept: `A.TXT`
 * and `A.ANN`.
 */

/** The file of annotations of a text, by its name or path; undefined for what is called otherwise. */
export function annotationsOfText(name: string): string | undefined {
  if (isMarkdownName(name)) return `${name}.ann`;
  if (!/\.txt$/i.test(name)) return undefined;
  const [stem, ending] = [name.slice(0, -3), name.slice(-3)];
  return isMarkdownName(name.slice(0, -4)) ? `${name}.ann` : stem + inCaseOf('ann', ending);
}

/** The text of a file of annotations, by its name or path; undefined for what is called otherwise. */
export function textOfAnnotations(name: string): string | undefined {
  if (!/\.ann$/i.test(name)) return undefined;
  const stem = name.slice(0, -4);
  const isWhole = isMarkdownName(stem) || (/\.txt$/i.test(stem) && isMarkdownName(stem.slice(0, -4)));
  return isWhole ? stem : `${stem}.${inCaseOf('txt', name.slice(-3))}`;
}

/** An ending in capitals where another has them. */
const inCaseOf = (ending: string, other: string): string =>
  [...ending].map((letter, i) => (/[A-Z]/.test(other[i]) ? letter.toUpperCase() : letter)).join('');

/** Whether a text is Markdown, by its name. */
export function isMarkdownName(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name);
}

/** brat keeps a text and its annotations in two files beside each other: `a.txt` and `a.ann`. */

/** The file of annotations of a text, by its name or path; undefined for what is called otherwise. */
export function annotationsOfText(name: string): string | undefined {
  return /\.txt$/i.test(name) ? `${name.slice(0, -4)}.ann` : undefined;
}

/** The text of a file of annotations, by its name or path; undefined for what is called otherwise. */
export function textOfAnnotations(name: string): string | undefined {
  return /\.ann$/i.test(name) ? `${name.slice(0, -4)}.txt` : undefined;
}

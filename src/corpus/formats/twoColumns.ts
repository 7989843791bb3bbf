/**
 * Labelled sentences as two columns: word, tab, label; a blank line after each sentence. Tabs and line ends
 * inside a word, which the format cannot hold, become spaces.
 */
export function writeTwoColumns(
  sentences: readonly (readonly { readonly form: string; readonly label: string }[])[],
): string {
  return sentences
    .filter((sentence) => sentence.length > 0)
    .map(
      (sentence) =>
        `${sentence.map(({ form, label }) => `${form.replace(/[\t\r\n]+/g, ' ')}\t${label}\n`).join('')}\n`,
    )
    .join('');
}

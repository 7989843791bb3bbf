import { checkLabel } from './fields';

/**
 * Labelled sentences as two columns: word, tab, label; a blank line after each sentence. Tabs and line ends
 * inside a word, which the format cannot hold, become spaces.
 * @throws {InputError} a label would break its row.
 */
export function writeTwoColumns(
  sentences: readonly (readonly { readonly form: string; readonly label: string }[])[],
): string {
  for (const label of new Set(sentences.flatMap((sentence) => sentence.map(({ label: value }) => value))))
    checkLabel(label, '\t');
  return sentences
    .filter((sentence) => sentence.length > 0)
    .map(
      (sentence) =>
        `${sentence.map(({ form, label }) => `${form.replace(/[\t\r\n]+/g, ' ')}\t${label}\n`).join('')}\n`,
    )
    .join('');
}

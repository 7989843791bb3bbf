import { checkLabel } from './fields';

const breaksRow = /[\t\r\n]/;

/**
 * Labelled sentences as two columns: word, tab, label; a blank line after each sentence. Tabs and line ends
 * inside a word, which the format cannot hold, become spaces.
 * @throws {InputError} a label would break its row.
 */
export function writeTwoColumns(
  sentences: readonly (readonly { readonly form: string; readonly label: string }[])[],
): string {
  const labels = new Set<string>();
  let text = '';
  for (const sentence of sentences) {
    if (sentence.length === 0) continue;
    for (const { form, label } of sentence) {
      labels.add(label);
      text += `${breaksRow.test(form) ? form.replaceAll(/[\t\r\n]+/g, ' ') : form}\t${label}\n`;
    }
    text += '\n';
  }
  for (const label of labels) checkLabel(label, '\t');
  return text;
}

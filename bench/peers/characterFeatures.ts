/**
 * Features of characters for CRFsuite, the usual ones of word segmentation: each character within two of it,
 * and each pair of neighbours among them.
 */

/** Characters on either side. */
const reach = 2;

/**
 * Rows of label and features, an empty line after each sentence.
 * @param text rows with tabs, blank lines between sentences.
 * @param column of the character, from 0; `label` that of the label, −1: the last.
 */
export function characterFeatures(text: string, column: number, label: number): string {
  const sentences = text
    .split(/\r?\n[ \t]*(?:\r?\n|$)/)
    .map((block) =>
      block
        .split(/\r?\n/)
        .filter((line) => line.includes('\t'))
        .map((line) => line.split('\t')),
    )
    .filter((rows) => rows.length > 0);
  return sentences
    .map(
      (rows) =>
        `${sentenceFeatures(
          rows.map((row) => row[column]),
          rows.map((row) => row.at(label) ?? ''),
        ).join('\n')}\n\n`,
    )
    .join('');
}

function sentenceFeatures(characters: readonly string[], labels: readonly string[]): string[] {
  // Before the first and behind the last character there is a mark.
  const at = (t: number): string => characters[t] ?? 'EDGE';
  return labels.map((label, t) => {
    const features = ['b'];
    for (let d = -reach; d <= reach; d++) features.push(`${d}c=${at(t + d)}`);
    for (let d = -reach; d < reach; d++) features.push(`${d}cc=${at(t + d)}${at(t + d + 1)}`);
    return [label, ...features].join('\t');
  });
}

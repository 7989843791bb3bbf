import { hash32 } from '../../../src/common/random';
import type { SourceFile } from '../../../src/engine/sourceFile';

/**
 * A language that is learned within seconds: every word has one label, but `x`, whose label is that of the
 * word before.
 */
const words: readonly (readonly [word: string, label: string])[] = [
  ['cat', 'N'],
  ['dog', 'N'],
  ['tree', 'N'],
  ['runs', 'V'],
  ['sleeps', 'V'],
  ['sees', 'V'],
  ['the', 'D'],
  ['a', 'D'],
];

/** CoNLL-style columns: word, tab, label. The same for the same numbers. */
export function toyColumns(sentences: number, first = 0): string {
  let text = '';
  for (let s = first; s < first + sentences; s++) {
    let before = 'D';
    for (let t = 0; t < 5 + (s % 7); t++) {
      const [word, label] =
        t > 0 && (s + t) % 4 === 0 ? ['x', before] : words[hash32(7, s, t) % words.length];
      before = label;
      text += `${word}\t${label}\n`;
    }
    text += '\n';
  }
  return text;
}

/**
 * Columns as in CoNLL-2003: word, part of speech, chunk, entity. Proper nouns in a row are a person, and any
 * word may be one: only the part of speech tells.
 */
export function entityColumns(sentences: number, first = 0): string[][][] {
  return Array.from({ length: sentences }, (_, s) => {
    let before = '';
    return Array.from({ length: 3 + (s % 6) }, (__, t) => {
      const [word] = words[hash32(11, first + s, t) % words.length];
      const pos = ['NNP', 'VB', 'NN'][hash32(13, first + s, t) % 3];
      const entity = pos !== 'NNP' ? 'O' : before === pos ? 'I-PER' : 'B-PER';
      before = pos;
      return [word, pos, pos === 'VB' ? 'B-VP' : 'B-NP', entity];
    });
  });
}

/** Rows with the columns at these positions. */
export function rowsOf(sentences: readonly (readonly (readonly string[])[])[], ...columns: number[]): string {
  return sentences
    .map((rows) => `${rows.map((row) => `${columns.map((column) => row[column]).join(' ')}\n`).join('')}\n`)
    .join('');
}

export function toyFile(name: string, sentences: number, first = 0): SourceFile {
  return { file: name, path: `toy/${name}`, content: new TextEncoder().encode(toyColumns(sentences, first)) };
}

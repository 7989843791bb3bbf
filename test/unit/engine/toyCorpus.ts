import { hash32 } from '../../../src/common/random';
import type { SourceFile } from '../../../src/engine/protocol';

/** A language that is learned within seconds: every word has one label, but `x`, whose label is that of the word before. */
const words: readonly (readonly [word: string, label: string])[] = [
  ['cat', 'N'], ['dog', 'N'], ['tree', 'N'], ['runs', 'V'], ['sleeps', 'V'], ['sees', 'V'], ['the', 'D'], ['a', 'D'],
];

/** CoNLL-style columns: word, tab, label. The same for the same numbers. */
export function toyColumns(sentences: number, first = 0): string {
  let text = '';
  for (let s = first; s < first + sentences; s++) {
    let before = 'D';
    for (let t = 0; t < 5 + (s % 7); t++) {
      const [word, label] = t > 0 && (s + t) % 4 === 0 ? ['x', before] : words[hash32(7, s, t) % words.length];
      before = label;
      text += `${word}\t${label}\n`;
    }
    text += '\n';
  }
  return text;
}

export function toyFile(name: string, sentences: number, first = 0): SourceFile {
  return { file: name, path: `toy/${name}`, content: new TextEncoder().encode(toyColumns(sentences, first)) };
}

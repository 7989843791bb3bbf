/** Corpora of which some labels were made wrong, so that it is known which. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { permutation, uniform } from '../../src/common/random';
import { columnAt } from '../../src/corpus/corpusFile';
import { formatOf } from '../../src/corpus/formats';
import { readCorpusFile } from '../../src/corpus/formats/read';

export interface FlippedCorpus {
  readonly tokens: number;
  /** By file and line, from 1: the label that was there. */
  readonly flips: ReadonlyMap<string, string>;
}

/** A token's place among the flips. */
export const placeOf = (file: string, line: number): string => `${file}:${line}`;

/**
 * Writes files with a share of their labels flipped: the tokens drawn evenly over all files, and each one's
 * label evenly from the others that there are.
 */
export function flipLabels(
  files: readonly string[],
  column: string,
  share: number,
  seed: number,
  folder: string,
): FlippedCorpus {
  mkdirSync(folder, { recursive: true });
  const sources = files.map((file) => {
    const text = readFileSync(file, 'utf8');
    const read = readCorpusFile(file, file, text);
    const { values, ids } = columnAt(read, read.layout.columns.indexOf(column));
    return { file, text, read, labels: Array.from(ids, (id) => values[id]) };
  });
  const all = [...new Set(sources.flatMap(({ labels }) => labels))].sort();
  const tokens = sources.reduce((sum, { labels }) => sum + labels.length, 0);
  const chosen = new Set(permutation(tokens, seed).subarray(0, Math.round(share * tokens)));
  const flips = new Map<string, string>();
  let token = 0;
  for (const { file, text, read, labels } of sources) {
    const target = path.join(folder, path.basename(file));
    const flipped = labels.map((label, t) => {
      const number = token++;
      if (!chosen.has(number)) return label;
      flips.set(placeOf(target, read.line[t] + 1), label);
      const others = all.filter((other) => other !== label);
      return others[Math.floor(uniform(seed, number) * others.length)];
    });
    writeFileSync(target, formatOf(read.layout).writeLabels(text, read, column, flipped));
  }
  return { tokens, flips };
}

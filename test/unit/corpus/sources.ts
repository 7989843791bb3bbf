import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CorpusFile } from '../../../src/corpus/corpus';
import { readCorpusFile } from '../../../src/corpus/formats/read';

/** A file below test/workspaces. Tests run in the project's root. */
export function workspaceFile(name: string): Uint8Array {
  return readFileSync(path.join(process.cwd(), 'test/workspaces', name));
}

export function readWorkspaceFile(name: string): CorpusFile {
  return readCorpusFile(name, name, new TextDecoder().decode(workspaceFile(name)));
}

/** Rows of a column, as strings, by sentence. */
export function sentencesOf(file: CorpusFile, column: string): string[][] {
  const { values, ids } = file.columns.find(({ name }) => name === column)!;
  return Array.from({ length: file.sentences }, (_, s) =>
    Array.from(ids.subarray(file.sentenceStart[s], file.sentenceStart[s + 1]), (id) => values[id]),
  );
}

/** Codes of a file's problems with their lines, from 1 as an editor shows them. */
export function problemsOf(file: CorpusFile): string[] {
  return file.problems.map(({ code, line }) => `${line + 1} ${code}`);
}

/** Two-column text: `Rita/B-PER lives/O | Tom/B-PER`. */
export function twoColumns(sentences: string): string {
  return sentences
    .split('|')
    .map(
      (sentence) =>
        `${sentence
          .trim()
          .split(/\s+/)
          .map((token) => token.replace('/', '\t'))
          .join('\n')}\n\n`,
    )
    .join('');
}

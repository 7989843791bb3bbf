/** Texts whose annotations stand in a second file, as brat's do: the text stands for both. */
import type * as vscode from 'vscode';
import { annotationsOfText, textOfAnnotations } from '../corpus/formats/standoffNames';

/** The file of annotations that belongs to a text, be it there or not; undefined for what is no text or Markdown. */
export function annotationsBeside(uri: vscode.Uri): vscode.Uri | undefined {
  const path = annotationsOfText(uri.path);
  return path === undefined ? undefined : uri.with({ path });
}

/** The file that a corpus knows a file by: of annotations their text, of any other itself. */
export function sourceOf(uri: vscode.Uri): vscode.Uri {
  const path = textOfAnnotations(uri.path);
  return path === undefined ? uri : uri.with({ path });
}

export function isAnnotations(uri: vscode.Uri): boolean {
  return textOfAnnotations(uri.path) !== undefined;
}

/** Files as corpora know them, each once. */
export function sourcesOf(found: Iterable<vscode.Uri>): Map<string, vscode.Uri> {
  return new Map(
    Array.from(found, (uri) => {
      const source = sourceOf(uri);
      return [source.toString(), source];
    }),
  );
}

/** Endings of what `*.ann` stands beside, and of both in capitals. */
const others = ['md', 'markdown', 'TXT', 'ANN'];

/** The glob patterns, and those that find the other file of a pair. */
export function withPairs(include: readonly string[]): string[] {
  const pairs = include.flatMap((glob) => [
    ...[annotationsOfText(glob) ?? [], textOfAnnotations(glob) ?? []].flat(),
    // What is any name may be that of Markdown, too.
    ...(glob.endsWith('*.ann') ? others.map((ending) => `${glob.slice(0, -3)}${ending}`) : []),
  ]);
  return [...new Set([...include, ...pairs])];
}

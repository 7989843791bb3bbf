import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Corpus } from '../corpus/corpus';
import { likelyPatterns } from '../corpus/likelyNames';
import type { Engine } from '../engine/engine';
import type { SourceFile } from '../engine/sourceFile';
import { annotationsBeside, sourcesOf } from './annotatedTexts';
import { workspacePathOf } from './foundFiles';
import { searchFiles } from './searchFiles';
import { wholeLines } from './wholeLines';

/** Files that may be a corpus or anything else are looked at, so many and of each so much. */
const mostFound = 2_000;
const mostLookedAt = 200;
const lookedAtBytes = 64 * 1024;
/** Where no part of a file can be read, or a part says nothing, larger files are not looked at. */
const wholeFileBytes = 1024 * 1024;

export interface LikelyCorpora {
  /** Files that read like a corpus with something to learn, those of one kind together. */
  readonly corpora: readonly Corpus[];
  /** Files that look like something that is not read, in words. */
  readonly others: readonly { readonly file: string; readonly message: string }[];
}

/**
 * Looks into files that no name gives away, for one who asked for a corpus where there is none.
 *
 * @param isAsked which files matter.
 */
export async function findLikelyCorpora(
  engine: Engine,
  exclude: readonly string[],
  isAsked: (file: string) => boolean,
): Promise<LikelyCorpora> {
  const files = await searchFiles(likelyPatterns('ann'), exclude, mostFound);
  const found = [...sourcesOf(files).values()]
    .filter((uri) => isAsked(uri.toString()))
    // What lies higher up, first.
    .sort((a, b) => depthOf(a) - depthOf(b) || (a.path < b.path ? -1 : 1))
    .slice(0, mostLookedAt);
  const changed: SourceFile[] = [];
  for (const uri of found) {
    const beside = annotationsBeside(uri);
    const annotations = beside && (await beginningOf(beside, true).catch(() => undefined));
    const content = await beginningOf(uri, annotations !== undefined).catch(() => undefined);
    if (content && content.length > 0)
      changed.push({
        file: uri.toString(),
        path: workspacePathOf(uri),
        content,
        ...(beside && annotations && { companion: { file: beside.toString(), content: annotations } }),
      });
  }
  if (changed.length === 0) return { corpora: [], others: [] };
  const reader = engine.createReader();
  try {
    const { corpora, problems } = await reader.scan({ changed, removed: [], replaceInvalidBytes: false });
    return {
      corpora: corpora
        .filter(({ columns }) => columns.length > 0)
        .sort((a, b) => b.files.length - a.files.length || b.tokens - a.tokens),
      others: problems.flatMap(({ file, problems: own }) =>
        own.filter(({ code }) => code === 'likely-format').map(({ message }) => ({ file, message })),
      ),
    };
  } finally {
    reader.dispose();
  }
}

function depthOf({ path }: vscode.Uri): number {
  return path.split('/').length;
}

/**
 * The beginning of a file, in whole lines; undefined where it is not to be looked at.
 * @param isPaired another file says where in it things are, so that a part of it is of no use.
 */
async function beginningOf(uri: vscode.Uri, isPaired: boolean): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { size } = await vscode.workspace.fs.stat(uri);
  // A part of a JSON document is none.
  const needsAll = isPaired || uri.path.toLowerCase().endsWith('.json');
  if (size <= lookedAtBytes || needsAll || uri.scheme !== 'file')
    return size <= wholeFileBytes ? new Uint8Array(await vscode.workspace.fs.readFile(uri)) : undefined;
  const file = await open(uri.fsPath);
  try {
    const bytes = new Uint8Array(lookedAtBytes);
    const { bytesRead } = await file.read(bytes, 0, lookedAtBytes, 0);
    return wholeLines(bytes.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

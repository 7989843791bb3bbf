import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../common/errors';
import { isCorpusFileName } from '../corpus/formats';
import type { SourceFile } from '../engine/sourceFile';
import { fileError } from './fileError';

/**
 * Corpus files at a path: the file itself, whatever its name, or those below the folder whose names are
 * corpora's, sorted.
 */
export async function corpusFiles(target: string): Promise<string[]> {
  const info = await stat(target).catch((error: unknown) => {
    throw fileError(error, target);
  });
  if (!info.isDirectory()) return [target];
  const entries = await readdir(target, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      throw fileError(error, error.path ?? target);
    },
  );
  const files: string[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    if (!isCorpusFileName(entry.name) || path.relative(target, file).split(path.sep).includes('node_modules'))
      continue;
    // Collections under version control often hold links to their files.
    const isFile = entry.isSymbolicLink()
      ? (await stat(file).catch(() => undefined))?.isFile()
      : entry.isFile();
    if (isFile) files.push(file);
  }
  if (files.length === 0)
    throw new InputError('No corpus files in this folder (.conllu, .conll, .iob2, .bio, .bmes, …).', {
      file: target,
    });
  return files.sort();
}

/** Reads a file as the engine takes it. `folder` is what its path is relative to. */
export async function readSourceFile(file: string, folder: string): Promise<SourceFile> {
  const content = await readBytes(file);
  const below = path.relative(path.dirname(path.resolve(folder)), path.resolve(file));
  return { file, path: below.split(path.sep).join('/'), content };
}

/** @throws {InputError} where the file cannot be read. */
export async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // A copy that owns its memory: small files share a pool, and what is sent to a worker is transferred.
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw fileError(error, file);
  }
}

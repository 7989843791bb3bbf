import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../common/problem';
import type { SourceFile } from '../protocol';

/** In a folder, files with these endings are taken for corpora; a file that is named is always read. */
const corpusFile = /\.(conllu|conllup|conll\w*|iob\w*|bio\w*|bilou|bmes|bieo)$/i;

/** Corpus files at a path: the file itself, or those below the folder, by name. */
export async function corpusFiles(target: string): Promise<string[]> {
  const info = await stat(target).catch((error: unknown) => {
    throw fileError(error, target);
  });
  if (!info.isDirectory()) return [target];
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && corpusFile.test(entry.name)).map((entry) => path.join(entry.parentPath, entry.name));
  if (files.length === 0) throw new InputError('No corpus files in this folder (.conllu, .conll, .iob2, .bio, .bmes, …).', { file: target });
  return files.filter((file) => !path.relative(target, file).split(path.sep).includes('node_modules')).sort();
}

/** Reads a file as the engine takes it. `folder` is what its path is told from. */
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

/** Writes a whole file or leaves what was there: a temporary file beside it, flushed, then renamed. */
export async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw fileError(error, file);
  }
}

function fileError(error: unknown, file: string): InputError {
  const code = (error as NodeJS.ErrnoException).code;
  const why: Record<string, string> = {
    ENOENT: 'There is no such file or folder.',
    EACCES: 'No permission.',
    EPERM: 'No permission.',
    EISDIR: 'This is a folder, not a file.',
    ENOTDIR: 'A part of this path is not a folder.',
    ENOSPC: 'The disk is full.',
    EROFS: 'The disk is read-only.',
  };
  return new InputError((code && why[code]) ?? (error instanceof Error ? error.message : String(error)), { file });
}

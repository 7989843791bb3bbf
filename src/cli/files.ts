import {
  access,
  constants,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { InputError, messageOf } from '../common/errors';
import { isCorpusFileName } from '../corpus/formats';
import type { SourceFile } from '../engine/sourceFile';

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

/**
 * Says before the work, not after it, that a file cannot be written there.
 * @throws {InputError} with the reason.
 */
export async function checkWritable(file: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there?.isDirectory()) throw new InputError('This is a folder: name a file for the model.', { file });
  if (there && !there.isFile())
    throw new InputError('This is no regular file: name another for the model.', { file });
  // The nearest folder that exists is where folders or the file will be made.
  let folder = path.dirname(path.resolve(file));
  for (
    let info = await stat(folder).catch(() => undefined);
    !info?.isDirectory();
    info = await stat(folder).catch(() => undefined)
  ) {
    if (info) throw new InputError('A part of this path is not a folder.', { file });
    folder = path.dirname(folder);
  }
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw fileError(error, file);
  });
}

/**
 * Writes a whole file or leaves what was there: a temporary file beside it, flushed, then renamed. A link
 * stays a link.
 */
export async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await makeFolder(path.dirname(target));
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(error, file);
  }
}

/**
 * Makes a folder and those above it. One by one: Node's own recursion does not end where a file system takes
 * no folders.
 */
async function makeFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined))?.isDirectory()) return;
  await makeFolder(path.dirname(folder));
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** A fault of the file system in a sentence. */
export function fileError(error: unknown, file: string): InputError {
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
  return new InputError((code && why[code]) ?? messageOf(error), {
    file,
  });
}

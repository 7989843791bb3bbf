/** Files that the command line writes: checked before the work, written whole or not at all. */
import { rmSync } from 'node:fs';
import {
  access,
  constants,
  lstat,
  mkdir,
  open,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../common/errors';
import { fileError } from './fileError';
import { removeAbandoned, temporaryName } from './temporaryFiles';

/** Links that are followed before they count as a circle, as Linux does. */
const mostLinks = 40;

/**
 * Says before the work, not after it, that a file cannot be written there: a temporary file is made in its
 * folder and taken away again.
 * @throws {InputError} with the reason.
 */
export async function checkWritable(file: string): Promise<void> {
  try {
    if (file.endsWith('/') || file.endsWith(path.sep))
      throw new InputError('This is a folder: name a file for the model.', { file });
    const target = await targetOf(file);
    const there = await statIfThere(target);
    if (there?.isDirectory()) throw new InputError('This is a folder: name a file for the model.', { file });
    if (there && !there.isFile())
      throw new InputError('This is no regular file: name another for the model.', { file });
    // It would be replaced, not written into; but who made it read-only wants to keep it.
    if (there) await access(target, constants.W_OK);
    const made: string[] = [];
    try {
      await makeFolder(path.dirname(target), made);
      const temporary = temporaryName(target);
      await (await open(temporary, 'w')).close();
      await rm(temporary);
    } finally {
      for (const folder of made.reverse()) await rmdir(folder).catch(() => undefined);
    }
  } catch (error) {
    throw fileError(error, file);
  }
}

/** What a command writes. */
interface WrittenFile {
  readonly name: string;
  readonly option: string;
  readonly example: string;
}

const model: WrittenFile = { name: 'model', option: '--model', example: 'model.safetensors' };

/**
 * Refuses to write over what is read: one and the same file, whatever its names and links.
 * @throws {InputError} that names the input.
 */
export async function checkNoInput(
  file: string,
  inputs: readonly string[],
  written: WrittenFile = model,
): Promise<void> {
  const target = await targetOf(file);
  const there = await statIfThere(target);
  if (!there) return;
  for (const input of inputs) {
    const info = await statIfThere(input);
    if (!info) continue;
    // Some file systems do not number their files.
    const same =
      info.ino !== 0n
        ? info.ino === there.ino && info.dev === there.dev
        : (await realpath(input)) === (await realpath(target));
    if (!same) continue;
    const which = path.resolve(input) === path.resolve(file) ? '' : `: ${input}`;
    throw new InputError(
      `This file is read by the same command${which}. The ${written.name} would overwrite it.`,
      {
        file,
        hint: `Name another file behind ${written.option}, such as ${written.example}.`,
      },
    );
  }
}

/**
 * Writes a whole file or leaves what was there: a temporary file beside it, flushed, then renamed. A link
 * stays a link, and its target is written, be it there or not. What a process that is gone left of an earlier
 * try is taken away.
 * @throws {InputError} with the reason.
 */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  try {
    const target = await targetOf(file);
    await makeFolder(path.dirname(target));
    await removeAbandoned(target);
    const temporary = temporaryName(target);
    const remove = (): void => rmSync(temporary, { force: true });
    // The second Ctrl+C ends the process at once.
    process.once('exit', remove);
    try {
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
      throw error;
    } finally {
      process.off('exit', remove);
    }
  } catch (error) {
    throw fileError(error, file);
  }
}

/** The file that a path means, through links, also where they lead to none. */
async function targetOf(file: string): Promise<string> {
  let at = file;
  for (let links = 0; links < mostLinks; links++) {
    const info = await lstat(at).catch(ifMissing);
    if (!info?.isSymbolicLink()) return path.resolve(at);
    const link = await readlink(at);
    // Not normalised: `..` behind a link to a folder leads out of that folder.
    at = path.isAbsolute(link) ? link : path.dirname(at) + path.sep + link;
  }
  throw new InputError('The links on this path lead round in a circle.', { file });
}

async function statIfThere(file: string) {
  return stat(file, { bigint: true }).catch(ifMissing);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/**
 * Makes a folder and those above it, and adds them to `made`, from the top down. One by one: Node's own
 * recursion does not end where a file system takes no folders.
 */
async function makeFolder(folder: string, made: string[] = []): Promise<void> {
  if ((await statIfThere(folder))?.isDirectory()) return;
  await makeFolder(path.dirname(folder), made);
  try {
    await mkdir(folder);
    made.push(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

import { randomUUID } from 'node:crypto';
import { access, constants, open, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { nodeStorage } from './nodeStorage';

/**
 * Writes a file of the workspace so that a crash leaves the old content or the new, where its file system can
 * do that.
 *
 * @throws where it cannot be written.
 */
export async function writeWholeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
  if (uri.scheme !== 'file' || !(await isReplaced(uri.fsPath, content)))
    await vscode.workspace.fs.writeFile(uri, content);
}

/** @returns false in a folder that takes no further file: the file itself may still be written. */
async function isReplaced(named: string, content: Uint8Array): Promise<boolean> {
  // A link goes on to lead to the file.
  const path = await realpath(named).catch(() => named);
  const old = await stat(path).catch(() => undefined);
  if (old) await access(path, constants.W_OK);
  const folder = dirname(path);
  const temporary = `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`;
  let file;
  try {
    file = await open(join(folder, temporary), 'wx', old?.mode);
  } catch {
    return false;
  }
  try {
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await nodeStorage(folder).rename(temporary, basename(path));
  } catch (error) {
    await rm(join(folder, temporary), { force: true });
    throw error;
  }
  return true;
}

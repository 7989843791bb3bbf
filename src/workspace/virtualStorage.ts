import * as vscode from 'vscode';
import { nodeStorage } from './nodeStorage';
import { sharedFolder } from './sharedFolder';
import type { FileOperations } from './storage';

/**
 * Storage below a URI, shared by all windows on the same folder: on the local disk with fsync and an atomic rename, elsewhere through the editor's file
 * systems.
 */
export function storageAt(folder: vscode.Uri): FileOperations {
  return folder.scheme === 'file' ? nodeStorage(sharedFolder(folder.fsPath)) : virtualStorage(folder);
}

function virtualStorage(folder: vscode.Uri): FileOperations {
  const at = (path: string) => vscode.Uri.joinPath(folder, path);
  const fs = vscode.workspace.fs;
  return {
    read: async (path) => new Uint8Array(await fs.readFile(at(path))),
    write: async (path, content) => fs.writeFile(at(path), content),
    rename: async (from, to) => fs.rename(at(from), at(to), { overwrite: true }),
    createFolder: async (path) => fs.createDirectory(at(path)),
    folders: (path) => namesIn(at(path), vscode.FileType.Directory),
    files: (path) => namesIn(at(path), vscode.FileType.File),
    async remove(path) {
      try {
        await fs.delete(at(path), { recursive: true });
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
  };
}

async function namesIn(folder: vscode.Uri, wanted: vscode.FileType): Promise<string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.filter(([, type]) => (type & wanted) !== 0).map(([name]) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}

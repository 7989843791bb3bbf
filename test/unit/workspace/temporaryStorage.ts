import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeStorage } from '../../../src/workspace/nodeStorage';
import type { WindowIdentity } from '../../../src/workspace/runOwners';
import type { FileOperations } from '../../../src/workspace/storage';

/**
 * Gives each test a storage folder of its own. Call inside `describe`. `settled`: waits for what is still
 * being written.
 */
export function temporaryStorage(settled: () => Promise<unknown> = () => Promise.resolve()): {
  readonly folder: () => string;
  readonly files: () => FileOperations;
} {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rnn-tagger-storage-'));
  });
  afterEach(async () => {
    await settled();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  });
  return { folder: () => folder, files: () => nodeStorage(folder) };
}

/** A window that lives, at a fixed moment. */
export function windowOf(id: string): WindowIdentity {
  return { id, pid: 2, isAlive: () => true, now: () => 1_000_000 };
}

/**
 * Storage in which the machine goes down at one operation: half of what is being written is there, and
 * nothing works any more. `armed`: not before this says so.
 */
export function crashing(
  files: FileOperations,
  at: { operation: 'write' | 'rename'; path: RegExp; armed?: () => boolean },
): FileOperations {
  let down = false;
  const guard = <Result>(work: () => Promise<Result>): Promise<Result> =>
    down ? Promise.reject(new Error('the machine is down')) : work();
  const crashes = (operation: typeof at.operation, path: string): boolean =>
    operation === at.operation && at.path.test(path) && (at.armed?.() ?? true);
  return {
    read: (path) => guard(() => files.read(path)),
    write: (path, content) =>
      guard(async () => {
        if (!crashes('write', path)) return files.write(path, content);
        down = true;
        await files.write(path, content.subarray(0, content.length >> 1));
        throw new Error('the machine went down');
      }),
    rename: (from, to) =>
      guard(async () => {
        if (!crashes('rename', to)) return files.rename(from, to);
        down = true;
        throw new Error('the machine went down');
      }),
    createFolder: (path) => guard(() => files.createFolder(path)),
    folders: (path) => guard(() => files.folders(path)),
    files: (path) => guard(() => files.files(path)),
    remove: (path) => guard(() => files.remove(path)),
  };
}

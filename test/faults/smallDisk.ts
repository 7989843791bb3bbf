import { execFileSync } from 'node:child_process';
import type { FileOperations } from '../../src/workspace/storage';

/** A disk that is soon full, or cannot be written any more. */
export interface SmallDisk {
  /** How it is made. */
  readonly kind: 'tmpfs' | 'simulated';
  /** What a window works with; undefined: the folder itself. */
  readonly files?: FileOperations;
  /** Makes room. */
  enlarge(): void;
  dispose(): void;
}

/** A file system of its own in a folder, of so many KiB; undefined where this process may mount none. */
export function mountedDisk(folder: string, kib: number): SmallDisk | undefined {
  const mount = (...options: string[]): void =>
    void execFileSync('mount', [...options, 'tmpfs', folder], { stdio: 'ignore' });
  try {
    mount('-t', 'tmpfs', '-o', `size=${kib}k`);
  } catch {
    return undefined;
  }
  return {
    kind: 'tmpfs',
    enlarge: () => mount('-o', 'remount,size=16m'),
    dispose: () => void execFileSync('umount', ['-l', folder]),
  };
}

/** Storage that takes so many KiB: of what goes beyond, only the beginning is written. */
export function simulatedDisk(files: FileOperations, kib: number): SmallDisk {
  let capacity = kib * 1024;
  const sizes = new Map<string, number>();
  const used = (): number => [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return {
    kind: 'simulated',
    files: {
      ...files,
      write: async (path, content) => {
        const room = Math.max(0, capacity - used() + (sizes.get(path) ?? 0));
        sizes.set(path, Math.min(room, content.length));
        await files.write(path, content.subarray(0, room));
        if (room < content.length) throw faultOf('ENOSPC', 'no space left on device, write');
      },
      rename: async (from, to) => {
        await files.rename(from, to);
        sizes.set(to, sizes.get(from) ?? 0);
        sizes.delete(from);
      },
      remove: async (path) => {
        await files.remove(path);
        for (const name of [...sizes.keys()])
          if (name === path || name.startsWith(`${path}/`)) sizes.delete(name);
      },
    },
    enlarge: () => (capacity = Infinity),
    dispose: () => undefined,
  };
}

/** Storage that cannot be written once `isReadOnly` says so. */
export function readOnlyFiles(files: FileOperations, isReadOnly: () => boolean): FileOperations {
  const refuse =
    <Arguments extends unknown[], Result>(work: (...of: Arguments) => Promise<Result>) =>
    async (...of: Arguments): Promise<Result> => {
      if (isReadOnly()) throw faultOf('EROFS', 'read-only file system');
      return work(...of);
    };
  return {
    ...files,
    write: refuse((path, content) => files.write(path, content)),
    rename: refuse((from, to) => files.rename(from, to)),
    createFolder: refuse((path) => files.createFolder(path)),
    remove: refuse((path) => files.remove(path)),
  };
}

function faultOf(code: string, message: string): Error {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}

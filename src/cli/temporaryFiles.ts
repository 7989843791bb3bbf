import { readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Bytes of a file's name that its temporary file takes over: names have at most 255 in most file systems. */
const longestStem = 150;

const host =
  os
    .hostname()
    .replace(/[^\w-]/g, '_')
    .slice(0, 60) || 'host';

/** The start of the names of all temporary files for a file. */
function stemOf(file: string): string {
  const name = path.basename(file);
  const bytes = Buffer.from(name);
  if (bytes.length <= longestStem) return name;
  return bytes
    .subarray(0, longestStem)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}

/** The name, beside a file, under which this process writes what is to take its place. */
export function temporaryName(file: string): string {
  return path.join(path.dirname(file), `${stemOf(file)}.${host}.${process.pid}.tmp`);
}

/**
 * Removes what processes of this machine that are gone left under a file's temporary names. Those of living
 * processes, and of other machines on a shared disk, stay.
 */
export async function removeAbandoned(file: string): Promise<void> {
  const folder = path.dirname(file);
  const stem = stemOf(file);
  // A folder that may be written but not listed is no reason to fail.
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(`${stem}.`)) continue;
    const [, machine = host, pid] = /^(?:(.+)\.)?(\d+)\.tmp$/.exec(name.slice(stem.length + 1)) ?? [];
    if (pid !== undefined && machine === host && !isAlive(Number(pid)))
      await rm(path.join(folder, name), { force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: a process of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

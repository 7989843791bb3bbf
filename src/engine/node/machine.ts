/** What Node says of the machine. */
import os from 'node:os';

/**
 * Bytes of memory that this process may have: the machine's, or less where a container or a service limits
 * it.
 */
export function machineMemoryBytes(): number {
  const limit = process.constrainedMemory();
  const total = os.totalmem();
  // Without a limit it is 0, or a number beyond all machines.
  return limit > 0 && limit < total ? limit : total;
}

/** Tells this machine from others that share the same settings. */
export function machineName(): string {
  const processors = os.cpus();
  return `${os.hostname()}, ${processors.at(0)?.model ?? process.arch}, ${processors.length}`;
}

/** Whether a process of this machine lives. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One of another user may not be asked.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

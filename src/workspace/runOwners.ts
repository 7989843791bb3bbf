import { readText, writeWhole } from './storage';
import type { FileOperations } from './storage';

/** How often a window says that it is still there. */
const ownerPulseMs = 5_000;
/** A window that said nothing for so long is gone. */
const silenceMs = 30_000;

/** A window, to the others that share its storage. */
export interface WindowIdentity {
  /** Of no other window. */
  readonly id: string;
  /** Of its process, on this machine. */
  readonly pid: number;
  /** Whether a process of this machine lives; left out where that cannot be told. */
  readonly isAlive?: (pid: number) => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** `owner.json` in the folder of a run that goes on. */
interface Owner {
  readonly window: string;
  readonly pid: number;
  /** When the window was there the last time, in ms since 1970. */
  readonly seen: number;
}

/**
 * Which window a run that goes on belongs to, where several windows share one storage. A window that died
 * gives its runs up: its process is gone, or it has said nothing for half a minute.
 */
export class RunOwners {
  private readonly own = new Set<string>();
  /** What is being written, by run. */
  private readonly writing = new Map<string, Promise<void>>();
  private pulse: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly files: FileOperations,
    private readonly window: WindowIdentity,
  ) {}

  /** From now on the run is this window's. */
  async take(id: string): Promise<void> {
    this.own.add(id);
    this.pulse ??= setInterval(() => void this.beat(), ownerPulseMs);
    await this.write(id);
  }

  /**
   * Storage in which the files of a run that goes on here come after its owner: without one, they would be
   * those of a window that is gone.
   */
  first(files: FileOperations): FileOperations {
    const write = async (path: string, content: Uint8Array): Promise<void> => {
      await this.said(path.split('/')[1]);
      await files.write(path, content);
    };
    return { ...files, write };
  }

  /** Resolves once the storage says that the run is this window's, where it is. */
  private async said(id: string): Promise<void> {
    await this.writing.get(id);
  }

  /** The run is nobody's any more. */
  async release(id: string): Promise<void> {
    if (!this.own.delete(id)) return;
    if (this.own.size === 0) this.dispose();
    await this.said(id);
    this.writing.delete(id);
    await this.forget(id);
  }

  /** `gone`: a window that died in the middle of the run. */
  async ownerOf(id: string): Promise<'nobody' | 'this' | 'other' | 'gone'> {
    if (this.own.has(id)) return 'this';
    const owner = await this.read(id);
    if (!owner) return 'nobody';
    const { window } = this;
    // A moment that is still to come is as wrong as one long past.
    const silent = Math.abs(window.now() - owner.seen) > silenceMs;
    return !silent && (window.isAlive?.(owner.pid) ?? true) ? 'other' : 'gone';
  }

  /** Removes what a window that died said of a run. */
  async forget(id: string): Promise<void> {
    await this.files.remove(pathOf(id)).catch(() => undefined);
  }

  dispose(): void {
    clearInterval(this.pulse);
    this.pulse = undefined;
  }

  private async beat(): Promise<void> {
    await Promise.all([...this.own].map((id) => this.write(id)));
  }

  private write(id: string): Promise<void> {
    const written = this.writeOwner(id);
    this.writing.set(id, written);
    return written;
  }

  /** A disk that is full keeps nothing else either. */
  private async writeOwner(id: string): Promise<void> {
    const { window } = this;
    const owner: Owner = { window: window.id, pid: window.pid, seen: window.now() };
    await writeWhole(this.files, pathOf(id), new TextEncoder().encode(JSON.stringify(owner))).catch(
      () => undefined,
    );
  }

  private async read(id: string): Promise<Owner | undefined> {
    try {
      const owner: unknown = JSON.parse(await readText(this.files, pathOf(id)));
      return isOwner(owner) ? owner : undefined;
    } catch {
      // No file, or a damaged one: nobody's.
      return undefined;
    }
  }
}

function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null) return false;
  const { window, pid, seen } = value as Partial<Record<keyof Owner, unknown>>;
  return typeof window === 'string' && typeof pid === 'number' && typeof seen === 'number';
}

function pathOf(id: string): string {
  return `runs/${id}/owner.json`;
}

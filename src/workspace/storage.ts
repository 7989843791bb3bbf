/**
 * The folder in which runs and models are kept, behind the few operations that it needs. Paths are relative,
 * with `/`.
 */

/** What a file system must be able to do. */
export interface FileOperations {
  /** A file's content. Rejects where there is no such file. */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Writes a file and waits until it is on the disk, where the file system can tell. Its folder exists. */
  write(path: string, content: Uint8Array): Promise<void>;
  /** Moves a file; one that is already there is replaced in one step, where the file system can do so. */
  rename(from: string, to: string): Promise<void>;
  /** Makes a folder and those above it. */
  createFolder(path: string): Promise<void>;
  /** Names of the folders in a folder; none where it does not exist. */
  folders(path: string): Promise<string[]>;
  /** Names of the files in a folder; none where it does not exist. */
  files(path: string): Promise<string[]>;
  /** Removes a file, or a folder with all that is in it. What is not there counts as removed. */
  remove(path: string): Promise<void>;
}

/** Of this process, whose number it begins with: another window may write the same file. */
const temporaryEnding = `.${process.pid}-${crypto.randomUUID().slice(0, 8)}.tmp`;
let temporaryFiles = 0;

/**
 * Replaces a file as a whole: it is written beside the old one and then moved over it, so that a crash at any
 * moment leaves the old content or the new. What a crash leaves of the temporary file is removed by
 * {@link removeTemporary}.
 */
export async function writeWhole(files: FileOperations, path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${++temporaryFiles}${temporaryEnding}`;
  const write = async (): Promise<void> => {
    await files.createFolder(path.slice(0, path.lastIndexOf('/')));
    await files.write(temporary, content);
    await files.rename(temporary, path);
  };
  try {
    await write().catch((error: unknown) => {
      // Another window may have removed the folder while it was empty.
      if (!isMissing(error)) throw error;
      return write();
    });
  } catch (error) {
    await files.remove(temporary).catch(() => undefined);
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'FileNotFound'].includes(String(error.code));
}

/**
 * Removes what other processes, which are gone, left in a folder of files that they were writing.
 * @param isGone whether a process is; not asked for this one, whose files stay. Files of earlier versions do
 * not say whose they are: the number is undefined.
 */
export async function removeTemporary(
  files: FileOperations,
  folder: string,
  isGone: (pid: number | undefined) => boolean,
): Promise<void> {
  for (const name of await files.files(folder)) {
    if (!name.endsWith('.tmp') || name.endsWith(temporaryEnding)) continue;
    const pid = /\.(\d+)-[0-9a-f]{8}\.tmp$/.exec(name)?.[1];
    if (isGone(pid === undefined ? undefined : Number(pid))) await files.remove(`${folder}/${name}`);
  }
}

export async function readText(files: FileOperations, path: string): Promise<string> {
  return new TextDecoder().decode(await files.read(path));
}

/** What waits to be written to a file. */
interface Entry {
  readonly content: () => Uint8Array;
  readonly settled?: (written: boolean) => void;
  /** Number of the first put since the file was last written. */
  readonly since: number;
}

interface Flush {
  /** Number of the last put that is waited for. */
  readonly until: number;
  readonly done: () => void;
}

/**
 * Writes files in the background, each as a whole, at most once in `intervalMs`. Of several contents put for
 * one file before it is written, only the last is.
 */
export class BackgroundWriter {
  private readonly waiting = new Map<string, Entry>();
  private writing: Entry | undefined;
  /** The file that is being written, until it is there or has failed. */
  private inFlight: { readonly path: string; readonly end: Promise<void> } | undefined;
  private working = false;
  /** What was written since the last rest. */
  private readonly round = new Set<string>();
  private settling = false;
  private wake: (() => void) | undefined;
  /** How many contents were put so far. */
  private puts = 0;
  private flushes: Flush[] = [];

  constructor(
    private readonly files: FileOperations,
    private readonly intervalMs: number,
    /** Called where a file could not be written: what was put for it is lost. */
    private readonly failed: (path: string, error: unknown) => void,
  ) {}

  /**
   * `content` is called when the file is written; `settled` once it is written or could not be, unless
   * another content was put for the file or the file was forgotten before. What `settled` puts in turn is
   * written without a rest. A file with `settled` comes after all that waits already.
   */
  put(path: string, content: () => Uint8Array, settled?: (written: boolean) => void): void {
    this.puts++;
    const since = this.waiting.get(path)?.since ?? this.puts;
    if (settled) this.waiting.delete(path);
    // What this file comes after is written with it, and not after a rest.
    if (settled && !this.round.has(path)) for (const ahead of this.waiting.keys()) this.round.delete(ahead);
    this.waiting.set(path, { content, settled, since });
    if (this.settling) this.round.delete(path);
    if (!this.working) void this.work();
  }

  /**
   * Resolves once all files that something was put for before this call are written or have failed. What is
   * put afterwards is not waited for: while a run goes on there is always something.
   */
  flush(): Promise<void> {
    const until = this.puts;
    return new Promise((done) => {
      this.flushes.push({ until, done });
      this.endFlushes();
      this.wake?.();
    });
  }

  /**
   * Forgets what waits for the files below a folder. Resolves once none of them is being written: it may be
   * removed then.
   */
  async forget(folder: string): Promise<void> {
    const isBelow = (path: string): boolean => path.startsWith(`${folder}/`);
    for (const path of [...this.waiting.keys()]) if (isBelow(path)) this.waiting.delete(path);
    this.endFlushes();
    if (this.inFlight && isBelow(this.inFlight.path)) await this.inFlight.end;
  }

  private async work(): Promise<void> {
    this.working = true;
    // Lets those who put several files in a row finish first.
    await Promise.resolve();
    while (this.waiting.size > 0) {
      this.round.clear();
      for (let next = this.next(); next; next = this.next()) {
        this.round.add(next[0]);
        await this.write(...next);
      }
      if (this.flushes.length === 0) await this.rest();
    }
    this.working = false;
  }

  private next(): [path: string, entry: Entry] | undefined {
    for (const waiting of this.waiting) if (!this.round.has(waiting[0])) return waiting;
    return undefined;
  }

  private async write(path: string, entry: Entry): Promise<void> {
    this.waiting.delete(path);
    this.writing = entry;
    let written = true;
    try {
      const end = writeWhole(this.files, path, entry.content());
      this.inFlight = { path, end: end.catch(() => undefined) };
      await end;
    } catch (error) {
      written = false;
      this.failed(path, error);
    }
    this.inFlight = undefined;
    this.settling = true;
    entry.settled?.(written);
    this.settling = false;
    this.writing = undefined;
    this.endFlushes();
  }

  private endFlushes(): void {
    const oldest = Math.min(
      ...[...this.waiting.values()].map(({ since }) => since),
      this.writing?.since ?? Infinity,
    );
    const over = this.flushes.filter(({ until }) => until < oldest);
    this.flushes = this.flushes.filter(({ until }) => until >= oldest);
    for (const { done } of over) done();
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, this.intervalMs);
      this.wake = done;
    });
  }
}

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

/** Of this process: another window may write the same file. */
const temporaryEnding = `.${crypto.randomUUID().slice(0, 8)}.tmp`;
let temporaryFiles = 0;

/**
 * Replaces a file as a whole: it is written beside the old one and then moved over it, so that a crash at any
 * moment leaves the old content or the new. What a crash leaves of the temporary file is removed by
 * {@link removeTemporary}.
 */
export async function writeWhole(files: FileOperations, path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${++temporaryFiles}${temporaryEnding}`;
  await files.createFolder(path.slice(0, path.lastIndexOf('/')));
  try {
    await files.write(temporary, content);
    await files.rename(temporary, path);
  } catch (error) {
    await files.remove(temporary).catch(() => undefined);
    throw error;
  }
}

/** Removes what other processes, which are gone, left in a folder of files that they were writing. */
export async function removeTemporary(files: FileOperations, folder: string): Promise<void> {
  for (const name of await files.files(folder))
    if (name.endsWith('.tmp') && !name.endsWith(temporaryEnding)) await files.remove(`${folder}/${name}`);
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
  private working = false;
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
   * another content was put for the file or the file was forgotten before.
   */
  put(path: string, content: () => Uint8Array, settled?: (written: boolean) => void): void {
    this.puts++;
    const since = this.waiting.get(path)?.since ?? this.puts;
    this.waiting.set(path, { content, settled, since });
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

  /** Forgets what waits for the files below a folder. */
  forget(folder: string): void {
    for (const path of [...this.waiting.keys()]) if (path.startsWith(`${folder}/`)) this.waiting.delete(path);
    this.endFlushes();
  }

  private async work(): Promise<void> {
    this.working = true;
    // Lets those who put several files in a row finish first.
    await Promise.resolve();
    while (this.waiting.size > 0) {
      for (const path of [...this.waiting.keys()]) {
        const entry = this.waiting.get(path);
        if (entry) await this.write(path, entry);
      }
      if (this.flushes.length === 0) await this.rest();
    }
    this.working = false;
  }

  private async write(path: string, entry: Entry): Promise<void> {
    this.waiting.delete(path);
    this.writing = entry;
    let written = true;
    try {
      await writeWhole(this.files, path, entry.content());
    } catch (error) {
      written = false;
      this.failed(path, error);
    }
    entry.settled?.(written);
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

/** The folder in which runs and models are kept, behind the few operations that it needs. Paths are relative, with `/`. */

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
  /** Removes a file, or a folder with all that is in it. What is not there counts as removed. */
  remove(path: string): Promise<void>;
}

/**
 * Replaces a file as a whole: it is written beside the old one and then moved over it, so that a crash at any moment leaves
 * the old content or the new. What a crash leaves of the temporary file is overwritten the next time.
 */
export async function writeWhole(files: FileOperations, path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  await files.createFolder(path.slice(0, path.lastIndexOf('/')));
  try {
    await files.write(temporary, content);
    await files.rename(temporary, path);
  } catch (error) {
    await files.remove(temporary).catch(() => undefined);
    throw error;
  }
}

export async function readText(files: FileOperations, path: string): Promise<string> {
  return new TextDecoder().decode(await files.read(path));
}

/**
 * Writes files in the background, each as a whole, at most once in `intervalMs`. Of several contents put for one file before
 * it is written, only the last is. Files are written in the order in which they were put.
 */
export class BackgroundWriter {
  private readonly waiting = new Map<string, () => Uint8Array>();
  private busy: Promise<void> | undefined;
  private wake: (() => void) | undefined;
  private hurry = 0;

  constructor(
    private readonly files: FileOperations,
    private readonly intervalMs: number,
    /** Called where a file could not be written: what was put for it is lost. */
    private readonly failed: (path: string, error: unknown) => void,
  ) {}

  /** `content` is called when the file is written. */
  put(path: string, content: () => Uint8Array): void {
    this.waiting.delete(path);
    this.waiting.set(path, content);
    this.busy ??= this.work();
  }

  /** Resolves once all that was put is written or has failed. */
  async flush(): Promise<void> {
    this.hurry++;
    this.wake?.();
    try {
      while (this.busy) await this.busy;
    } finally {
      this.hurry--;
    }
  }

  /** Forgets what waits for the files below a folder. */
  forget(folder: string): void {
    for (const path of [...this.waiting.keys()]) if (path.startsWith(`${folder}/`)) this.waiting.delete(path);
  }

  private async work(): Promise<void> {
    // Lets those who put several files in a row finish first.
    await Promise.resolve();
    while (this.waiting.size > 0) {
      for (const [path, content] of [...this.waiting]) {
        if (this.waiting.get(path) !== content) continue;
        this.waiting.delete(path);
        try {
          await writeWhole(this.files, path, content());
        } catch (error) {
          this.failed(path, error);
        }
      }
      if (this.hurry === 0) await this.rest();
    }
    this.busy = undefined;
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

import type { AskedColumn } from './asked';
import type { Doubt } from './doubts';
import type { Queue } from './queue';

/** What decides on the doubts of a file besides its text. */
export interface Judge {
  /** The model, by its key. */
  readonly model: string;
  /** Another one where the model has learned more, or the file is read in another way. */
  readonly version: string;
}

/** What came of looking through a file. */
export type Look =
  | { readonly kind: 'doubts'; readonly asked: AskedColumn; readonly doubts: readonly Doubt[] }
  /** It became another meanwhile, or its turn has not come: it is looked through the next time. */
  | { readonly kind: 'later' }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'unreadable' };

export interface FillerSource {
  /** The files of all corpora. */
  readonly files: readonly string[];
  /** Undefined where no model knows how to label a file. */
  judgeOf(file: string): Judge | undefined;
  look(file: string, judge: Judge): Promise<Look>;
  /** Looking through a file failed. */
  failed(file: string, error: unknown): void;
}

/** Of what was looked through: by what, as far as it went. */
interface Verdict {
  readonly version: string;
  readonly isTooLarge: boolean;
}

/** Knows which files of a queue were looked through, and looks through the others. */
export class QueueFiller {
  private readonly verdicts = new Map<string, Verdict>();
  /** They have changed since their verdict. */
  private readonly changed = new Set<string>();
  /** They could not be read, or there is no room for their doubts: they have to wait for another time. */
  private readonly unreadable = new Set<string>();
  private readonly waiting = new Set<string>();
  private isRunning = false;
  private goneThrough: { readonly done: number; readonly all: number } | undefined;

  /** @param mostPlaces with more in the queue, files that have none there have to wait. */
  constructor(
    private readonly queue: Queue,
    private readonly source: FillerSource,
    private readonly mostPlaces: number,
  ) {}

  /** How many files were gone through, while some are still to be. */
  get progress(): { readonly done: number; readonly all: number } | undefined {
    return this.goneThrough;
  }

  /** Whether all is known that can be, of all files as they are now. */
  get isFilled(): boolean {
    return (
      !this.isRunning &&
      this.source.files.every(
        (file) => this.unreadable.has(file) || this.waiting.has(file) || !this.isStale(file),
      )
    );
  }

  /** The models that judge by now, by their keys, whether they have done so or not. */
  get judges(): string[] {
    const models = this.source.files.flatMap((file) => this.source.judgeOf(file)?.model ?? []);
    return [...new Set(models)].sort();
  }

  /** How many files are left out. */
  get leftOut(): { readonly tooLarge: number; readonly unreadable: number } {
    const tooLarge = [...this.verdicts.values()].filter(({ isTooLarge }) => isTooLarge).length;
    return { tooLarge, unreadable: this.unreadable.size };
  }

  /** A file is to be looked through again; what is known of it stays until then. */
  change(file: string): void {
    this.changed.add(file);
  }

  /**
   * Looks through all files that it has not, or that changed since.
   *
   * @param told after each of them.
   * @returns whether some are left for the next time.
   */
  async run(isStopped: () => boolean, told: () => void): Promise<boolean> {
    this.isRunning = true;
    try {
      const files = this.next();
      let isLeft = false;
      for (const [done, file] of files.entries()) {
        if (isStopped()) return false;
        this.goneThrough = { done, all: files.length };
        if (await this.lookThrough(file)) isLeft = true;
        told();
      }
      return isLeft;
    } finally {
      this.isRunning = false;
      this.goneThrough = undefined;
    }
  }

  /** Those first that make room. Files that are of no corpus any more are forgotten. */
  private next(): string[] {
    const { queue, source, verdicts, changed } = this;
    const there = new Set(source.files);
    for (const file of queue.files) if (!there.has(file)) queue.forget(file);
    for (const file of verdicts.keys()) if (!there.has(file)) verdicts.delete(file);
    for (const file of changed) if (!there.has(file)) changed.delete(file);
    this.unreadable.clear();
    this.waiting.clear();
    const stale = [...there].filter((file) => this.isStale(file));
    return [
      ...stale.filter((file) => queue.sizeOf(file) > 0),
      ...stale.filter((file) => queue.sizeOf(file) === 0),
    ];
  }

  private isStale(file: string): boolean {
    return this.changed.has(file) || this.verdicts.get(file)?.version !== this.versionOf(file);
  }

  /** Empty where nothing judges a file. */
  private versionOf(file: string): string {
    return this.source.judgeOf(file)?.version ?? '';
  }

  /** @returns whether it is left for the next time. */
  private async lookThrough(file: string): Promise<boolean> {
    const { queue, source, verdicts, changed } = this;
    const judge = source.judgeOf(file);
    const version = judge?.version ?? '';
    if (judge && queue.sizeOf(file) === 0 && queue.size >= this.mostPlaces) {
      this.waiting.add(file);
      return false;
    }
    changed.delete(file);
    const look = judge ? await this.lookAt(file, judge) : undefined;
    // What another model said is no question any more.
    if (look?.kind !== 'doubts' && verdicts.get(file)?.version !== version) queue.forget(file);
    if (look?.kind === 'later' || this.versionOf(file) !== version) {
      changed.add(file);
      return true;
    }
    if (look?.kind === 'unreadable') {
      changed.add(file);
      this.unreadable.add(file);
      return false;
    }
    if (look?.kind === 'doubts') queue.set(file, look.asked, look.doubts);
    else queue.forget(file);
    verdicts.set(file, { version, isTooLarge: look?.kind === 'tooLarge' });
    return changed.has(file);
  }

  private async lookAt(file: string, judge: Judge): Promise<Look> {
    try {
      return await this.source.look(file, judge);
    } catch (error) {
      this.source.failed(file, error);
      return { kind: 'unreadable' };
    }
  }
}

import type { UnlabelledSentence } from '../../corpus/queue/unlabelledSentences';

/** A file of a corpus, with all that reading it depends on besides its text. */
export interface ReadFile {
  readonly file: string;
  readonly reading: string;
}

export interface SentenceSource {
  readonly files: readonly ReadFile[];
  /** The sentences of a file that nobody has labelled. */
  sentencesIn(file: string): Promise<readonly UnlabelledSentence[]>;
  /** A file could not be looked into. */
  failed(file: string, error: unknown): void;
}

export interface FileSentences {
  readonly file: string;
  readonly sentences: readonly UnlabelledSentence[];
}

/** No more files are looked into. */
const mostFiles = 200;

/**
 * The sentences that nobody has labelled: what to begin with where there is no model. Each file is looked into once,
 * until it changes.
 */
export class ColdStart {
  private readonly known = new Map<string, FileSentences & { readonly reading: string }>();
  /** They have changed since they were looked into. */
  private readonly changed = new Set<string>();
  private isLooking = false;

  constructor(private readonly source: SentenceSource) {}

  /** What is known by now. */
  get all(): readonly FileSentences[] {
    return this.files.flatMap(({ file }) => this.known.get(file) ?? []);
  }

  /** Whether all files were looked into as they are. */
  get isDone(): boolean {
    return this.next() === undefined;
  }

  change(file: string): void {
    if (this.known.has(file)) this.changed.add(file);
  }

  /**
   * Looks into the files that are not known, one after the other. Where that is going on already, it includes them.
   *
   * @param told after each of them.
   */
  async look(isStopped: () => boolean, told: () => void): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      for (let next = this.next(); next && !isStopped(); next = this.next()) {
        const { file, reading } = next;
        this.changed.delete(file);
        // A change from here on is one that may not be read.
        const before = this.known.get(file)?.sentences ?? [];
        this.known.set(file, { file, reading, sentences: before });
        this.known.set(file, { file, reading, sentences: await this.sentencesIn(file) });
        if (!isStopped()) told();
      }
    } finally {
      this.isLooking = false;
    }
  }

  private get files(): readonly ReadFile[] {
    return this.source.files.slice(0, mostFiles);
  }

  private next(): ReadFile | undefined {
    return this.files.find(
      ({ file, reading }) => this.changed.has(file) || this.known.get(file)?.reading !== reading,
    );
  }

  private async sentencesIn(file: string): Promise<readonly UnlabelledSentence[]> {
    try {
      return await this.source.sentencesIn(file);
    } catch (error) {
      this.source.failed(file, error);
      return [];
    }
  }
}

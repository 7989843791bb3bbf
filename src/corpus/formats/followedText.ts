import { withChange } from '../text/textChanges';
import { wordEdits } from '../text/wordEdits';
import type { TextEdit } from '../textEdits';
import { misquotedLines } from './bratEdits';
import { movedAnnotations } from './bratMoves';
import type { DroppedSpan, MovedAnnotations } from './bratMoves';

/** Texts of which dropped spans are remembered. */
const mostRemembered = 20;

/** What annotations became as their text was saved. */
export interface SettledAnnotations {
  readonly before: string;
  readonly after: string;
  readonly dropped: readonly DroppedSpan[];
}

/** A text with its annotations, which follow its edits. Knows texts alone, and nothing of files. */
export class FollowedText {
  /** As they are in their file. */
  private inFile: string | undefined;
  /** As they are of {@link text}: others than in their file where spans came back with their text. */
  private own: string | undefined;
  private edits: readonly TextEdit[] = [];
  private moved: MovedAnnotations | undefined;
  /** What was dropped with a part of the text, by the text before. */
  private readonly dropped: { readonly text: string; readonly spans: readonly DroppedSpan[] }[] = [];
  /** What was written for a text whose save is not done. */
  private written: { readonly text: string; readonly settled: SettledAnnotations } | undefined;

  /** @param text that the annotations are of. */
  constructor(private text: string) {}

  /** The annotations as they fit the text of now; undefined where there are none. */
  get annotations(): string | undefined {
    return this.own === undefined ? undefined : this.movedNow(this.own).annotations;
  }

  /** The annotations are to be written when the text is saved. */
  get isPending(): boolean {
    return this.own !== undefined && (this.edits.length > 0 || this.own !== this.inFile);
  }

  /**
   * Takes the annotations as the file has them.
   * @param now the text of now.
   * @returns whether they are others than before.
   */
  read(annotations: string | undefined, now: string): boolean {
    const isFirst = this.inFile === undefined;
    if (annotations !== this.inFile) {
      this.inFile = this.own = annotations;
      this.moved = undefined;
      // Whoever wrote them may have meant the text as it was, or as it is.
      const isOfNow =
        annotations !== undefined &&
        misquotedLines(this.text, annotations).length > 0 &&
        misquotedLines(now, annotations).length === 0;
      if (isOfNow) this.saved(now);
    } else if (!isFirst) return false;
    if (this.edits.length === 0 && this.text !== now) this.edits = wordEdits(this.text, now);
    return annotations !== undefined || !isFirst;
  }

  /** A change of the text of now. */
  change(change: TextEdit): void {
    this.edits = withChange(this.text, this.edits, change);
    this.moved = undefined;
  }

  /** What the text has become: spans that were dropped from just this text are there again. */
  isNow(text: string): void {
    const former = this.dropped.findIndex(
      (other) => other.text.length === text.length && other.text === text,
    );
    if (former < 0 || this.own === undefined) return;
    const { annotations } = this.movedNow(this.own);
    const [{ spans }] = this.dropped.splice(former, 1);
    const ids = new Set([...annotations.matchAll(/^T\S*/gm)].map(([id]) => id));
    const lines = spans
      .map(({ line }) => line)
      .filter((line) => !ids.has(/^T\S*/.exec(line)?.[0] ?? ''))
      .join('');
    this.own = withLines(annotations, lines);
    this.text = text;
    this.edits = [];
    this.moved = undefined;
  }

  /** The text is about to be saved: its annotations are to be written, and are of that text from now on. */
  settled(now: string): SettledAnnotations | undefined {
    const { own, inFile } = this;
    if (own === undefined || inFile === undefined) return undefined;
    const { annotations, dropped } = this.movedNow(own);
    if (dropped.length > 0) {
      this.dropped.unshift({ text: this.text, spans: dropped });
      this.dropped.length = Math.min(this.dropped.length, mostRemembered);
    }
    const settled = { before: inFile, after: annotations, dropped };
    this.written ??= { text: this.text, settled };
    this.inFile = annotations;
    this.saved(now);
    return settled;
  }

  /** The text in its file is what it is now, and its annotations are of it. */
  saved(now: string): void {
    this.text = now;
    this.own = this.inFile;
    this.edits = [];
    this.moved = undefined;
  }

  /** The save is done. */
  kept(): void {
    this.written = undefined;
  }

  /** What was written for a text that was never saved, where the text before is there again. */
  neverSaved(now: string): SettledAnnotations | undefined {
    const { written } = this;
    this.written = undefined;
    return written?.text === now && written.settled.before !== written.settled.after
      ? written.settled
      : undefined;
  }

  private movedNow(own: string): MovedAnnotations {
    return (this.moved ??= movedAnnotations(this.text, own, this.edits));
  }
}

function withLines(annotations: string, lines: string): string {
  if (lines === '') return annotations;
  const between = annotations === '' || /[\r\n]$/.test(annotations) ? '' : '\n';
  return `${annotations}${between}${lines}`;
}

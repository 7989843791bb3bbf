import { SharedEdits } from '../sharedEdits';
import { withChange } from '../text/textChanges';
import { wordEdits } from '../text/wordEdits';
import { makes } from '../textEdits';
import type { TextEdit } from '../textEdits';
import { linesOfAnnotations } from './annotationLines';
import { makeStep, stepBetween } from './annotationSteps';
import { misquotedLines, soundSpansIn } from './bratEdits';
import type { FoundSpan } from './bratEdits';
import { annotationsAt, movedAnnotations, movedPlaces, placeAnnotations } from './bratMoves';
import type { DroppedSpan, MovedAnnotations, MovedPlaces, PlacedAnnotations } from './bratMoves';
import { FormerLabels, withReturned } from './formerLabels';
import type { ReturnedLine, TextState } from './formerLabels';

/** Moments of a text since it was saved that are remembered. */
const mostStates = 2_000;

/** What is in the file of annotations, and what is to be. */
export interface AnnotationWrite {
  /** Undefined: there is no such file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** A text with its annotations, which follow its edits. Knows texts alone, and nothing of files. */
export class FollowedText {
  /** The annotations as their file has them, and the text that they are of. */
  private inFile: string | undefined;
  private ofFile: string;
  private textFile: string;
  /** The annotations as they are of {@link text}. */
  private own: string | undefined;
  private edits: readonly TextEdit[] = [];
  private length: number;
  private moved: MovedAnnotations | undefined;
  /** {@link own} in {@link text}, and where that is now. */
  private placed: PlacedAnnotations | undefined;
  private places: MovedPlaces | undefined;
  private states: TextState[];
  /** The annotations as they are on the disk, and the text that they are of. */
  private disk: { readonly annotations: string | undefined; readonly text: string } | undefined;
  private isSavedToDisk = true;
  private isThrownAway = false;
  private readonly former = new FormerLabels();

  /** @param text as its file has it. */
  constructor(private text: string) {
    this.ofFile = text;
    this.textFile = text;
    this.length = text.length;
    this.states = [{ edits: SharedEdits.none, length: text.length }];
  }

  /** The annotations as they fit the text of now; undefined where there are none. */
  get annotations(): string | undefined {
    return this.own === undefined ? undefined : this.movedNow(this.own).annotations;
  }

  /**
   * The spans of the text of now that are what they say to be, in the order of the annotations. Each has the
   * annotation that it was read from: the same one behind edits that only move it.
   */
  get spans(): readonly FoundSpan[] {
    const { own } = this;
    if (own === undefined) return [];
    const { spans, hasMisquoted } = this.placedNow(own);
    const { ranges, after } = this.placesNow(own);
    if (hasMisquoted) return soundSpansIn(after, this.movedNow(own).annotations);
    const found: FoundSpan[] = [];
    let next = 0;
    for (const { span, pieces } of spans) {
      const range = ranges[next];
      next += pieces.length;
      if (range && pieces.length === 1)
        found.push({ start: range.start, end: range.end, type: span.type, annotation: span });
    }
    return found;
  }

  get hasAnnotations(): boolean {
    return this.own !== undefined;
  }

  /** The annotations of now are others than their file has, or may be. */
  get isPending(): boolean {
    return this.own !== undefined && (this.edits.length > 0 || this.own !== this.inFile);
  }

  /**
   * Takes the annotations as their file has them.
   * @param now the text of now.
   * @param isSaved the text of now is what is in its file.
   * @param isOnDisk they are no unsaved changes of an editor.
   * @returns whether they are others than before.
   */
  read(annotations: string | undefined, now: string, isSaved = false, isOnDisk = true): boolean {
    const { disk } = this;
    const isThrownAway = isOnDisk && !this.isSavedToDisk && disk?.annotations === annotations;
    const isOther = this.take(annotations, now, isSaved, isThrownAway ? disk : undefined);
    this.noteDisk(isOnDisk);
    return isOther;
  }

  private take(
    annotations: string | undefined,
    now: string,
    isSaved: boolean,
    disk: { readonly text: string } | undefined,
  ): boolean {
    const { inFile, own, text, ofFile } = this;
    if (annotations === inFile) {
      if (inFile === undefined && this.edits.length === 0) this.rebase(text, now);
      return false;
    }
    const before = this.annotations;
    this.inFile = annotations;
    if (annotations === undefined) {
      this.own = undefined;
      this.placed = undefined;
      this.former.clear();
      return true;
    }
    // What was written here is read.
    if (annotations === own) {
      this.ofFile = text;
      if (disk) this.isThrownAway = text !== this.textFile;
      return false;
    }
    // Whoever wrote them may have meant the text that the old ones were of, or the one of now.
    const possible = isSaved ? [now, ofFile, text] : [ofFile, text, now];
    // Where unsaved changes were thrown away, those below are of the text that they were written for.
    this.ofFile = disk?.text ?? possible.find((of) => misquotedLines(of, annotations).length === 0) ?? now;
    const more = inFile !== undefined && own !== undefined && own !== inFile;
    const base = more ? text : disk ? this.textFile : this.ofFile;
    const followed = between(this.ofFile, annotations, base);
    this.own = more ? withStep(followed, between(ofFile, inFile, text), own) : followed;
    if (this.own === annotations) this.ofFile = base;
    this.isThrownAway = disk !== undefined && (this.own !== annotations || this.ofFile !== this.textFile);
    this.rebase(base, now);
    this.former.changed(before ?? '', this.annotations ?? '');
    return true;
  }

  /**
   * Changes of the text of now, one after the other.
   * @param kind who made them: only Undo and Redo of an editor bring back what was lost.
   * @param now the text behind them.
   */
  change(changes: readonly TextEdit[], kind: 'edit' | 'undo', now: () => string): void {
    for (const change of changes) {
      this.edits = withChange(this.text, this.edits, change);
      this.length += change.text.length - (change.end - change.start);
    }
    this.moved = undefined;
    this.places = undefined;
    this.states.unshift({ edits: this.states[0].edits.next(this.edits), length: this.length });
    if (this.states.length > 2 * mostStates) this.states.length = mostStates;
    if (kind === 'undo' && this.own !== undefined) this.bringBack(now);
  }

  /** Whether the text of now is this one. */
  isNow(text: string): boolean {
    return text.length === this.length && makes(this.text, this.edits, text);
  }

  /** The text as its file has it, as far as is known. */
  get inTextFile(): string {
    return this.textFile;
  }

  /** The annotations in their file are of the text in its file. */
  get isInStep(): boolean {
    return this.own === undefined || this.ofFile === this.textFile;
  }

  /** Unsaved annotations were thrown away, and what is in their file is of a text before: see {@link toWrite}. */
  get isBehind(): boolean {
    return this.isThrownAway;
  }

  /** The annotations are as the disk has them; else they are unsaved in an editor. */
  get isOnDisk(): boolean {
    return this.isSavedToDisk;
  }

  /** It is known which text those on the disk are of. */
  get knowsDisk(): boolean {
    return this.disk !== undefined;
  }

  /** What is on the disk while annotations are unsaved: of the text in its file, where it fits that. */
  tellDisk(annotations: string | undefined): void {
    if (this.isSavedToDisk || (this.disk && this.disk.annotations === annotations)) return;
    this.disk = this.fitting(annotations);
  }

  private fitting(annotations: string | undefined): FollowedText['disk'] {
    const text = this.textFile;
    return misquotedLines(text, annotations ?? '').length === 0 ? { annotations, text } : undefined;
  }

  /** What is to be written once the text is saved as it is now; undefined: nothing. */
  get onceSaved(): AnnotationWrite | undefined {
    const { inFile, annotations } = this;
    if (annotations === undefined || annotations === inFile) return undefined;
    return { before: inFile, after: annotations };
  }

  /** What is to be written now: the annotations of the text in its file. */
  get toWrite(): AnnotationWrite | undefined {
    const { inFile, own, text, textFile } = this;
    // With an Undo they may be of a text that is not saved yet.
    if (own !== undefined && text !== textFile) return this.writeBelow;
    return own === undefined || own === inFile ? undefined : { before: inFile, after: own };
  }

  /** Those that were below unsaved ones are to be of the text in its file also while that of now is another. */
  private get writeBelow(): AnnotationWrite | undefined {
    const { inFile, ofFile, textFile } = this;
    if (!this.isThrownAway || inFile === undefined) return undefined;
    const after = between(ofFile, inFile, textFile);
    return after === inFile ? undefined : { before: inFile, after };
  }

  /** Unsaved annotations may be thrown away with their window: what those below are to be then. */
  get ifThrownAway(): AnnotationWrite | undefined {
    const { disk, textFile } = this;
    if (this.isSavedToDisk || disk?.annotations === undefined) return undefined;
    const after = between(disk.text, disk.annotations, textFile);
    return after === disk.annotations ? undefined : { before: disk.annotations, after };
  }

  /**
   * The text was saved.
   * @param file what is in its file.
   * @param now what it is now.
   * @returns spans that went with their text.
   */
  saved(file: string, now: string): readonly DroppedSpan[] {
    const { text, own, states } = this;
    this.textFile = file;
    if (own === undefined) {
      this.ofFile = file;
      this.noteDisk(this.isSavedToDisk);
      this.rebase(file, now);
      return [];
    }
    const known = file === now ? this.edits : states.find((state) => this.isText(state, file))?.edits.all;
    const edits = known ?? wordEdits(text, file);
    const moved = edits === this.edits ? this.movedNow(own) : movedAnnotations(text, own, edits);
    this.former.keep({ text, annotations: own, states }, moved.dropped.length + moved.cut.length > 0);
    this.own = moved.annotations;
    if (this.own === this.inFile) this.ofFile = file;
    this.noteDisk(this.isSavedToDisk);
    this.rebase(file, now);
    return moved.dropped;
  }

  /** The text was read again from its file, where another program has written it. */
  reloaded(now: string): void {
    // What could not be written yet follows, and what is unsaved; of all else the file of annotations is to tell.
    const isUnsaved = !this.isOnDisk && now !== this.textFile;
    if (this.own !== this.inFile || !this.isInStep || isUnsaved) {
      this.saved(now, now);
      if (isUnsaved && this.disk) this.disk = this.fitting(this.disk.annotations) ?? this.disk;
    } else {
      this.textFile = now;
      this.ofFile = now;
      this.noteDisk(this.isSavedToDisk);
      this.rebase(now, now);
    }
  }

  /** Gives the text of now, which is not saved, other annotations: they are written once it is. */
  put(annotations: string, now: string): void {
    const { text, own, states } = this;
    if (own !== undefined) {
      const moved = this.movedNow(own);
      this.former.keep({ text, annotations: own, states }, moved.dropped.length + moved.cut.length > 0);
      this.former.changed(moved.annotations, annotations);
    }
    this.own = annotations;
    this.rebase(now, now);
  }

  /**
   * The annotations were written.
   * @param isOnDisk not into an editor with unsaved changes, which stay unsaved.
   */
  written({ after }: AnnotationWrite, isOnDisk = true): void {
    this.inFile = after;
    this.isThrownAway = false;
    if (this.own === after) this.ofFile = this.text;
    else if (this.text !== this.textFile) this.ofFile = this.textFile;
    this.noteDisk(isOnDisk);
  }

  /** While annotations are unsaved, those on the disk are still of the text that they were written for. */
  private noteDisk(isOnDisk: boolean): void {
    this.isSavedToDisk = isOnDisk;
    if (isOnDisk) this.disk = { annotations: this.inFile, text: this.ofFile };
  }

  private bringBack(now: () => string): void {
    const { own, text } = this;
    if (own === undefined) return;
    const states = this.states.slice(1);
    const known = states.find((state) => state.length === this.length && this.isText(state, now()));
    // Its edits are told as they were made.
    if (known) {
      this.edits = known.edits.all;
      this.states[0] = known;
      return;
    }
    const annotations = this.former.asThen(this.length, now, () => this.movedNow(own).annotations);
    if (annotations === undefined || annotations === this.movedNow(own).annotations) return;
    this.former.keep({ text, annotations: own, states }, true);
    this.own = annotations;
    this.rebase(now(), now());
  }

  /** {@link own} is of another text. */
  private rebase(text: string, now: string): void {
    this.moved = undefined;
    this.places = undefined;
    if (text === this.text && this.length === now.length && makes(text, this.edits, now)) return;
    this.text = text;
    this.edits = text === now ? [] : wordEdits(text, now);
    this.length = now.length;
    this.states = [{ edits: SharedEdits.of(this.edits), length: now.length }];
    if (this.edits.length > 0) this.states.push({ edits: SharedEdits.none, length: text.length });
  }

  private isText({ edits, length }: TextState, text: string): boolean {
    return length === text.length && makes(this.text, edits.all, text);
  }

  private movedNow(own: string): MovedAnnotations {
    return (this.moved ??= annotationsAt(this.placedNow(own), this.placesNow(own)));
  }

  private placedNow(own: string): PlacedAnnotations {
    const { placed, text } = this;
    if (placed?.annotations === own && placed.text === text) return placed;
    this.places = undefined;
    return (this.placed = placeAnnotations(text, own));
  }

  private placesNow(own: string): MovedPlaces {
    const placed = this.placedNow(own);
    return (this.places ??= movedPlaces(placed, this.edits));
  }
}

/** The annotations of a text as they are of another. */
const between = (text: string, annotations: string, now: string): string =>
  text === now ? annotations : movedAnnotations(text, annotations, wordEdits(text, now)).annotations;

/** Annotations with what was made of others here and is not written yet. */
function withStep(annotations: string, before: string, own: string): string {
  const made = makeStep(annotations, stepBetween(before, own));
  // Where others have changed the same lines, theirs stay, and nothing is lost of what came back.
  return made === 'changed' ? withReturned(annotations, returnedLines(before, own)) : (made.after ?? '');
}

/** What came back since the annotations were written, by the lines. */
function returnedLines(written: string, own: string): ReturnedLine[] {
  const before = new Map(linesOfAnnotations(written).map((line) => [/^\S*/.exec(line)?.[0], line]));
  return linesOfAnnotations(own).flatMap((line) => {
    const old = before.get(/^\S*/.exec(line)?.[0]);
    return old === line || !line.startsWith('T') ? [] : [{ line, isGone: old === undefined }];
  });
}

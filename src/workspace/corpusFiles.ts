import type * as vscode from 'vscode';
import { isDeleted } from './deletions';

/**
 * Which files the glob patterns find, and what is still to be done for each: read it again, or have the
 * reader forget it. Files go by their URI as a string.
 */
export class CorpusFiles {
  private readonly found = new Map<string, vscode.Uri>();
  private readonly stale = new Map<string, vscode.Uri>();
  private readonly gone = new Set<string>();
  /** Files that were last read from an editor. */
  private readonly edited = new Set<string>();
  /** Files at which the reader died: read alone, and left out where it dies again. */
  private readonly suspects = new Set<string>();

  /** @param forgotten called for each file that is of no interest any more. */
  constructor(private readonly forgotten: (file: string) => void) {}

  has(file: string): boolean {
    return this.found.has(file);
  }

  get all(): readonly vscode.Uri[] {
    return [...this.found.values()];
  }

  wasEdited(file: string): boolean {
    return this.edited.has(file);
  }

  /** How many files are to be read. */
  get unread(): number {
    return this.stale.size;
  }

  get areUpToDate(): boolean {
    return this.stale.size === 0 && this.gone.size === 0;
  }

  /** Takes what a search has found: new files are to be read, and others are gone. */
  replace(found: ReadonlyMap<string, vscode.Uri>): void {
    for (const file of [...this.found.keys()]) if (!found.has(file)) this.forget(file);
    for (const [file, uri] of found) {
      this.gone.delete(file);
      if (!this.found.has(file)) this.stale.set(file, uri);
      this.found.set(file, uri);
    }
  }

  /** The file is to be read again. */
  refresh(uri: vscode.Uri): void {
    this.stale.set(uri.toString(), uri);
  }

  /** The files found are to be read again, all or some of them. */
  refreshAll(which: (file: string) => boolean = () => true): void {
    for (const [file, uri] of this.found) if (which(file)) this.stale.set(file, uri);
  }

  forget(file: string): void {
    this.found.delete(file);
    this.stale.delete(file);
    this.suspects.delete(file);
    this.gone.add(file);
    this.forgotten(file);
  }

  /**
   * Files were deleted, or folders with all that is in them.
   * @returns whether the reader has something to forget.
   */
  forgetBelow(uris: readonly vscode.Uri[]): boolean {
    const deleted = new Set(uris.map(String));
    for (const file of this.found.keys()) if (isDeleted(file, deleted)) this.forget(file);
    return this.gone.size > 0;
  }

  /** The files to read next, one suspect alone or all. Each counts as up to date once it was handed out. */
  *takeStale(): Generator<vscode.Uri, void> {
    const suspect =
      this.suspects.size > 0
        ? [...this.stale.values()].find((uri) => this.suspects.has(uri.toString()))
        : undefined;
    for (const uri of suspect ? [suspect] : this.stale.values()) {
      const file = uri.toString();
      this.stale.delete(file);
      if (this.found.has(file)) yield uri;
    }
  }

  /** The file has content for the reader. */
  wasRead(file: string, edited: boolean): void {
    this.gone.delete(file);
    if (edited) this.edited.add(file);
    else this.edited.delete(file);
  }

  /** The reader is to forget the file. */
  leaveOut(file: string): void {
    this.gone.add(file);
  }

  /** The files that the reader is to forget, which is taken for done. */
  takeGone(): string[] {
    const gone = [...this.gone];
    this.gone.clear();
    return gone;
  }

  clearSuspects(files: readonly string[]): void {
    for (const file of files) this.suspects.delete(file);
  }

  /** The reader failed at one of these: they are read again, one by one. */
  suspect(files: readonly { readonly file: string; readonly uri: vscode.Uri }[]): void {
    for (const { file, uri } of files) {
      this.suspects.add(file);
      this.stale.set(file, uri);
    }
  }

  /** Nothing is read again until it changes. */
  giveUp(): void {
    this.stale.clear();
  }
}

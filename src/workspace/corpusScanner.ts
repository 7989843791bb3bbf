import * as vscode from 'vscode';
import { WorkerError, messageOf } from '../common/errors';
import type { Corpus } from '../corpus/corpus';
import type { Engine, Reader } from '../engine/engine';
import type { SourceFile } from '../engine/sourceFile';
import type { CorpusFiles } from './corpusFiles';
import { ofFile } from './fileContents';
import type { CorpusProblems } from './problems';
import type { Settings } from './settings';

/** A reader that fails more often than this in a row fails whatever it is given. */
const mostFailures = 80;

/** Who knows which corpora there are. */
export interface ScannedCorpora {
  scanned(corpora: readonly Corpus[]): void;
  /** Whether a file is of a corpus. */
  knows(file: string): boolean;
  forget(file: string): void;
}

/** Has the reader parse files, starts it again where it dies, and finds out by which file it died. */
export class CorpusScanner implements vscode.Disposable {
  private reader: Reader | undefined;
  /** How often in a row the reader has failed. */
  private failures = 0;
  private disposed = false;

  constructor(
    private readonly engine: Engine,
    private readonly settings: Settings,
    private readonly files: CorpusFiles,
    private readonly problems: CorpusProblems,
    private readonly log: vscode.LogOutputChannel,
    private readonly hooks: ScannedCorpora,
  ) {}

  /** Hands files to the reader, and has it forget those that are gone. */
  async scan(changed: readonly SourceFile[]): Promise<void> {
    const removed = this.files.takeGone();
    if (changed.length === 0 && (removed.length === 0 || !this.reader)) return;
    this.reader ??= this.engine.createReader();
    try {
      const result = await this.reader.scan({
        changed,
        removed,
        replaceInvalidBytes: this.settings.current.replaceInvalidBytes,
      });
      this.failures = 0;
      this.files.clearSuspects(changed.map(({ file }) => file));
      for (const { file, problems } of result.problems)
        if (this.files.has(file)) this.problems.setFile(file, problems);
      this.hooks.scanned(result.corpora);
    } catch (error) {
      if (!this.disposed) this.scanFailed(changed, removed, error);
    }
  }

  dispose(): void {
    this.disposed = true;
    this.reader?.dispose();
  }

  /** Finds out which file the reader cannot take: those of the chunk are tried again, one by one. */
  private scanFailed(changed: readonly SourceFile[], removed: readonly string[], error: unknown): void {
    const message = messageOf(error);
    this.log.error(`The corpus reader failed: ${message}`);
    if (++this.failures > mostFailures) {
      this.log.error('The corpus reader is not started again until a file changes.');
      this.files.giveUp();
      this.failures = 0;
      return;
    }
    const failed = changed.length === 1 ? changed[0].file : undefined;
    if (failed !== undefined) {
      const text = vscode.l10n.t('RNN Tagger could not read this file: {0}', message);
      this.files.clearSuspects([failed]);
      this.problems.setFile(failed, [ofFile(vscode.Uri.parse(failed), 'reader-failed', text)]);
    } else {
      this.files.suspect(changed.map(({ file }) => ({ file, uri: vscode.Uri.parse(file) })));
    }
    if (error instanceof WorkerError) {
      // The reader that is started next knows nothing of the other files.
      this.files.refreshAll((file) => file !== failed && this.hooks.knows(file));
      if (failed !== undefined) this.hooks.forget(failed);
    } else {
      for (const file of removed) this.files.leaveOut(file);
    }
  }
}

import type * as vscode from 'vscode';
import type { CorpusOutline } from '../corpus/outline';
import type { Reader } from '../engine/engine';
import type { SourceFile } from '../engine/sourceFile';

interface KnownOutline {
  readonly version: number;
  readonly outline: Promise<CorpusOutline | undefined>;
  isDone: boolean;
}

/**
 * The outlines of open documents, read away from the extension host. Of a document one version is read at a
 * time, and once: who asks for a later one meanwhile waits, and is not served any more where they cancel.
 */
export class DocumentOutlines {
  private readonly known = new Map<vscode.TextDocument, KnownOutline>();
  constructor(
    private readonly reader: Pick<Reader, 'outline'>,
    /** A document with its text of now. */
    private readonly sourceOf: (document: vscode.TextDocument) => SourceFile,
    private readonly replaceInvalidBytes: () => boolean,
  ) {}

  /**
   * @returns undefined where the document holds no corpus, or was changed meanwhile, or the asking was
   * cancelled. Rejects where the reader fails.
   */
  async outlineOf(
    document: vscode.TextDocument,
    cancelled: Pick<vscode.CancellationToken, 'isCancellationRequested'>,
  ): Promise<CorpusOutline | undefined> {
    for (let known = this.known.get(document); known; known = this.known.get(document)) {
      if (known.version === document.version) break;
      if (known.isDone) {
        this.known.delete(document);
        break;
      }
      await known.outline.catch(() => undefined);
      if (cancelled.isCancellationRequested) return undefined;
    }
    if (cancelled.isCancellationRequested || document.isClosed) return undefined;
    const { version } = document;
    const outline = await (this.known.get(document) ?? this.read(document)).outline;
    return cancelled.isCancellationRequested || document.version !== version ? undefined : outline;
  }

  /** The document was closed. */
  forget(document: vscode.TextDocument): void {
    this.known.delete(document);
  }

  private read(document: vscode.TextDocument): KnownOutline {
    const outline = this.reader.outline({
      source: this.sourceOf(document),
      replaceInvalidBytes: this.replaceInvalidBytes(),
    });
    const known: KnownOutline = { version: document.version, outline, isDone: false };
    const done = (): void => void (known.isDone = true);
    outline.then(done, () => {
      done();
      if (this.known.get(document) === known) this.known.delete(document);
    });
    this.known.set(document, known);
    return known;
  }
}

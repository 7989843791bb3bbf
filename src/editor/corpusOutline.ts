import * as vscode from 'vscode';
import { messageOf } from '../common/errors';
import { corpusFilePatterns } from '../corpus/formats';
import type { CorpusOutline } from '../corpus/outline';
import type { DocumentOutlines } from '../workspace/documentOutlines';
import type { CorpusIndex } from '../workspace/services';
import { corpusLanguages } from './languages';

/** VS Code draws each symbol; further sentences of a file are one symbol together. */
const mostSymbols = 20_000;
/** What was drawn leaves for the page once nothing else is to be done, and the page needs a moment to show it. */
const afterDrawnMs = 300;
/** VS Code folds no more ranges than this (`editor.foldingMaximumRegions`). */
const mostFolds = 65_000;

/**
 * Outline, breadcrumbs, sticky scroll and folding of corpora: sentences with their text, in their documents.
 * Registered for the files that may be corpora alone, since other files have their own.
 */
export class CorpusOutlineView implements vscode.Disposable {
  private readonly listeners: vscode.Disposable[];
  private registered: vscode.Disposable | undefined;
  private endings = '';
  private logged: string | undefined;
  private readonly foldsChange = new vscode.EventEmitter<void>();

  constructor(
    private readonly corpora: CorpusIndex,
    private readonly outlines: DocumentOutlines,
    private readonly log: vscode.LogOutputChannel,
    /** Resolves once what goes before the outline of a document is done. */
    private readonly turnOf: (document: vscode.TextDocument) => Promise<void>,
  ) {
    this.listeners = [
      corpora.onDidChange(() => this.register()),
      vscode.workspace.onDidCloseTextDocument((document) => outlines.forget(document)),
      this.foldsChange,
    ];
    this.register();
  }

  dispose(): void {
    vscode.Disposable.from(...this.listeners).dispose();
    this.registered?.dispose();
  }

  /** Corpora may have any ending: where there is a new one, files of it are outlined too. */
  private register(): void {
    const files = this.corpora.corpora.flatMap((corpus) => corpus.files);
    const endings = new Set(
      files.map(({ file }) => /\.[^./]+$/.exec(vscode.Uri.parse(file).path)?.[0] ?? ''),
    );
    const patterns = [...corpusFilePatterns(), ...[...endings].sort().map((ending) => `**/*${ending}`)];
    if (this.registered && this.endings === patterns.join()) return;
    this.endings = patterns.join();
    this.registered?.dispose();
    const selector: vscode.DocumentFilter[] = [
      ...corpusLanguages.map((language) => ({ language })),
      ...patterns.map((pattern) => ({ pattern })),
    ];
    this.registered = vscode.Disposable.from(
      vscode.languages.registerDocumentSymbolProvider(
        selector,
        { provideDocumentSymbols: async (document, token) => this.symbols(document, token) },
        { label: 'RNN Tagger' },
      ),
      vscode.languages.registerFoldingRangeProvider(selector, {
        provideFoldingRanges: async (document, _, token) => this.folds(document, token),
      }),
    );
  }

  private async outlineOf(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<CorpusOutline | undefined> {
    // Other files may have the same ending.
    const isCorpus =
      this.corpora.corpusOf(document.uri) !== undefined || corpusLanguages.includes(document.languageId);
    if (!isCorpus) return undefined;
    try {
      // The whole text is handed to the reader, which takes a moment in a long file.
      await this.turnOf(document);
      await new Promise((resolve) => setTimeout(resolve, afterDrawnMs));
      if (token.isCancellationRequested) return undefined;
      return await this.outlines.outlineOf(document, token);
    } catch (error) {
      const message = messageOf(error);
      if (message !== this.logged) this.log.error(`A corpus could not be outlined: ${message}`);
      this.logged = message;
      return undefined;
    }
  }

  private async symbols(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentSymbol[] | undefined> {
    const outline = await this.outlineOf(document, token);
    return outline && symbolsOf(outline);
  }

  private async folds(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.FoldingRange[] | undefined> {
    const outline = await this.outlineOf(document, token);
    return outline && foldsOf(outline);
  }
}

function symbolsOf(outline: CorpusOutline): vscode.DocumentSymbol[] {
  const { names, documents } = outline;
  const shown = Math.min(names.length, mostSymbols);
  const sentences = Array.from({ length: shown }, (_, s) => {
    const range = rangeOf(outline, s, s + 1);
    const first = new vscode.Position(outline.tokenLine[s], 0);
    const selection = new vscode.Range(range.contains(first) ? first : range.start, range.end);
    return new vscode.DocumentSymbol(names[s], '', vscode.SymbolKind.String, range, selection);
  });
  if (shown < names.length) {
    const rest = rangeOf(outline, shown, names.length);
    const name = vscode.l10n.t('{0} more sentences', names.length - shown);
    sentences.push(new vscode.DocumentSymbol(name, '', vscode.SymbolKind.Array, rest, rest));
  }
  if (documents.length === 0) return sentences;
  return documents
    .filter(({ first }) => first <= shown)
    .map(({ name, line, first, end }) => {
      const last = first < shown && end <= shown ? end : names.length;
      const range = rangeOf(outline, first, last).with({ start: new vscode.Position(line, 0) });
      const count =
        end - first === 1 ? vscode.l10n.t('1 sentence') : vscode.l10n.t('{0} sentences', end - first);
      const mark = new vscode.Range(range.start, range.start);
      const symbol = new vscode.DocumentSymbol(name, count, vscode.SymbolKind.File, range, mark);
      symbol.children = sentences.slice(first, end <= shown ? end : sentences.length);
      return symbol;
    });
}

/** Where sentences stand, from one to another, exclusive. */
function rangeOf(outline: CorpusOutline, first: number, end: number): vscode.Range {
  return new vscode.Range(
    outline.firstLine[first],
    outline.startColumn[first],
    outline.lastLine[end - 1],
    outline.endColumn[end - 1],
  );
}

function foldsOf({ firstLine, lastLine, documents }: CorpusOutline): vscode.FoldingRange[] {
  const folds = documents
    .slice(0, mostFolds)
    .map(({ line, end }) => new vscode.FoldingRange(line, lastLine[end - 1]));
  for (let s = 0; s < firstLine.length && folds.length < mostFolds; s++)
    if (lastLine[s] > firstLine[s]) folds.push(new vscode.FoldingRange(firstLine[s], lastLine[s]));
  return folds;
}

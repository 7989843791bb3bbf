import * as vscode from 'vscode';
import { spansIn } from '../../corpus/formats/bratEdits';
import { Debounce } from '../../workspace/schedule';
import type { ModelLibrary } from '../../workspace/services';
import type { TextAnnotations } from '../../workspace/textAnnotations';
import type { DecorationTypes } from './decorationTypes';
import type { Decoration, GoldSpan } from './decorations';
import { DrawnDecorations } from './drawnDecorations';
import { goldDecorations } from './goldDecorations';
import { labelSet } from './labelSet';
import { drawingFor } from './labelStyleSetting';

const scrolling = { quietMs: 40, longestWaitMs: 120 };

/** Lines around those on screen that have their labels, too. */
const marginLines = 50;

interface Read {
  readonly version: number;
  readonly annotations: string;
  readonly spans: readonly GoldSpan[];
}

/** The labels that a person gave to a text, drawn in it: those of its annotations, as they are now. */
export class GoldLabels implements vscode.Disposable {
  private readonly drawn = new Map<vscode.TextEditor, DrawnDecorations>();
  private readonly known = new WeakMap<vscode.TextDocument, Read>();
  private readonly redrawn = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly disposables: vscode.Disposable[];

  /** Fires where a text may have other labels now. */
  readonly onDidChange = this.redrawn.event;

  constructor(
    private readonly annotations: TextAnnotations,
    private readonly models: Pick<ModelLibrary, 'modelFor'>,
    private readonly types: DecorationTypes,
  ) {
    const all = new Debounce(() => this.drawAll(), scrolling);
    this.disposables = [
      this.redrawn,
      { dispose: () => all.cancel() },
      annotations.onDidChange((document) => {
        for (const editor of vscode.window.visibleTextEditors)
          if (editor.document === document) this.draw(editor);
        this.redrawn.fire(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        const firstLine = Math.min(...contentChanges.map(({ range }) => range.start.line));
        for (const [editor, drawn] of this.drawn) if (editor.document === document) drawn.edited(firstLine);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.drawAll()),
      vscode.window.onDidChangeTextEditorVisibleRanges(() => all.request()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (['rnnTagger.labels', 'editor.wordWrap'].some((name) => event.affectsConfiguration(name)))
          this.drawAll();
      }),
    ];
    this.drawAll();
  }

  /** The labels that a text has. */
  spansOf(document: vscode.TextDocument): readonly GoldSpan[] {
    const annotations = this.annotations.of(document.uri);
    if (annotations === undefined) return [];
    const before = this.known.get(document);
    if (before?.version === document.version && before.annotations === annotations) return before.spans;
    const spans = spansIn(document.getText(), annotations).map(({ start, end, type }): GoldSpan => {
      const [from, to] = [document.positionAt(start), document.positionAt(end)];
      return {
        startLine: from.line,
        startColumn: from.character,
        endLine: to.line,
        endColumn: to.character,
        type,
      };
    });
    this.known.set(document, { version: document.version, annotations, spans });
    return spans;
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
    this.drawn.clear();
  }

  private drawAll(): void {
    const visible = new Set(vscode.window.visibleTextEditors);
    for (const editor of [...this.drawn.keys()]) if (!visible.has(editor)) this.drawn.delete(editor);
    for (const editor of visible) this.draw(editor);
  }

  private draw(editor: vscode.TextEditor): void {
    const { document, visibleRanges } = editor;
    const spans = this.spansOf(document);
    let drawn = this.drawn.get(editor);
    if (!drawn && spans.length === 0) return;
    if (!drawn) this.drawn.set(editor, (drawn = new DrawnDecorations()));
    const model = this.models.modelFor(document);
    const labels = labelSet(
      [...(model?.info.labels ?? []), ...spans.map(({ type }) => `B-${type}`)],
      model?.info.scheme ?? 'IOB2',
    );
    const shown: Decoration[] = goldDecorations(
      spans.filter(({ startLine, endLine }) =>
        visibleRanges.some(
          ({ start, end }) => startLine <= end.line + marginLines && endLine >= start.line - marginLines,
        ),
      ),
      labels,
      drawingFor(document),
      (line) => document.lineAt(line).text,
    );
    for (const styled of drawn.replace(shown)) this.types.draw(editor, styled);
  }
}

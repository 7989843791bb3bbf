import * as vscode from 'vscode';
import type { Annotation } from '../../corpus/formats/brat';
import type { FoundSpan } from '../../corpus/formats/bratEdits';
import { Debounce } from '../../workspace/schedule';
import type { ModelLibrary } from '../../workspace/services';
import type { TextAnnotations } from '../../workspace/textAnnotations';
import type { DecorationTypes } from './decorationTypes';
import type { Decoration, GoldSpan } from './decorations';
import { DrawnDecorations } from './drawnDecorations';
import { editedLines } from './editedLines';
import { goldDecorations } from './goldDecorations';
import { labelSet } from './labelSet';
import { drawingFor } from './labelStyleSetting';
import { movedSpans } from './movedSpans';

const scrolling = { quietMs: 40, longestWaitMs: 120 };
/** While one types, the editor moves what is drawn. */
const editing = { quietMs: 150, longestWaitMs: 500 };
/** Labels that went come back where their words are typed again: that is looked for in a pause. */
const pausing = { quietMs: 1_000, longestWaitMs: Infinity };

/** Lines around those on screen that have their labels, too. */
const marginLines = 50;

interface Read {
  readonly version: number;
  /** No label was touched since the text was saved: none can come back. */
  readonly isWhole: boolean;
  /** Undefined where an edit touched one: where that is now, the annotations tell. */
  readonly spans: readonly (GoldSpan | undefined)[];
  /** What each was read from. */
  readonly annotations: readonly Annotation[];
}

/** The labels that a person gave to a text, drawn in it: those of its annotations, as they are now. */
export class GoldLabels implements vscode.Disposable {
  private readonly drawn = new Map<vscode.TextEditor, DrawnDecorations>();
  private readonly changed = new Set<vscode.TextDocument>();
  private readonly known = new WeakMap<vscode.TextDocument, Read>();
  private readonly pauses: Debounce;
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
    const edits = new Debounce(() => this.drawChanged(), editing);
    this.pauses = new Debounce(() => this.readAgain(), pausing);
    this.disposables = [
      this.redrawn,
      { dispose: () => all.cancel() },
      { dispose: () => edits.cancel() },
      { dispose: () => this.pauses.cancel() },
      annotations.onDidChange(({ document, isEdit }) => {
        if (!isEdit) this.known.delete(document);
        this.changed.add(document);
        edits.request();
        if (!isEdit) edits.flush();
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        const { document, contentChanges } = event;
        if (contentChanges.length === 0) return;
        this.move(event);
        const lines = editedLines(contentChanges);
        for (const [editor, drawn] of this.drawn) if (editor.document === document) drawn.edited(lines);
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
    const before = this.known.get(document);
    if (before?.version === document.version && isComplete(before.spans)) return before.spans;
    const found = this.annotations.spansOf(document.uri);
    const moved = new Map<Annotation, GoldSpan>();
    if (before?.version === document.version)
      before.annotations.forEach((annotation, i) => {
        const span = before.spans[i];
        if (span) moved.set(annotation, span);
      });
    const spans = found.map((span) => moved.get(span.annotation) ?? placeOf(document, span));
    const isWhole = before === undefined && !document.isDirty;
    const annotations = found.map(({ annotation }) => annotation);
    this.known.set(document, { version: document.version, spans, annotations, isWhole });
    return spans;
  }

  /** Most edits only move spans: then where they stand need not be asked for. */
  private move({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const before = this.known.get(document);
    if (!before) return;
    // An Undo may bring back labels that went with their text.
    const spans = reason === undefined ? movedSpans(before.spans, contentChanges) : undefined;
    const isWhole = before.isWhole && spans !== undefined && isComplete(spans);
    if (spans) this.known.set(document, { ...before, version: document.version, spans, isWhole });
    else this.known.delete(document);
    if (!isWhole) this.pauses.request();
  }

  /** Of the texts in which a label may have come back. */
  private readAgain(): void {
    for (const { document } of this.drawn.keys()) {
      if (this.known.get(document)?.isWhole !== false) continue;
      this.known.delete(document);
      this.changed.add(document);
    }
    this.drawChanged();
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
    this.drawn.clear();
  }

  private drawChanged(): void {
    for (const document of this.changed) {
      for (const editor of vscode.window.visibleTextEditors)
        if (editor.document === document) this.draw(editor);
      this.redrawn.fire(document);
    }
    this.changed.clear();
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
      [
        ...(model?.info.labels ?? []),
        ...Array.from(new Set(spans.map(({ type }) => type)), (type) => `B-${type}`),
      ],
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

const isComplete = (spans: readonly (GoldSpan | undefined)[]): spans is readonly GoldSpan[] =>
  !spans.includes(undefined);

function placeOf(document: vscode.TextDocument, { start, end, type }: FoundSpan): GoldSpan {
  const [from, to] = [document.positionAt(start), document.positionAt(end)];
  return {
    startLine: from.line,
    startColumn: from.character,
    endLine: to.line,
    endColumn: to.character,
    type,
  };
}

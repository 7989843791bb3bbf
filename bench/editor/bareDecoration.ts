import * as vscode from 'vscode';

/**
 * What VS Code itself takes for a decoration: one that is set as soon as an extension hears of an editor, or of an
 * edit, of which nothing has to be known.
 */
export class BareDecoration implements vscode.Disposable {
  /** In turn, so that each edit shows. */
  private readonly types = ['*', '+'].map((contentText) =>
    vscode.window.createTextEditorDecorationType({ after: { contentText } }),
  );
  private readonly listeners: vscode.Disposable;
  private file: string | undefined;
  private turn = 0;

  constructor() {
    this.listeners = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors((editors) =>
        editors.forEach((editor) => this.draw(editor)),
      ),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        for (const editor of vscode.window.visibleTextEditors)
          if (editor.document === document) this.draw(editor);
      }),
    );
  }

  /** Decorates this file from now on: in editors that are open now as well. */
  expect(file: string): void {
    this.file = file;
    for (const editor of vscode.window.visibleTextEditors) this.draw(editor);
  }

  clear(): void {
    this.file = undefined;
    for (const editor of vscode.window.visibleTextEditors)
      for (const type of this.types) editor.setDecorations(type, []);
  }

  dispose(): void {
    this.listeners.dispose();
    for (const type of this.types) type.dispose();
  }

  private draw(editor: vscode.TextEditor): void {
    if (this.file === undefined || !editor.document.uri.path.endsWith(`/${this.file}`)) return;
    const ranges = editor.visibleRanges.flatMap(({ start, end }) =>
      Array.from({ length: end.line - start.line + 1 }, (_, i) => {
        const { range } = editor.document.lineAt(start.line + i);
        return new vscode.Range(range.end, range.end);
      }),
    );
    const now = this.turn++ % 2;
    editor.setDecorations(this.types[1 - now], []);
    editor.setDecorations(this.types[now], ranges);
  }
}

import * as vscode from 'vscode';

const stateKey = 'rnnTagger.textsInProgress';
const mostTexts = 10_000;

/**
 * Texts whose annotation was begun here and is not said to be complete: of them only what is labelled so far
 * is learned.
 */
export class TextsInProgress implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<vscode.Uri>();
  private readonly texts: Set<string>;

  /** Fires for a text that is in progress from now on, or not any more. */
  readonly onDidChange = this.change.event;

  constructor(private readonly state: vscode.Memento) {
    const kept = state.get<unknown>(stateKey);
    this.texts = new Set(Array.isArray(kept) ? kept.filter((uri) => typeof uri === 'string') : []);
  }

  has(text: vscode.Uri): boolean {
    return this.texts.has(text.toString());
  }

  set(text: vscode.Uri, inProgress: boolean): void {
    if (this.has(text) === inProgress) return;
    if (inProgress) this.texts.add(text.toString());
    else this.texts.delete(text.toString());
    void this.state.update(stateKey, [...this.texts].slice(-mostTexts));
    this.change.fire(text);
  }

  dispose(): void {
    this.change.dispose();
  }
}

import * as vscode from 'vscode';
import { annotationsBeside } from './annotatedTexts';

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

  /** Whether a text is of a folder of which others are being labelled: the model is for it, too. */
  isAmong(text: vscode.Uri): boolean {
    const folder = this.texts.size > 0 ? vscode.workspace.getWorkspaceFolder(text) : undefined;
    if (!folder || !annotationsBeside(text)) return false;
    const below = `${folder.uri.toString().replace(/\/$/, '')}/`;
    return [...this.texts].some((other) => other.startsWith(below));
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

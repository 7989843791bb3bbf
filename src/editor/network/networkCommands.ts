import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import type { NetworkPanel, NetworkWish } from '../../panel/network/networkPanel';
import type { NetworkTab, NoSentence, SentencePlace, WayOut } from '../../panel/network/protocol';
import { openedDocument } from '../../workspace/openedDocument';
import { offer } from '../labels/offerModel';
import { trainArgumentsLike } from '../trainLike';
import { unrolledSentence } from './unrolledSentence';
import type { FoundSentence, UnrollServices } from './unrolledSentence';

export interface NetworkServices extends UnrollServices {
  readonly panel: NetworkPanel;
  /** Resolves once corpora, runs and models are known. */
  readonly ready: Promise<void>;
}

/** The commands **Show Network** and **Show Gradient Flow**, and the panel that they open. */
export function registerNetwork(services: NetworkServices): vscode.Disposable {
  return new NetworkCommands(services);
}

const commands: Readonly<Record<Exclude<WayOut, 'cursor'>, string>> = {
  train: 'rnnTagger.train',
  choose: 'rnnTagger.chooseModel',
  import: 'rnnTagger.importModel',
};

class NetworkCommands implements vscode.Disposable {
  private readonly disposables: vscode.Disposable;
  private shown: FoundSentence | undefined;
  private isStale = false;
  /** There was no model: as soon as there is one, this is shown. */
  private waiting: SentencePlace | undefined;
  /** The newest request; an older one's answer is not shown. */
  private turn = 0;
  private lastEditor = textEditor();

  constructor(private readonly services: NetworkServices) {
    const { panel, models } = services;
    const show = (tab: NetworkTab) => () => this.showAtCursor(tab);
    this.disposables = vscode.Disposable.from(
      vscode.commands.registerCommand('rnnTagger.showNetwork', show('network')),
      vscode.commands.registerCommand('rnnTagger.showGradientFlow', show('flow')),
      panel.onWish((wish) => void this.fulfil(wish)),
      panel.onDidClose(() => (this.shown = this.waiting = undefined)),
      models.onDidChange(() => this.modelsChanged()),
      vscode.window.onDidChangeActiveTextEditor(() => (this.lastEditor = textEditor() ?? this.lastEditor)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === this.shown?.document)
          this.tellStale(vscode.l10n.t('The text was edited since.'));
      }),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Resolves once the panel shows it, or why there is nothing to show is said. */
  private async showAtCursor(tab?: NetworkTab): Promise<void> {
    const editor = this.editorInUse;
    if (!editor) {
      const text = vscode.l10n.t(
        'Open a text and put the cursor into a sentence to see the network over it.',
      );
      return this.refuse({ text, waysOut: [] });
    }
    const { document, selection } = editor;
    const { line, character } = selection.active;
    await this.present({ document: document.uri.toString(), line, column: character }, true, tab);
  }

  /** The text that is worked on: with the focus in the panel, the one that had it before, or that is beside it. */
  private get editorInUse(): vscode.TextEditor | undefined {
    const visible = vscode.window.visibleTextEditors.filter(isText);
    const { lastEditor } = this;
    return textEditor() ?? (lastEditor && visible.includes(lastEditor) ? lastEditor : visible.at(0));
  }

  /** @param opens whether a panel is opened for it. */
  private async present(place: SentencePlace, opens: boolean, tab?: NetworkTab): Promise<void> {
    const { panel, ready } = this.services;
    const turn = ++this.turn;
    await ready;
    const found = await unrolledSentence(place, this.services);
    if (turn !== this.turn) return;
    if (!('sentence' in found)) {
      this.shown = undefined;
      this.waiting = found.waysOut.some(({ wayOut }) => wayOut === 'import') ? place : undefined;
      return this.refuse(found);
    }
    this.shown = found;
    this.waiting = undefined;
    this.isStale = false;
    const message = { type: 'show', sentence: found.sentence } as const;
    if (opens) panel.show(message, tab);
    else panel.send(message);
    if (this.isOutdated(found)) this.modelsChanged();
  }

  /** Says why there is nothing to show: in the panel where it is open. */
  private refuse(reason: NoSentence): void {
    const { panel } = this.services;
    if (panel.isOpen) return panel.show({ type: 'nothing', reason });
    const offers = reason.waysOut.flatMap(({ wayOut, title }) =>
      wayOut === 'cursor' ? [] : [{ title, command: commands[wayOut] }],
    );
    void offer(reason.text, offers);
  }

  private async fulfil(wish: NetworkWish): Promise<void> {
    switch (wish.type) {
      case 'ready':
        if (this.shown && (!wish.place || isSame(wish.place, this.shown.sentence.place)))
          return this.present(wish.place ?? this.shown.sentence.place, false);
        return wish.place ? this.present(wish.place, false) : this.showAtCursor();
      case 'step':
        return this.present(wish.place, false);
      case 'reveal':
        return this.reveal(wish.place);
      case 'wayOut':
        return wish.wayOut === 'cursor' ? this.showAtCursor() : run(commands[wish.wayOut]);
      case 'trainWith': {
        const given = trainArgumentsLike(this.services.runs, wish.run, wish.changes);
        return given && run(commands.train, given);
      }
    }
  }

  /** Selects the word of a step in its text. */
  private async reveal({ step }: SentencePlace): Promise<void> {
    const token = this.shown?.sentence.unrolled.tokens[step ?? 0];
    const document = this.shown && (await openedDocument(this.shown.document.uri));
    if (!token || !document) return;
    const { line, startColumn, endColumn } = token;
    const range = new vscode.Range(line, startColumn, line, endColumn);
    const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    await vscode.window.showTextDocument(document, { selection: range, viewColumn: open?.viewColumn });
  }

  private modelsChanged(): void {
    const { waiting, shown } = this;
    if (waiting && this.services.panel.isOpen) {
      if (this.services.models.hasModel) void this.present(waiting, false);
    } else if (shown && this.isOutdated(shown))
      this.tellStale(vscode.l10n.t('The model learned on since, or another one is in use.'));
  }

  private isOutdated({ document, model }: FoundSentence): boolean {
    const now = this.services.models.modelFor(document);
    return now?.key !== model.key || now.revision !== model.revision;
  }

  private tellStale(text: string): void {
    if (this.isStale) return;
    this.isStale = true;
    this.services.panel.send({ type: 'stale', text });
  }
}

function isSame(a: SentencePlace, b: SentencePlace): boolean {
  return a.document === b.document && a.line === b.line && a.column === b.column;
}

const isText = ({ document }: vscode.TextEditor): boolean => document.uri.scheme !== 'output';

/** The active editor, unless it is an output channel. */
function textEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && isText(editor) ? editor : undefined;
}

/** A button has no command of the workbench's to show what went wrong. */
async function run(command: string, ...given: unknown[]): Promise<void> {
  try {
    await vscode.commands.executeCommand(command, ...given);
  } catch (error) {
    void vscode.window.showErrorMessage(messageOf(error));
  }
}

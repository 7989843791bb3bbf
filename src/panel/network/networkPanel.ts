import * as vscode from 'vscode';
import { createNonce, panelHtml } from '../html';
import { LossPanel } from '../lossPanel';
import { fromNetworkPage } from './protocol';
import type { FromNetworkPage, NetworkTab, ToNetworkPage } from './protocol';

/** What the page asks for, but for what the panel sees to itself. */
export type NetworkWish = Exclude<FromNetworkPage, { readonly type: 'error' }>;

/**
 * The panel with the network unrolled over a sentence. A hidden one loses its page; a new page says `ready` with the
 * place that the earlier one showed. It is its own serializer: an open panel outlives a window reload.
 */
export class NetworkPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  static readonly viewType = 'rnnTagger.network';

  private readonly wish = new vscode.EventEmitter<NetworkWish>();
  readonly onWish = this.wish.event;
  private readonly closing = new vscode.EventEmitter<void>();
  readonly onDidClose = this.closing.event;

  private panel: vscode.WebviewPanel | undefined;
  private readonly listeners: vscode.Disposable[] = [];
  /** The page said `ready`. */
  private isReady = false;
  /** What is to be shown once it does. */
  private next: ToNetworkPage | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  /** Shows it, the panel being opened beside the text where there is none. */
  show(message: ToNetworkPage, tab?: NetworkTab): void {
    if (this.panel) this.panel.reveal(undefined, false);
    else
      this.adopt(
        vscode.window.createWebviewPanel(
          NetworkPanel.viewType,
          vscode.l10n.t('RNN Tagger: Network'),
          columnBeside(),
          this.webviewOptions(),
        ),
      );
    this.send(message.type === 'show' && tab ? { ...message, tab } : message);
  }

  /** Sends to the page that is open, if there is one. */
  send(message: ToNetworkPage): void {
    if (!this.panel) return;
    if (this.isReady) void this.panel.webview.postMessage(message);
    else if (message.type !== 'stale') this.next = message;
  }

  /** A panel that was open when the window was reloaded. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.panel) {
      panel.dispose();
      return;
    }
    panel.webview.options = this.webviewOptions();
    this.adopt(panel);
  }

  /** Lets go of the panel without closing it: after a reload it comes back. */
  dispose(): void {
    this.release();
    vscode.Disposable.from(this.wish, this.closing).dispose();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    this.listeners.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      panel.onDidChangeViewState(() => {
        // The page is gone while nobody sees it.
        if (!panel.visible) this.isReady = false;
      }),
      panel.onDidDispose(() => {
        this.release();
        this.closing.fire();
      }),
    );
    const media = (name: string): vscode.Uri => vscode.Uri.joinPath(this.extensionUri, 'media', name);
    panel.iconPath = { light: media('loss-panel-light.svg'), dark: media('loss-panel-dark.svg') };
    panel.webview.html = panelHtml({
      cspSource: panel.webview.cspSource,
      script: panel.webview.asWebviewUri(this.dist('network.js')).toString(),
      style: panel.webview.asWebviewUri(this.dist('network.css')).toString(),
      nonce: createNonce(),
      language: vscode.env.language,
      messages: vscode.l10n.bundle,
    });
  }

  private release(): void {
    this.panel = undefined;
    this.isReady = false;
    this.next = undefined;
    vscode.Disposable.from(...this.listeners.splice(0)).dispose();
  }

  private receive(received: unknown): void {
    const message = fromNetworkPage(received);
    if (!message) this.log.warn('Network panel: a message was not understood: it is ignored.');
    else if (message.type === 'error') this.log.error(`Network panel: ${message.message}`);
    else if (message.type === 'ready') {
      this.isReady = true;
      const { next } = this;
      this.next = undefined;
      if (next) this.send(next);
      else this.wish.fire(message);
    } else this.wish.fire(message);
  }

  private webviewOptions(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.dist()] };
  }

  private dist(...path: string[]): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'dist', ...path);
  }
}

/** Beside the text. The loss panel, from which it may be opened, stands there itself: there, not in a third column. */
function columnBeside(): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const input = activeTabGroup.activeTab?.input;
  const isLossPanel = input instanceof vscode.TabInputWebview && input.viewType.endsWith(LossPanel.viewType);
  return isLossPanel && all.length > 1 ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}

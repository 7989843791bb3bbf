import * as vscode from 'vscode';
import { PanelFeed } from './feed';
import type { FollowedRun } from './feed';
import { GpuBackend } from './gpuBackend';
import { isFromTrainerPage } from './gpuProtocol';
import { createNonce, panelHtml } from './html';
import { messageFromPage } from './messages';
import type { PanelAction, ShownRun, ToPanel } from './protocol';

/**
 * The loss panel. It knows the run that is shown, open or not, and gives all of it to each page that says
 * `ready`: a page ends when the panel is closed, and a new one begins when it is moved to another window.
 *
 * A hidden panel keeps its page, because a trainer may work in it. VS Code takes that choice when a panel is
 * made, which is before it is known what a run trains on.
 *
 * It is its own serializer: register it for {@link LossPanel.viewType}, and an open panel outlives a window
 * reload.
 */
export class LossPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  static readonly viewType = 'rnnTagger.lossPanel';

  private readonly action = new vscode.EventEmitter<PanelAction>();
  readonly onAction = this.action.event;

  private panel: vscode.WebviewPanel | undefined;
  /** The listeners of the panel that is open. */
  private readonly listeners: vscode.Disposable[] = [];
  private readonly feed = new PanelFeed();
  /** Where a trainer finds a GPU, while the panel is open. */
  readonly gpu: GpuBackend;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.gpu = new GpuBackend({
      script: async () => vscode.workspace.fs.readFile(this.dist('gpuTrainer.js')),
    });
  }

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  /** Opens the panel, or brings it to the front: where it is, unless a column is named. */
  show(viewColumn?: vscode.ViewColumn, preserveFocus = false): void {
    if (this.panel && !(preserveFocus && this.isCovered(this.panel)))
      return this.panel.reveal(viewColumn, preserveFocus);
    if (this.panel) {
      // What is being looked at is not to be covered by a panel that comes along with it. Where `reveal` moves
      // a panel to another column, VS Code makes a preview of it, which the next file replaces: it is made
      // anew there instead, unless its page is at work.
      if (this.gpu.hasTrainer) return;
      this.panel.dispose();
    }
    const place = { viewColumn: viewColumn ?? vscode.ViewColumn.Beside, preserveFocus };
    const options = { ...this.webviewOptions(), retainContextWhenHidden: true };
    this.adopt(vscode.window.createWebviewPanel(LossPanel.viewType, 'RNN Tagger: Loss', place, options));
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

  /** Shows another run, or none; one that goes on is followed. */
  showRun(run: ShownRun | undefined, session?: FollowedRun): void {
    this.feed.show(run, session);
  }

  /**
   * Lets go of the panel without closing it: the extension also ends when the window reloads, and then it
   * comes back.
   */
  dispose(): void {
    this.release();
    this.action.dispose();
  }

  /** Whether the panel is behind what is being looked at. */
  private isCovered({ visible, viewColumn }: vscode.WebviewPanel): boolean {
    return !visible && viewColumn === vscode.window.tabGroups.activeTabGroup.viewColumn;
  }

  /**
   * Makes a lasting tab of a preview, which the next file would replace, and with it the page and a trainer
   * in it. VS Code can do that with the active editor.
   */
  private keepTab(panel: vscode.WebviewPanel): void {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    if (panel.active && activeTab?.isPreview && isLossPanel(activeTab))
      void vscode.commands.executeCommand('workbench.action.keepEditor');
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    this.listeners.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(panel, message)),
      panel.onDidChangeViewState(() => {
        this.sendVisible(panel);
        this.keepTab(panel);
      }),
      vscode.window.tabGroups.onDidChangeTabs(() => this.keepTab(panel)),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.keepTab(panel)),
      panel.onDidDispose(() => this.release()),
    );
    this.gpu.panelOpened((message) => void panel.webview.postMessage(message));
    panel.iconPath = { light: this.media('loss-panel-light.svg'), dark: this.media('loss-panel-dark.svg') };
    panel.webview.html = panelHtml({
      cspSource: panel.webview.cspSource,
      script: panel.webview.asWebviewUri(this.dist('panel.js')).toString(),
      style: panel.webview.asWebviewUri(this.dist('panel.css')).toString(),
      nonce: createNonce(),
    });
  }

  private release(): void {
    this.panel = undefined;
    this.feed.disconnect();
    this.gpu.panelClosed();
    vscode.Disposable.from(...this.listeners.splice(0)).dispose();
  }

  private receive(panel: vscode.WebviewPanel, received: unknown): void {
    const message = messageFromPage(received);
    if (!message) {
      this.log.warn('Loss panel: a message was not understood.');
      return;
    }
    if (isFromTrainerPage(message)) return this.gpu.receive(message);
    switch (message.type) {
      case 'ready':
        this.gpu.pageReady();
        this.feed.connect((update) => void panel.webview.postMessage(update));
        this.sendVisible(panel);
        break;
      case 'pause':
      case 'resume':
      case 'stop':
      case 'train':
      case 'showLog':
        this.action.fire(message.type);
        break;
      case 'error':
        this.log.error(`Loss panel: ${message.message}`);
        break;
    }
  }

  private sendVisible({ webview, visible, options }: vscode.WebviewPanel): void {
    // A panel that an earlier version left open is restored as it was made.
    if (!visible && options.retainContextWhenHidden !== true) {
      this.feed.disconnect();
      this.gpu.pageDiscarded();
      return;
    }
    void webview.postMessage({ type: 'visible', visible } satisfies ToPanel);
  }

  private webviewOptions(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.dist(), this.media()] };
  }

  private dist(...path: string[]): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'dist', ...path);
  }

  private media(...path: string[]): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'media', ...path);
  }
}

/** VS Code puts a prefix before a view's type. */
function isLossPanel({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(LossPanel.viewType);
}

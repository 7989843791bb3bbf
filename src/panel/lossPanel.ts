import * as vscode from 'vscode';
import type { Drawing } from '../report/drawing';
import { PanelFeed } from './feed';
import type { FollowedRun } from './feed';
import { GpuBackend } from './gpuBackend';
import { isFromTrainerPage } from './gpuProtocol';
import { createNonce, panelHtml } from './html';
import type { FromLearned, ToLearned } from './learnedProtocol';
import { messageFromPage } from './messages';
import { Painter } from './painter';
import type { ChangedSettings, PanelAction, RunOutcome, RunOver, ShownRun, ToPanel } from './protocol';
import type { FromRuns, ToRuns } from './runsProtocol';

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
  private readonly review = new vscode.EventEmitter<string>();
  /** Somebody wants to see where the model of a run disagrees, and is surest: the run's id. */
  readonly onReview = this.review.event;

  private readonly save = new vscode.EventEmitter<{
    readonly run: string;
    readonly over: readonly RunOver[];
  }>();
  /** Somebody wants to save a run. */
  readonly onSave = this.save.event;

  private readonly trainWith = new vscode.EventEmitter<{ run: string; changes: ChangedSettings }>();
  /** Somebody wants another run like one, with some settings changed. */
  readonly onTrainWith = this.trainWith.event;

  private readonly learned = new vscode.EventEmitter<FromLearned>();
  /** Somebody looks at what a run's model has learned. */
  readonly onLearned = this.learned.event;

  private readonly compared = new vscode.EventEmitter<FromRuns>();
  /** Somebody looks at other runs beside the one that is shown. */
  readonly onRuns = this.compared.event;

  private readonly opening = new vscode.EventEmitter<void>();
  /** Fires when the panel is opened, and when it is closed. */
  readonly onDidOpenOrClose = this.opening.event;

  private panel: vscode.WebviewPanel | undefined;
  /** The listeners of the panel that is open. */
  private readonly listeners: vscode.Disposable[] = [];
  private readonly feed = new PanelFeed();
  private readonly painter = new Painter();
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
    const place = { viewColumn: viewColumn ?? columnBeside(), preserveFocus };
    const options = { ...this.webviewOptions(), retainContextWhenHidden: true };
    this.adopt(
      vscode.window.createWebviewPanel(LossPanel.viewType, vscode.l10n.t('RNN Tagger: Loss'), place, options),
    );
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

  /** What came of the run that is shown. */
  tellOutcome(outcome: RunOutcome): void {
    this.feed.tellOutcome(outcome);
  }

  /** Answers {@link onLearned}, where the page is still there. */
  tellLearned(message: ToLearned): void {
    void this.panel?.webview.postMessage(message satisfies ToPanel);
  }

  /** Answers {@link onRuns}, where the page is still there. */
  tellRuns(message: ToRuns): void {
    void this.panel?.webview.postMessage(message satisfies ToPanel);
  }

  /**
   * A picture as PNG, painted by the page: the panel is opened where it is not.
   * @throws {WorkerError} where it is closed meanwhile, or its page cannot paint it.
   */
  paint(drawing: Drawing): Promise<Uint8Array> {
    if (!this.panel) this.show(undefined, true);
    return this.painter.paint(drawing);
  }

  /**
   * Lets go of the panel without closing it: the extension also ends when the window reloads, and then it
   * comes back.
   */
  dispose(): void {
    this.release();
    vscode.Disposable.from(
      this.action,
      this.review,
      this.save,
      this.trainWith,
      this.learned,
      this.compared,
      this.opening,
    ).dispose();
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
      language: vscode.env.language,
      messages: vscode.l10n.bundle,
    });
    this.opening.fire();
  }

  private release(): void {
    this.panel = undefined;
    this.feed.disconnect();
    this.painter.disconnect();
    this.gpu.panelClosed();
    vscode.Disposable.from(...this.listeners.splice(0)).dispose();
    this.opening.fire();
  }

  private receive(panel: vscode.WebviewPanel, received: unknown): void {
    const message = messageFromPage(received);
    if (!message) {
      this.log.warn('Loss panel: a message was not understood: it is ignored.');
      return;
    }
    if (isFromTrainerPage(message)) return this.gpu.receive(message);
    switch (message.type) {
      case 'ready':
        this.gpu.pageReady();
        this.feed.connect((update) => void panel.webview.postMessage(update));
        this.painter.connect((update) => void panel.webview.postMessage(update));
        this.sendVisible(panel);
        break;
      case 'pause':
      case 'resume':
      case 'stop':
      case 'stopAfterEpoch':
      case 'changeLearningRate':
      case 'train':
      case 'showLog':
      case 'showGradientFlow':
        this.action.fire(message.type);
        break;
      case 'review':
        this.review.fire(message.run);
        break;
      case 'saveRun':
        this.save.fire({ run: message.run, over: message.over });
        break;
      case 'painted':
      case 'notPainted':
        this.painter.receive(message);
        break;
      case 'trainWith':
        this.trainWith.fire(message);
        break;
      case 'learned.read':
      case 'learned.use':
      case 'learned.tokens':
      case 'learned.sentence':
        this.learned.fire(message);
        break;
      case 'runs.follow':
      case 'runs.show':
      case 'runs.rename':
      case 'runs.delete':
      case 'runs.copy':
        this.compared.fire(message);
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

/**
 * Beside what is being looked at. A page of VS Code's own, such as a walkthrough, that stands beside a file itself
 * is covered: in a third column there would be room for none of them.
 */
function columnBeside(): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const { activeTab, viewColumn } = activeTabGroup;
  const isPage = activeTab !== undefined && activeTab.input === undefined;
  return isPage && all.length > 1 ? viewColumn : vscode.ViewColumn.Beside;
}

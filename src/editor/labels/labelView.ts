import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import type { Tagger } from '../../engine/engine';
import { GlobNotice } from '../../workspace/globNotice';
import type { CorpusIndex, ModelLibrary } from '../../workspace/services';
import type { TextAnnotations } from '../../workspace/textAnnotations';
import type { TextsInProgress } from '../../workspace/textsInProgress';
import { DecorationTypes } from './decorationTypes';
import { documentKind } from './documentKind';
import { editedLines } from './editedLines';
import { EditorLabels } from './editorLabels';
import type { LabelSource } from './editorLabels';
import { fileToggle } from './fileToggle';
import type { FileToggle } from './fileToggle';
import { GoldLabels } from './goldLabels';
import { LabelCache } from './labelCache';
import { LabelHover } from './labelHover';
import { LabelNotice } from './labelNotice';
import { LabelQueue } from './labelQueue';
import { drawingFor, stepStyle } from './labelStyleSetting';
import { LabelSwitches } from './labelSwitches';
import { offer, offerFirstModel, offerModel } from './offerModel';
import { shownField } from './shownField';

/** What the labels in editors need. */
export interface LabelServices {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly models: ModelLibrary;
  readonly corpora: CorpusIndex;
  readonly log: vscode.LogOutputChannel;
  /** Remembers which files are switched on, and whether labels are shown. */
  readonly workspaceState: vscode.Memento;
  /** Resolves once the runs and models of earlier sessions are known. */
  readonly loaded: Promise<void>;
  readonly annotations: TextAnnotations;
  readonly progress: TextsInProgress;
}

/** Predicted labels in all visible editors: decorations, hover, and the commands that switch them. */
export class LabelView implements vscode.Disposable {
  private readonly editors = new Map<vscode.TextEditor, EditorLabels>();
  private readonly types = new DecorationTypes();
  private readonly switches: LabelSwitches;
  private readonly notice = new LabelNotice();
  private readonly gold: GoldLabels;
  private readonly source: LabelSource;
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly services: LabelServices) {
    const { corpora, models, log, workspaceState, tagger, annotations } = services;
    this.gold = new GoldLabels(annotations, models, this.types);
    this.switches = new LabelSwitches(corpora, workspaceState, new GlobNotice(log), services.progress);
    this.source = {
      tagger,
      cache: new LabelCache(),
      queue: new LabelQueue(),
      kindOf: (document) => (this.switches.shows(document) ? documentKind(document, corpora) : undefined),
      modelFor: (document) => models.modelFor(document),
      drawingFor,
      goldIn: (document) => this.gold.spansOf(document),
      draw: (editor, styled) => this.types.draw(editor, styled),
      mark: (editor, lines) => this.types.mark(editor, lines),
      report: this.reporter(log),
      renewed: (editor) => {
        if (editor === vscode.window.activeTextEditor) this.showNotice();
        this.types.prune(() => [...this.editors.values()].flatMap(({ styles }) => styles));
      },
    };
    this.disposables = [
      this.switches,
      this.types,
      this.gold,
      this.notice,
      this.gold.onDidChange((changed) =>
        this.forEach((labels) => labels.editor.document === changed && labels.goldChanged()),
      ),
      this.switches.onDidChange(() => this.renewAll()),
      corpora.onDidChange(() => this.renewAll()),
      models.onDidChange(() => this.modelsChanged()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.followEditors()),
      vscode.window.onDidChangeActiveTextEditor(() => this.showNotice()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) =>
        this.editors.get(textEditor)?.scrolled(),
      ),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) =>
        this.editors.get(textEditor)?.cursorMoved(),
      ),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        const lines = editedLines(contentChanges);
        this.forEach((labels) => labels.editor.document === document && labels.edited(lines));
      }),
      // A document whose language was changed is opened anew.
      vscode.workspace.onDidOpenTextDocument((document) =>
        this.forEach((labels) => labels.editor.document === document && labels.renew()),
      ),
      vscode.languages.registerHoverProvider('*', this.hover()),
      vscode.commands.registerCommand('rnnTagger.toggleLabels', () => this.toggleAll()),
      vscode.commands.registerCommand('rnnTagger.nextLabelStyle', stepStyle),
      vscode.commands.registerCommand('rnnTagger.toggleFileLabels', (uri?: unknown) => this.toggleFile(uri)),
    ];
    this.followEditors();
  }

  /** Resolves once the labels of what is on screen of a document are drawn, where it has any. */
  async drawnOnScreen(document: vscode.TextDocument): Promise<void> {
    const own = [...this.editors.values()].filter(({ editor }) => editor.document === document);
    await Promise.all(own.map((labels) => labels.drawnOnScreen()));
  }

  dispose(): void {
    this.forEach((labels) => labels.dispose());
    this.editors.clear();
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Tells of a failure once, until something else fails. */
  private reporter(log: vscode.LogOutputChannel): LabelSource['report'] {
    let logged: string | undefined;
    return (error) => {
      const message = error === undefined ? undefined : messageOf(error);
      if (message !== undefined && message !== logged)
        log.error(
          `Labels could not be shown: ${message}`,
          ...(error instanceof Error && error.stack ? [error.stack] : []),
        );
      logged = message;
      this.notice.failed(message);
    };
  }

  private hover(): LabelHover {
    const { corpora, models } = this.services;
    return new LabelHover({
      tokenAt: (document, position) => this.tokenAt(document, position),
      fieldAt: (document, position) => shownField(document, position, corpora, models),
    });
  }

  private tokenAt(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): ReturnType<EditorLabels['tokenAt']> {
    for (const labels of this.editors.values()) {
      const shown = labels.editor.document === document ? labels.tokenAt(position) : undefined;
      if (shown) return shown;
    }
    return undefined;
  }

  private followEditors(): void {
    const visible = new Set(vscode.window.visibleTextEditors);
    for (const [editor, labels] of this.editors) {
      if (visible.has(editor)) continue;
      labels.dispose();
      this.editors.delete(editor);
    }
    for (const editor of visible) {
      if (this.editors.has(editor)) continue;
      const labels = new EditorLabels(editor, this.source);
      this.editors.set(editor, labels);
      labels.renew();
    }
  }

  /** Messages are not waited for: the command is done when the switch is. */
  private async toggleFile(uri: unknown): Promise<void> {
    const { corpora, models, loaded } = this.services;
    await loaded;
    const { textDocuments } = vscode.workspace;
    const document =
      uri instanceof vscode.Uri
        ? textDocuments.find((open) => open.uri.toString() === uri.toString())
        : vscode.window.activeTextEditor?.document;
    const asked = document && {
      ofCorpus: corpora.corpusOf(document.uri) !== undefined,
      canToggle: this.switches.canToggle(document),
    };
    const what = fileToggle(asked, models.hasModel);
    if (what !== 'toggle') return void explain(what);
    if (!document || !this.switches.toggle(document)) return;
    if (!this.switches.visible) await this.switches.toggleAll();
    if (!models.modelFor(document)) void offerModel();
  }

  private async toggleAll(): Promise<void> {
    const { models, loaded } = this.services;
    await loaded;
    if (models.hasModel) await this.switches.toggleAll();
    else void explain('get-a-model');
  }

  private showNotice(): void {
    const active = vscode.window.activeTextEditor;
    this.notice.partial((active && this.editors.get(active)?.partial) ?? false);
  }

  private modelsChanged(): void {
    this.source.cache.keepOnly(this.services.models.keys);
    this.forEach((labels) => labels.modelChanged());
  }

  private renewAll(): void {
    this.forEach((labels) => labels.renew());
  }

  private forEach(act: (labels: EditorLabels) => void): void {
    for (const labels of this.editors.values()) act(labels);
  }
}

/** Says why a document's labels cannot be switched, with what leads on. */
function explain(what: Exclude<FileToggle, 'toggle'>): Promise<void> {
  switch (what) {
    case 'open-a-file':
      return offer(vscode.l10n.t('Open a text file to show predicted labels in it.'), []);
    case 'get-a-model':
      return offerFirstModel();
    case 'corpus-file':
      return offer(
        vscode.l10n.t('Files of a corpus always show their labels, unless labels are hidden everywhere.'),
        [{ title: vscode.l10n.t('Toggle Predicted Labels'), command: 'rnnTagger.toggleLabels' }],
      );
    case 'other-file':
      return offer(
        vscode.l10n.t(
          'Labels are shown in plain text, Markdown and untitled documents. For other files, add a pattern to the setting “Labels: Include”.',
        ),
        [
          {
            title: vscode.l10n.t('Open Setting'),
            command: 'rnnTagger.openSettings',
            arguments: ['rnnTagger.labels.include'],
          },
        ],
      );
  }
}

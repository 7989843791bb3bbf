import * as vscode from 'vscode';
import { messageOf } from '../common/errors';
import type { KnownLabels } from '../corpus/labels/unknownToModel';
import type { Reader } from '../engine/engine';
import type { CorpusProblems } from './problems';
import { Debounce } from './schedule';
import type { ModelLibrary } from './services';
import type { Settings } from './settings';
import type { WorkspaceCorpora } from './workspaceCorpora';

const quietMs = 400;
const longestWaitMs = 4000;

export interface ModelLabelServices {
  readonly reader: Pick<Reader, 'unknownLabels'>;
  readonly corpora: WorkspaceCorpora;
  readonly models: ModelLibrary;
  readonly problems: CorpusProblems;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
}

/** What the model of a document's corpus knows of its labels; undefined where there is none. */
export function labelsKnownFor(
  document: vscode.TextDocument,
  { corpora, models }: Pick<ModelLabelServices, 'corpora' | 'models'>,
): KnownLabels | undefined {
  const corpus = corpora.corpusOf(document.uri);
  const model = corpus && models.modelFor(document);
  if (!model) return undefined;
  const { corpusName, column, labels } = model.info;
  return { model: `${corpusName} · ${column}`, index: corpus.layout.columns.indexOf(column), labels };
}

/** Looks in corpus files on screen, as they are edited, for labels that their model does not know. */
export class ModelLabelCheck implements vscode.Disposable {
  private readonly checking = new Debounce(() => void this.check(), { quietMs, longestWaitMs });
  /** For each document what it was checked as: its version and the model. */
  private readonly checked = new Map<vscode.TextDocument, string>();
  private readonly listeners: vscode.Disposable;
  private busy = false;
  private disposed = false;

  constructor(private readonly services: ModelLabelServices) {
    const { corpora, models, problems } = services;
    const soon = (): void => this.checking.request();
    this.listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (corpora.corpusOf(document.uri)) soon();
      }),
      vscode.window.onDidChangeVisibleTextEditors(soon),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (this.checked.delete(document)) problems.setUnknownLabels(document.uri.toString(), []);
      }),
      corpora.onDidChange(soon),
      models.onDidChange(soon),
    );
    soon();
  }

  dispose(): void {
    this.disposed = true;
    this.checking.cancel();
    this.listeners.dispose();
  }

  private async check(): Promise<void> {
    if (this.busy || this.disposed) return;
    this.busy = true;
    try {
      for (let next = this.next(); next; next = this.next()) await this.checkDocument(next);
    } catch (error) {
      if (!this.disposed) this.services.log.error(`Labels could not be checked: ${messageOf(error)}`);
    } finally {
      this.busy = false;
    }
  }

  /** A document on screen that is not checked as it is now. */
  private next(): vscode.TextDocument | undefined {
    if (this.disposed) return undefined;
    const documents = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    return [...documents].find((document) => this.checked.get(document) !== this.stateOf(document));
  }

  private stateOf(document: vscode.TextDocument): string | undefined {
    const known = this.knownOf(document);
    return known && `${document.version} ${known.key} ${known.index}`;
  }

  private knownOf(document: vscode.TextDocument): (KnownLabels & { readonly key: string }) | undefined {
    const { corpora, models } = this.services;
    const known = labelsKnownFor(document, this.services);
    const model = corpora.corpusOf(document.uri) && models.modelFor(document);
    return known && model && { ...known, key: model.key };
  }

  private async checkDocument(document: vscode.TextDocument): Promise<void> {
    const { reader, corpora, problems, settings } = this.services;
    const file = document.uri.toString();
    const known = this.knownOf(document);
    const state = this.stateOf(document);
    // Before it is asked for: what fails is not asked for again and again.
    if (state === undefined) this.checked.delete(document);
    else this.checked.set(document, state);
    if (!known || known.index < 0) {
      problems.setUnknownLabels(file, []);
      return;
    }
    const { key: _, ...labels } = known;
    const source = corpora.sourceOf(document);
    const { replaceInvalidBytes } = settings.current;
    const found = await reader.unknownLabels({ source, replaceInvalidBytes, known: labels });
    if (!this.disposed && !document.isClosed && this.stateOf(document) === state)
      problems.setUnknownLabels(file, found);
  }
}

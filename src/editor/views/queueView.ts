import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import type { Corpus } from '../../corpus/corpus';
import { Queue } from '../../corpus/queue/queue';
import type { QueuePlace } from '../../corpus/queue/queue';
import type { Reader } from '../../engine/engine';
import type { RunStore } from '../../workspace/runStore';
import { systemClock, Throttle } from '../../workspace/schedule';
import type { ModelLibrary } from '../../workspace/services';
import type { Settings } from '../../workspace/settings';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import type { AnswerServices } from '../answers/answerPart';
import type { LabelErrorProblems } from '../labelErrors/labelErrorProblems';
import { ColdStart } from './coldStart';
import type { SentenceSource } from './coldStart';
import type { QueueAnswered } from './queueAnswers';
import { QueueFill } from './queueFill';
import { QueueMemory } from './queueMemory';
import { filterChoices, queueNodes } from './queueNodes';
import type { ColumnErrors, QueueNode, QueueRow } from './queueNodes';
import { queueTelling } from './queueTelling';
import { QueueTree } from './queueTree';
import { sentenceNodes } from './sentenceNodes';

export interface QueueViewServices extends AnswerServices {
  readonly corpora: WorkspaceCorpora;
  readonly models: ModelLibrary;
  readonly runs: RunStore;
  readonly reader: AnswerServices['reader'] & Pick<Reader, 'unlabelled'>;
  readonly settings: Settings;
  readonly errors: LabelErrorProblems;
  readonly workspaceState: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/** While files are gone through, the view changes no more often than this. */
const showEveryMs = 500;

/**
 * The view **Queue**: it is filled while it is on screen, and shows what is left under the filter, and how far one
 * is.
 */
export class QueueView implements vscode.Disposable {
  readonly memory: QueueMemory;
  readonly tree = new QueueTree();
  readonly view: vscode.TreeView<QueueRow>;
  private readonly queue = new Queue();
  private readonly fill: QueueFill;
  private readonly showing = new Throttle(() => this.refresh(), showEveryMs);
  private readonly listeners: vscode.Disposable;
  private readonly coldStart: ColdStart;
  private readonly isColdStartStopped = (): boolean => this.disposed || !this.isCold || !this.view.visible;
  /** No model has learned any of the corpora, as of when all files were looked through last. */
  private isCold = false;
  private wasTraining = false;
  private disposed = false;

  constructor(private readonly services: QueueViewServices) {
    const { workspaceState, errors, log } = services;
    this.memory = new QueueMemory(workspaceState);
    this.coldStart = new ColdStart(this.sentenceSource());
    const isTraining = (): boolean => this.isTraining;
    this.fill = new QueueFill(this.queue, { ...services, log, clock: systemClock, isTraining });
    this.view = vscode.window.createTreeView<QueueRow>('rnnTagger.queue', {
      treeDataProvider: this.tree,
      canSelectMany: true,
    });
    this.listeners = vscode.Disposable.from(
      this.view.onDidChangeVisibility(({ visible }) => this.fill.want(visible)),
      this.fill.onDidChange(() => this.showing.request()),
      errors.onDidChange(() => this.showing.request()),
      services.runs.onDidChange(() => this.followRuns()),
      services.corpora.onDidChangeFile((uri) => this.coldStart.change(uri.toString())),
    );
    this.refresh();
    if (this.view.visible) this.fill.want(true);
  }

  /** What a filter may name. */
  get choices(): ReturnType<typeof filterChoices> {
    const sentences = this.isCold ? this.coldStart.all.filter((own) => own.sentences.length > 0) : [];
    return filterChoices(this.queue.items(this.memory), this.errors.findings, sentences);
  }

  /** Places as they are by now; those that are gone are left out. */
  current(places: readonly QueuePlace[]): QueuePlace[] {
    return this.queue.current(places);
  }

  /** Takes out what was answered; files that have become others are looked through again. */
  answered({ given, changed, settled }: QueueAnswered): void {
    this.queue.remove(given);
    for (const file of new Set(changed.map((place) => place.file))) this.fill.stale(file);
    this.memory.settle(settled);
  }

  /** Shows all as it is now. */
  refresh(): void {
    const { memory, fill } = this;
    if (this.disposed) return;
    try {
      // What changed since may change what judges, too: only what all files say together counts.
      if (fill.isFilled) {
        const { judges } = fill;
        this.isCold = judges.length === 0 && this.errors.findings.length === 0;
        memory.begin(judges);
      }
      if (this.isCold) void this.coldStart.look(this.isColdStartStopped, () => this.showing.request());
      const { filter } = memory;
      const nodes = this.isCold ? sentenceNodes(this.coldStart.all, memory, filter) : this.doubts();
      this.tree.show(nodes);
      this.tell(nodes);
    } catch (error) {
      this.services.log.error(`The queue could not be shown: ${messageOf(error)}`);
    }
  }

  dispose(): void {
    this.disposed = true;
    this.showing.cancel();
    vscode.Disposable.from(this.listeners, this.fill, this.view, this.tree).dispose();
  }

  /** A run goes on here: its model changes every second. */
  private get isTraining(): boolean {
    const { runs } = this.services;
    return runs.runs.some(({ id, state }) => state === 'running' && !runs.isElsewhere(id));
  }

  private get errors(): ColumnErrors {
    const { errors, corpora } = this.services;
    const findings = errors.all.map(({ finding }) => finding);
    const corpus = findings.length > 0 ? corpora.corpusOf(vscode.Uri.parse(findings[0].file)) : undefined;
    return { corpus: corpus?.id ?? '', column: errors.column ?? '', findings };
  }

  private doubts(): QueueNode[] {
    const { filter } = this.memory;
    return queueNodes(this.queue.items(this.memory, filter), this.errors, this.memory, filter);
  }

  private tell(nodes: readonly QueueNode[]): void {
    const { fill, memory, view, isCold, isTraining } = this;
    const { message, description, badge, state } = queueTelling(
      {
        open: nodes.length,
        answered: memory.answered,
        isCold,
        isFilled: fill.isFilled && (!isCold || this.coldStart.isDone),
        isTraining,
        hasCorpora: this.services.corpora.corpora.length > 0,
        progress: fill.progress,
        leftOut: fill.leftOut,
        filter: memory.filter,
      },
      vscode.l10n.t,
    );
    view.message = message;
    view.description = description;
    view.badge = badge;
    void vscode.commands.executeCommand('setContext', 'rnnTagger.queueState', state);
  }

  /** Tells of a run that began or ended: its epochs change nothing here. */
  private followRuns(): void {
    if (this.isTraining === this.wasTraining) return;
    this.wasTraining = this.isTraining;
    this.fill.request();
    this.showing.request();
  }

  private sentenceSource(): SentenceSource {
    const { corpora, reader, settings, log } = this.services;
    const labelled = (): Corpus[] => corpora.corpora.filter(({ columns }) => columns.length > 0);
    const readingOf = ({ layout, columns }: Corpus): string => JSON.stringify([layout, columns[0].name]);
    return {
      get files() {
        return labelled().flatMap((corpus) => {
          const reading = readingOf(corpus);
          return corpus.files.map(({ file }) => ({ file, reading }));
        });
      },
      sentencesIn: async (file) => {
        const uri = vscode.Uri.parse(file);
        const corpus = corpora.corpusOf(uri);
        const [source] = (await corpora.readFiles([uri])).sources;
        if (!corpus || !source) return [];
        const index = corpus.layout.columns.indexOf(corpus.columns[0].name);
        return reader.unlabelled({
          source,
          replaceInvalidBytes: settings.current.replaceInvalidBytes,
          index,
        });
      },
      failed: (file, error) => {
        if (!this.disposed) log.error(`${file} could not be looked into for the queue: ${messageOf(error)}`);
      },
    };
  }
}

import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
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
import { coldStartSentences } from './coldStart';
import { joined } from './itemText';
import { QueueFill } from './queueFill';
import { QueueMemory } from './queueMemory';
import { filterChoices, filterText, progressText, queueNodes } from './queueNodes';
import type { QueueNode, QueueRow } from './queueNodes';
import { QueueTree } from './queueTree';

export interface QueueViewServices extends AnswerServices {
  readonly corpora: WorkspaceCorpora;
  readonly models: ModelLibrary;
  readonly runs: RunStore;
  readonly reader: Pick<Reader, 'unlabelled'>;
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
  private readonly showing = new Throttle(() => void this.refresh(), showEveryMs);
  private readonly listeners: vscode.Disposable;
  private sentences: readonly QueueNode[] = [];
  private sentencesOf = '';
  private disposed = false;

  constructor(private readonly services: QueueViewServices) {
    const { workspaceState, errors, log } = services;
    this.memory = new QueueMemory(workspaceState);
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
    );
    this.setState('filling');
    if (this.view.visible) this.fill.want(true);
  }

  /** What a filter may name. */
  get choices(): ReturnType<typeof filterChoices> {
    return filterChoices(this.queue.items(this.memory), this.findings);
  }

  /** These places are answered: they are not shown until their text is judged again. */
  remove(places: readonly QueuePlace[]): void {
    this.queue.remove(places);
  }

  /** Shows all as it is now. */
  async refresh(): Promise<void> {
    const { memory, fill } = this;
    try {
      const isCold = fill.isFilled && fill.judges.length === 0 && this.findings.length === 0;
      if (fill.isFilled && !isCold) memory.begin(fill.judges.join(' '));
      const nodes = isCold ? await this.coldStart() : this.doubts();
      if (this.disposed) return;
      this.tree.show(nodes);
      this.tell(nodes, isCold);
    } catch (error) {
      if (!this.disposed) this.services.log.error(`The queue could not be shown: ${messageOf(error)}`);
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

  private get findings(): LabelErrorProblems['all'][number]['finding'][] {
    return this.services.errors.all.map(({ finding }) => finding);
  }

  private doubts(): QueueNode[] {
    const { filter } = this.memory;
    return queueNodes(this.queue.items(this.memory, filter), this.findings, this.memory, filter);
  }

  /** Files are read again only where one has changed. */
  private async coldStart(): Promise<readonly QueueNode[]> {
    const { services, memory } = this;
    const state = `${services.corpora.revision} ${memory.skipped.length} ${memory.skipped.at(-1)}`;
    if (state === this.sentencesOf) return this.sentences;
    this.sentences = await coldStartSentences(services, memory.skipped, () => this.disposed);
    this.sentencesOf = state;
    return this.sentences;
  }

  private tell(nodes: readonly QueueNode[], isCold: boolean): void {
    const { fill, memory, view } = this;
    const open = nodes.length;
    const filter = filterText(memory.filter, vscode.l10n.t);
    const { progress } = fill;
    const reading = this.isTraining
      ? vscode.l10n.t('looked through again once the run is over')
      : progress && vscode.l10n.t('looking through files: {0} of {1}', progress.done, progress.all);
    const answered = isCold ? undefined : progressText(memory.answered, open, vscode.l10n.t);
    // Where there is a message, VS Code does not say what to do with an empty view.
    const isEmpty = open === 0 && !reading;
    view.message = isEmpty
      ? undefined
      : isCold
        ? vscode.l10n.t('Without a model, in random order: label some, then train.')
        : joined([answered, reading]);
    view.description = filter === '' && isEmpty ? answered : filter;
    const tooltip = open === 1 ? vscode.l10n.t('1 question') : vscode.l10n.t('{0} questions', open);
    view.badge = isCold || open === 0 ? undefined : { value: open, tooltip };
    if (open > 0) this.setState('open');
    else if (!fill.isFilled) this.setState('filling');
    else if (isCold) this.setState('noModel');
    else this.setState(filter === '' ? 'done' : 'filtered');
  }

  private setState(state: 'filling' | 'open' | 'noModel' | 'filtered' | 'done'): void {
    void vscode.commands.executeCommand('setContext', 'rnnTagger.queueState', state);
  }
}

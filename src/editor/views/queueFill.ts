import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import type { Queue } from '../../corpus/queue/queue';
import { Debounce } from '../../workspace/schedule';
import type { Clock } from '../../workspace/schedule';
import { isCurrent, partsOf, tagInputOf, unreadPart } from '../answers/answerPart';
import type { AnswerServices } from '../answers/answerPart';
import { openedDocument } from '../answers/answerPlaces';

/** A model that is being trained changes every second, and a person who types changes the text. */
const quiet = { quietMs: 1_000, longestWaitMs: 10_000 };
/** After files were gone through, it rests for so many times as long as that took. */
const restShare = 2;
/** Larger files are not opened to be looked through, nor more of them together, and no more places are held. */
const mostBytes = 20_000_000;
const mostBytesInAll = 60_000_000;
const mostPlaces = 20_000;

export interface QueueFillOptions extends AnswerServices {
  readonly log: vscode.LogOutputChannel;
  readonly clock: Clock;
  /** A run goes on whose model judges: its labels are not settled. */
  readonly isTraining: () => boolean;
}

/**
 * Keeps a queue up to date: goes through the files of all corpora that a model has learned, some hundred lines
 * in each turn of the tagger, so that what is on screen is labelled in between. Works only while it is wanted.
 */
export class QueueFill implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly requests: Debounce;
  private readonly listeners: vscode.Disposable;
  /** By which model, and when, a file was judged; those that are missing are stale. */
  private readonly judged = new Map<string, string>();
  private working = false;
  /** What changed while files were gone through is to be looked at again. */
  private again = false;
  private wanted = false;
  private disposed = false;
  /** Of the files that were opened this time. */
  private bytes = 0;
  private restsUntil = -Infinity;
  private goneThrough: { readonly done: number; readonly all: number } | undefined;

  /** Fires when the queue, or how far it is filled, has changed. */
  readonly onDidChange = this.change.event;

  constructor(
    private readonly queue: Queue,
    private readonly options: QueueFillOptions,
  ) {
    const { models, corpora } = options;
    this.requests = new Debounce(() => void this.fill(), quiet, options.clock);
    this.listeners = vscode.Disposable.from(
      models.onDidChange(() => this.request()),
      corpora.onDidChange(() => this.request()),
      corpora.onDidChangeFile((uri) => this.stale(uri.toString())),
      vscode.workspace.onDidChangeTextDocument((event) => this.follow(event)),
    );
  }

  /** How many files were gone through, while some are still to be. */
  get progress(): { readonly done: number; readonly all: number } | undefined {
    return this.goneThrough;
  }

  /** Whether all files were gone through. */
  get isFilled(): boolean {
    return this.judged.size > 0 && !this.working;
  }

  /** The models that judge, by their keys; none where no model has learned any of the corpora. */
  get judges(): string[] {
    const keys = [...this.judged.values()].filter((key) => key !== '').map((key) => key.split(' ')[0]);
    return [...new Set(keys)].sort();
  }

  /** Works from now on, or not any more. */
  want(wanted: boolean): void {
    this.wanted = wanted;
    if (wanted) this.request(0);
  }

  /** Goes through what is stale, soon. @param quietMs 0: at once. */
  request(quietMs?: 0): void {
    if (!this.wanted || this.disposed) return;
    this.requests.request();
    if (quietMs === 0) this.requests.flush();
  }

  dispose(): void {
    this.disposed = true;
    this.requests.cancel();
    vscode.Disposable.from(this.listeners, this.change).dispose();
  }

  private stale(file: string): void {
    if (this.judged.delete(file)) this.request();
  }

  /** Places move with an edit at once, and what it touched is gone; what it makes is judged later. */
  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const file = document.uri.toString();
    if (contentChanges.length === 0 || !this.queue.has(file)) return;
    for (const { rangeOffset, rangeLength, text } of contentChanges)
      this.queue.follow(file, { offset: rangeOffset, removed: rangeLength, inserted: text.length });
    this.stale(file);
    this.change.fire();
  }

  private async fill(): Promise<void> {
    const { clock, log, isTraining } = this.options;
    this.again = this.working;
    if (this.working || this.disposed || isTraining()) return;
    if (clock.now() < this.restsUntil) return this.requests.request();
    this.working = true;
    const began = clock.now();
    try {
      const left = this.leftToJudge();
      this.bytes = 0;
      for (const [done, file] of left.entries()) {
        if (this.disposed || !this.wanted) return;
        this.goneThrough = { done, all: left.length };
        if (this.queue.size < mostPlaces) await this.judge(file);
        this.change.fire();
      }
    } catch (error) {
      if (!this.disposed) log.error(`The queue could not be filled: ${messageOf(error)}`);
    } finally {
      this.working = false;
      this.goneThrough = undefined;
      this.restsUntil = clock.now() + restShare * (clock.now() - began);
      if (this.again) this.request();
      if (!this.disposed) this.change.fire();
    }
  }

  /** Files that are of no corpus any more are forgotten. */
  private leftToJudge(): string[] {
    const all = this.options.corpora.corpora.flatMap(({ files }) => files.map(({ file }) => file));
    const there = new Set(all);
    for (const file of this.queue.files) if (!there.has(file)) this.queue.forget(file);
    for (const file of this.judged.keys()) if (!there.has(file)) this.judged.delete(file);
    return all.filter((file) => this.judged.get(file) !== this.modelKey(file) || !this.judged.has(file));
  }

  /** Names the model that judges a file now; empty where none does. */
  private modelKey(file: string): string {
    const uri = vscode.Uri.parse(file);
    const column = this.options.corpora.corpusOf(uri)?.columns.map(({ name }) => name);
    const model = this.options.models.modelFor({ uri });
    return model && column?.includes(model.info.column) ? `${model.key} ${model.revision}` : '';
  }

  private async judge(file: string): Promise<void> {
    const { corpora, models, tagger } = this.options;
    const uri = vscode.Uri.parse(file);
    const key = this.modelKey(file);
    const model = models.modelFor({ uri });
    this.judged.set(file, key);
    const size = key === '' ? 0 : await sizeOf(uri);
    const isLeftOut = size > mostBytes || this.bytes + size > mostBytesInAll;
    const document = key === '' || isLeftOut ? undefined : await openedDocument(uri);
    // What another model said is no question any more.
    if (!document || !model || !corpora.corpusOf(uri)) return this.queue.forget(file);
    this.bytes += size;
    const doubts = [];
    const { version } = document;
    for (const range of partsOf(document, this.options)) {
      const part = await unreadPart(document, range, this.options);
      if (!part || part.column.name !== model.info.column) continue;
      const { text: _, ...annotated } = part.input;
      const own = await tagger.request({
        type: 'doubts',
        key: model.key,
        input: tagInputOf(part),
        annotated,
      });
      if (this.disposed || !isCurrent(part) || document.version !== version) return this.stale(file);
      const { base } = part;
      for (const { target, ...rest } of own)
        doubts.push({ ...rest, target: { ...target, start: target.start + base, end: target.end + base } });
    }
    if (this.modelKey(file) !== key) return this.stale(file);
    this.queue.set(file, model.info.column, doubts);
  }
}

/** In bytes; of what is not there any more more than anything. */
async function sizeOf(uri: vscode.Uri): Promise<number> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch {
    return Infinity;
  }
}

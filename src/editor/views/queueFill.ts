import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import type { Corpus } from '../../corpus/corpus';
import { doubtsOfFile } from '../../corpus/queue/doubts';
import type { Queue } from '../../corpus/queue/queue';
import { QueueFiller } from '../../corpus/queue/queueFiller';
import type { Judge, Look } from '../../corpus/queue/queueFiller';
import { openedDocument } from '../../workspace/openedDocument';
import { Debounce } from '../../workspace/schedule';
import type { Clock } from '../../workspace/schedule';
import type { AnswerServices } from '../answers/answerPart';
import { doubtsOfDocument } from './doubtsOfDocument';

/** A model that is being trained changes every second, and a person who types changes the text. */
const quiet = { quietMs: 1_000, longestWaitMs: 10_000 };
/** After files were gone through, it rests for so many times as long as that took. */
const restShare = 2;
/** Larger files are not opened to be looked through, nor more of them at a time, and no more places are held. */
const mostBytes = 20_000_000;
const mostBytesAtATime = 60_000_000;
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
  private readonly filler: QueueFiller;
  /** How the files of a corpus are read, as text. */
  private readonly readings = new WeakMap<Corpus, string>();
  private working = false;
  /** What changed while files were gone through is to be looked at again. */
  private again = false;
  private wanted = false;
  private disposed = false;
  private corporaRead = false;
  /** It was told that nothing is looked through until a run is over. */
  private waitsForRun = false;
  /** Of the files that were opened this time. */
  private bytes = 0;
  private restsUntil = -Infinity;

  /** Fires when the queue, or how far it is filled, has changed. */
  readonly onDidChange = this.change.event;

  constructor(
    private readonly queue: Queue,
    private readonly options: QueueFillOptions,
  ) {
    const { models, corpora, log } = options;
    const files = (): string[] => corpora.corpora.flatMap((corpus) => corpus.files.map(({ file }) => file));
    const source = {
      get files() {
        return files();
      },
      judgeOf: (file: string) => this.judgeOf(file),
      look: (file: string, judge: Judge) => this.look(file, judge),
      failed: (file: string, error: unknown) => {
        if (!this.disposed)
          log.error(`${file} could not be looked through for the queue: ${messageOf(error)}`);
      },
    };
    this.filler = new QueueFiller(queue, source, mostPlaces);
    this.requests = new Debounce(() => void this.fill(), quiet, options.clock);
    this.listeners = vscode.Disposable.from(
      models.onDidChange(() => this.request()),
      corpora.onDidChange(() => this.request()),
      corpora.onDidChangeFile((uri) => this.stale(uri.toString())),
      vscode.workspace.onDidChangeTextDocument((event) => this.follow(event)),
    );
    void corpora.ready.then(() => {
      this.corporaRead = true;
      if (!this.disposed) this.change.fire();
    });
  }

  /** How many files were gone through, while some are still to be. */
  get progress(): QueueFiller['progress'] {
    return this.filler.progress;
  }

  /** Whether all files were gone through. */
  get isFilled(): boolean {
    return this.corporaRead && this.filler.isFilled;
  }

  /** The models that judge, by their keys; none where no model has learned any of the corpora. */
  get judges(): string[] {
    return this.filler.judges;
  }

  /** How many files are left out. */
  get leftOut(): QueueFiller['leftOut'] {
    return this.filler.leftOut;
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

  /** A file is to be looked through again. */
  stale(file: string): void {
    this.filler.change(file);
    this.request();
  }

  dispose(): void {
    this.disposed = true;
    this.requests.cancel();
    vscode.Disposable.from(this.listeners, this.change).dispose();
  }

  /** Places move with an edit at once, and what it touched is gone; what it makes is judged later. */
  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const file = document.uri.toString();
    if (contentChanges.length === 0 || !this.queue.has(file)) return;
    this.queue.follow(
      file,
      contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
        offset: rangeOffset,
        removed: rangeLength,
        inserted: text.length,
      })),
    );
    this.stale(file);
    this.change.fire();
  }

  private async fill(): Promise<void> {
    const { clock, log, isTraining } = this.options;
    this.again = this.working;
    if (this.working || this.disposed) return;
    // Each of its checkpoints asks for it.
    const isKnown = this.waitsForRun;
    this.waitsForRun = isTraining();
    if (this.waitsForRun) {
      if (!isKnown) this.change.fire();
      return;
    }
    if (clock.now() < this.restsUntil) return this.requests.request();
    this.working = true;
    this.bytes = 0;
    const began = clock.now();
    try {
      const isStopped = (): boolean => this.disposed || !this.wanted;
      const isLeft = await this.filler.run(isStopped, () => this.change.fire());
      this.again ||= isLeft;
    } catch (error) {
      if (!this.disposed) log.error(`The queue could not be filled: ${messageOf(error)}`);
    } finally {
      this.working = false;
      this.restsUntil = clock.now() + restShare * (clock.now() - began);
      if (this.again) this.request();
      if (!this.disposed) this.change.fire();
    }
  }

  private judgeOf(file: string): Judge | undefined {
    const uri = vscode.Uri.parse(file);
    const { corpora, models } = this.options;
    const corpus = corpora.corpusOf(uri);
    const model = corpus && models.modelFor({ uri });
    const isLearned = model && corpus.columns.some(({ name }) => name === model.info.column);
    if (!isLearned) return undefined;
    const { key, revision } = model;
    return { model: key, version: JSON.stringify([key, revision, this.readingOf(corpus)]) };
  }

  private readingOf(corpus: Corpus): string {
    const { id, layout, columns } = corpus;
    let reading = this.readings.get(corpus);
    if (reading === undefined) {
      reading = JSON.stringify([id, layout, columns.map(({ name, scheme }) => [name, scheme])]);
      this.readings.set(corpus, reading);
    }
    return reading;
  }

  private async look(file: string, { model: key }: Judge): Promise<Look> {
    const { corpora, models } = this.options;
    const uri = vscode.Uri.parse(file);
    const size = await sizeOf(uri);
    if (size === undefined) return { kind: 'unreadable' };
    if (size > mostBytes) return { kind: 'tooLarge' };
    if (this.bytes > 0 && this.bytes + size > mostBytesAtATime) return { kind: 'later' };
    this.bytes += size;
    const document = await openedDocument(uri);
    if (!document) return { kind: 'unreadable' };
    const column = models.modelFor({ uri })?.info.column;
    const corpus = corpora.corpusOf(uri)?.id;
    if (column === undefined || corpus === undefined) return { kind: 'later' };
    const parts = await doubtsOfDocument(document, { key, column }, this.options, () => this.disposed);
    if (!parts) return { kind: 'later' };
    return { kind: 'doubts', asked: { corpus, column }, doubts: doubtsOfFile(parts) };
  }
}

/** In bytes; undefined for what is not there any more. */
async function sizeOf(uri: vscode.Uri): Promise<number | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch {
    return undefined;
  }
}

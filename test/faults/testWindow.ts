import path from 'node:path';
import type { Engine } from '../../src/engine/engine';
import { isProcessAlive } from '../../src/engine/node/machine';
import { createNodeEngine } from '../../src/engine/node/nodeEngine';
import { canResume } from '../../src/record/runRecord';
import type { RunEvent } from '../../src/run/runEvent';
import { nodeStorage } from '../../src/workspace/nodeStorage';
import { RunSession } from '../../src/workspace/runSession';
import { RunStore } from '../../src/workspace/runStore';
import type { FileOperations } from '../../src/workspace/storage';
import { forms, toyData } from './toyRuns';
import type { Form } from './toyRuns';

export interface WindowOptions {
  readonly folder: string;
  readonly form: Form;
  /** The folder of the local disk, where there is nothing else. */
  readonly files?: FileOperations;
  /** Least time between two writes of one file, in ms. */
  readonly intervalMs?: number;
  /** Trains elsewhere than in the worker threads that ship. */
  readonly train?: Engine['train'];
  /** Another device than the form's. */
  readonly device?: (typeof forms)[Form]['device'];
}

let windows = 0;

/**
 * A window of the editor as far as runs go: what `extension.ts` and the training controller do, with the same
 * classes and real worker threads, without an editor.
 */
export class TestWindow {
  /** What it wrote into its log. */
  readonly log: string[] = [];
  /** What a person was told could not be saved. */
  readonly unsaved: unknown[] = [];
  readonly store: RunStore;
  session: RunSession | undefined;
  private readonly engine;

  constructor(private readonly options: WindowOptions) {
    const { folder, files = nodeStorage(folder), intervalMs = 10 } = options;
    this.engine = createNodeEngine({ distFolder: path.resolve('dist'), threads: 1 });
    this.store = new RunStore(files, {
      keep: () => 5,
      intervalMs,
      log: (message) => this.log.push(message),
      failed: (_, error) => this.unsaved.push(error),
      window: {
        id: `window ${process.pid}.${++windows}`,
        pid: process.pid,
        isAlive: isProcessAlive,
        now: Date.now,
      },
    });
  }

  /** Finds the runs of earlier windows. */
  open(): Promise<void> {
    return this.store.load();
  }

  /**
   * Goes on with the last run where it can, and begins one where there is none.
   * @returns undefined where the last run has ended for good.
   */
  async train(listener: (event: RunEvent) => void = () => undefined): Promise<RunSession | undefined> {
    const { store, options } = this;
    const last = store.runs.at(0);
    if (last && !canResume(last)) return undefined;
    const settings = { ...forms[options.form], ...(options.device && { device: options.device }) };
    const { corpus, corpusName, column } = toyData;
    const opened = last
      ? await store.reopen(last.id)
      : { record: store.create({ corpus, corpusName, column, settings, spans: false }) };
    const { record, before, checkpoint } = { before: undefined, checkpoint: undefined, ...opened };
    const session = new RunSession(record.id, store, before);
    this.session = session;
    session.onEvent(listener);
    const train = options.train ?? this.engine.train;
    session.follow(train(structuredClone(toyData), record.settings, checkpoint));
    return session;
  }

  /** As a window closes: a run that goes on is cut off, and what can be written is. */
  async close(): Promise<void> {
    this.session?.dispose();
    await this.store.flush();
    this.store.dispose();
  }
}

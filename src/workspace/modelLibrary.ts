import * as vscode from 'vscode';
import { messageOf } from '../common/errors';
import type { Corpus } from '../corpus/corpus';
import { formatOf } from '../corpus/formats';
import { brat } from '../corpus/formats/brat';
import type { Tagger } from '../engine/engine';
import type { ModelInfo } from '../engine/taggerProtocol';
import { newRunId } from '../record/runRecord';
import type { ImportedModels } from './importedModels';
import { activeEntry, catalogue, entryOfCorpus, fileNeeded, fileVersion, runKey } from './modelCatalogue';
import type { ModelEntry } from './modelCatalogue';
import { ModelInUse } from './modelInUse';
import type { RunStore } from './runStore';
import type { CorpusIndex, LoadedModel, ModelLibrary } from './services';

const chosenKey = 'rnnTagger.chosenModel';

/**
 * Least time between two checkpoints of a run in the tagger: each means labelling what is on screen again.
 */
const loadIntervalMs = 1000;

/** A model's place in the tagger. */
interface Slot {
  loaded?: LoadedModel;
  /** The version of the file that was loaded or is being loaded; `live`: bytes of a run that goes on. */
  version?: string;
  busy?: Promise<void>;
  /** The newest checkpoint of a run, while another is being loaded. */
  next?: Uint8Array<ArrayBuffer>;
  /** It could not be loaded, and is not tried again until there is a newer file. */
  failed?: boolean;
}

/** The models of this workspace, loaded into the tagger when something is to be labelled with them. */
export class WorkspaceModels implements ModelLibrary, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly slots = new Map<string, Slot>();
  private readonly listener: vscode.Disposable;
  private list: readonly ModelEntry[] = [];
  private disposed = false;
  private readonly inUse: ModelInUse;

  readonly onDidChange = this.change.event;

  constructor(
    private readonly tagger: Tagger,
    private readonly runs: RunStore,
    private readonly imported: ImportedModels,
    private readonly corpora: CorpusIndex,
    state: vscode.Memento,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.inUse = new ModelInUse({
      get: () => state.get(chosenKey),
      set: (key) => void state.update(chosenKey, key),
    });
    this.listener = vscode.Disposable.from(runs.onDidChange(() => this.renew()));
  }

  /** All models, newest first. */
  get entries(): readonly ModelEntry[] {
    return this.list;
  }

  get keys(): ReadonlySet<string> {
    return new Set([...this.list.map(({ key }) => key), ...this.slots.keys()]);
  }

  /** The entry of the active model, loaded or not. */
  get activeEntry(): ModelEntry | undefined {
    return activeEntry(this.list, this.inUse.key);
  }

  get hasModel(): boolean {
    return this.list.length > 0 || this.runs.runs.some(({ state }) => state === 'running');
  }

  get active(): LoadedModel | undefined {
    return this.loadedOf(this.activeEntry);
  }

  modelFor(document: Pick<vscode.TextDocument, 'uri'>): LoadedModel | undefined {
    return this.loadedOf(this.entryFor(document));
  }

  /**
   * The same, loaded first where it is not yet; without a document the active one. Undefined where there is none.
   * @throws where it cannot be read.
   */
  async loadFor(document?: Pick<vscode.TextDocument, 'uri'>): Promise<LoadedModel | undefined> {
    const entry = this.entryFor(document);
    return entry && this.loadModel(entry.key);
  }

  /** The entry of the model whose labels a document shows, loaded or not; without a document, of the active one. */
  entryFor(document: Pick<vscode.TextDocument, 'uri'> | undefined): ModelEntry | undefined {
    const corpus = document && this.corpora.corpusOf(document.uri);
    if (!corpus) return this.activeEntry;
    return entryOfCorpus(this.list, corpus.id, this.inUse.key) ?? this.entryOfText(corpus);
  }

  /** Texts that are labelled with spans, of which there is no model yet: one that learned such spans elsewhere. */
  private entryOfText({ layout }: Corpus): ModelEntry | undefined {
    const { activeEntry } = this;
    const isOfText = activeEntry?.corpus?.endsWith(`#${formatOf(layout).signature(layout)}`);
    return layout.kind === brat.id && isOfText ? activeEntry : undefined;
  }

  /** Reads which models earlier sessions left. */
  async load(): Promise<void> {
    await this.imported.load();
    this.renew();
  }

  /**
   * Makes a model the active one.
   * @throws where it cannot be read.
   */
  async choose(key: string): Promise<void> {
    await this.loadModel(key);
    this.inUse.choose(key);
    this.change.fire();
  }

  /**
   * A model in the tagger, be it the active one or not: of a run that is over, as it was best.
   * @throws where it cannot be read.
   */
  async loadModel(key: string): Promise<LoadedModel> {
    const entry = this.list.find((other) => other.key === key);
    if (!entry) throw new Error(vscode.l10n.t('This model is not there any more.'));
    const slot = this.slot(key);
    slot.failed = false;
    // The first time it may be waited for a checkpoint that is being loaded.
    for (let times = 0; times < 2 && !slot.failed; times++)
      if (!slot.loaded || this.isFileNeeded(entry, slot)) await this.loadFile(entry, slot);
    if (!slot.loaded)
      throw new Error(vscode.l10n.t('The model could not be loaded. The log has the details.'));
    return slot.loaded;
  }

  /** A newer checkpoint of the run that is going on here. With its first one it labels: see {@link ModelInUse}. */
  checkpoint(run: string, bytes: Uint8Array<ArrayBuffer>): void {
    const key = runKey(run);
    const slot = this.slot(key);
    this.inUse.trains(key);
    slot.next = bytes;
    slot.busy ??= this.loadCheckpoints(key, slot);
  }

  /** The newest file of a model. Rejects where it cannot be read. */
  async read(entry: ModelEntry): Promise<Uint8Array<ArrayBuffer>> {
    if (entry.source.kind === 'imported') return this.imported.read(entry.source.model.id);
    const { id } = entry.source.run;
    return this.runs.readModel(id, this.runs.versionOf(id) ?? 'latest');
  }

  /**
   * Takes a model file in and makes it the active model.
   * @throws {InputError} where it is none.
   */
  async import(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<ModelEntry> {
    const now = new Date();
    const id = newRunId(now, Math.random());
    const key = `imported:${id}`;
    const info = await this.tagger.request({ type: 'load', key, bytes });
    await this.imported.add({ id, name, imported: now.toISOString(), info }, bytes);
    this.slots.set(key, { loaded: { key, info, revision: 1 }, version: 'file' });
    this.inUse.choose(key);
    this.renew(true);
    return this.list.find((entry) => entry.key === key)!;
  }

  /** Deletes an imported model. Rejects where it cannot be. */
  async deleteImported(id: string): Promise<void> {
    await this.imported.delete(id);
    this.renew(true);
  }

  /** Gives a model, or a run without one, another name; none: its own again. Rejects where it cannot be. */
  async rename({ source }: ModelEntry, title: string | undefined): Promise<void> {
    if (source.kind === 'run') await this.runs.rename(source.run.id, title);
    else await this.imported.rename(source.model.id, title);
    this.renew(true);
  }

  dispose(): void {
    this.disposed = true;
    this.listener.dispose();
    this.change.dispose();
  }

  private slot(key: string): Slot {
    let slot = this.slots.get(key);
    if (!slot) this.slots.set(key, (slot = {}));
    return slot;
  }

  /** Looks which models there are; progress of a run changes nothing here. */
  private renew(force = false): void {
    const before = this.list;
    this.list = catalogue(this.runs.runs, this.imported.models, ({ id }) => this.runs.elsewhere(id));
    const { inTraining } = this.inUse;
    if (inTraining !== undefined) {
      const run = this.runs.runs.find(({ id }) => runKey(id) === inTraining);
      if (run?.state !== 'running') this.inUse.ended(run?.state === 'done');
    }
    for (const key of [...this.slots.keys()]) {
      const slot = this.slots.get(key)!;
      if (this.list.some((entry) => entry.key === key) || slot.busy || slot.next) continue;
      this.slots.delete(key);
      this.tagger.request({ type: 'unload', key }).catch(() => undefined);
    }
    const told = (entries: readonly ModelEntry[]) =>
      entries.map((entry) => `${entry.key} ${fileVersion(entry)}`).join('\n');
    if (force || told(before) !== told(this.list)) this.change.fire();
  }

  /** The model as it is loaded, if it is; else it soon will be. */
  private loadedOf(entry: ModelEntry | undefined): LoadedModel | undefined {
    if (!entry) return undefined;
    const slot = this.slot(entry.key);
    if (!slot.busy && this.isFileNeeded(entry, slot)) void this.loadFile(entry, slot);
    return slot.loaded;
  }

  private isFileNeeded(entry: ModelEntry, slot: Slot): boolean {
    const { source } = entry;
    const fileThere = source.kind === 'imported' || this.runs.hasCheckpointFile(source.run.id);
    return fileNeeded(entry, { ...slot, loaded: slot.loaded !== undefined }, fileThere);
  }

  private loadFile(entry: ModelEntry, slot: Slot): Promise<void> {
    slot.busy ??= this.loadBytes(entry, slot).finally(() => {
      slot.busy = undefined;
      if (slot.next) slot.busy = this.loadCheckpoints(entry.key, slot);
    });
    return slot.busy;
  }

  private async loadBytes(entry: ModelEntry, slot: Slot): Promise<void> {
    slot.version = fileVersion(entry);
    try {
      this.loaded(
        entry.key,
        slot,
        await this.tagger.request({ type: 'load', key: entry.key, bytes: await this.read(entry) }),
      );
    } catch (error) {
      slot.failed = true;
      this.log.error(
        `The model ${entry.corpusName} · ${entry.column} (${entry.key}) could not be loaded: ${messageOf(error)}`,
      );
    }
  }

  private async loadCheckpoints(key: string, slot: Slot): Promise<void> {
    try {
      while (slot.next && !this.disposed) {
        const bytes = slot.next;
        slot.next = undefined;
        slot.version = 'live';
        this.loaded(key, slot, await this.tagger.request({ type: 'load', key, bytes }));
        await new Promise((resolve) => setTimeout(resolve, loadIntervalMs));
      }
    } catch (error) {
      this.log.error(`A checkpoint could not be loaded for labelling: ${messageOf(error)}`);
    } finally {
      slot.busy = undefined;
      // The run may have ended meanwhile: then its best model is the one to show.
      if (!this.disposed) this.change.fire();
    }
  }

  private loaded(key: string, slot: Slot, info: ModelInfo): void {
    slot.failed = false;
    slot.loaded = { key, info, revision: (slot.loaded?.revision ?? 0) + 1 };
    if (!this.disposed) this.change.fire();
  }
}

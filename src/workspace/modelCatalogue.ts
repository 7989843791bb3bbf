/** Which models there are, and which of them a document shows. */
import type { Scores } from '../training/scores';
import type { ImportedModel } from './readImportedModel';
import { modelVersion } from './runRecord';
import type { RunRecord } from './runRecord';

/** A model that can be chosen, loaded or not. */
export interface ModelEntry {
  /** `run:ID` or `imported:ID`. */
  readonly key: string;
  readonly source:
    | { readonly kind: 'run'; readonly run: RunRecord }
    | { readonly kind: 'imported'; readonly model: ImportedModel };
  /** Id of the corpus that it was trained on. */
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  readonly development?: Scores;
  /** When it was trained or imported, ISO 8601. */
  readonly created: string;
}

export function runKey(id: string): string {
  return `run:${id}`;
}

/** A run as an entry, whether it has a model or not. */
export function catalogueEntry(run: RunRecord): ModelEntry {
  const { id, corpus, corpusName, column, development, created } = run;
  return { key: runKey(id), source: { kind: 'run', run }, corpus, corpusName, column, development, created };
}

/** All models, newest first. A run counts once it has a checkpoint. */
export function catalogue(runs: readonly RunRecord[], imported: readonly ImportedModel[]): ModelEntry[] {
  const ofRuns = runs.filter((run) => modelVersion(run) !== undefined).map(catalogueEntry);
  const ofFiles = imported.map((model): ModelEntry => {
    const { corpus, corpusName, column, development } = model.info;
    return {
      key: `imported:${model.id}`,
      source: { kind: 'imported', model },
      corpus,
      corpusName,
      column,
      development,
      created: model.imported,
    };
  });
  return [...ofRuns, ...ofFiles].sort((a, b) => (a.created < b.created ? 1 : a.created > b.created ? -1 : 0));
}

/** What the tagger has of a model. */
export interface HeldModel {
  /** It can label. */
  readonly loaded: boolean;
  /** Of the file that was loaded, or failed to; `live`: a checkpoint as it came from the trainer. */
  readonly version?: string;
  readonly failed?: boolean;
}

/**
 * Whether a model's file is to be read now. The checkpoints of a run that goes on come from its trainer: its
 * file is read only where there is one, of before it was taken up again, and nothing newer was loaded.
 *
 * @param fileThere whether the file of a run's newest checkpoint is on the disk.
 */
export function fileNeeded(entry: ModelEntry, held: HeldModel, fileThere: boolean): boolean {
  const version = fileVersion(entry);
  if (entry.source.kind === 'run' && entry.source.run.state === 'running')
    return fileThere && !held.loaded && !(held.failed && held.version === version);
  return held.version !== version;
}

/** Which file of a model is meant: a run that goes on has one, a run that is over may have a better one. */
export function fileVersion({ source }: ModelEntry): string {
  if (source.kind === 'imported') return 'file';
  const { run } = source;
  const version = modelVersion(run);
  const moment = version === 'best' ? run.best : run.checkpoint;
  return run.state === 'running' ? 'running' : `${version} ${moment?.step}`;
}

/** Trained to its end, or imported. */
function isFinished({ source }: ModelEntry): boolean {
  return source.kind === 'imported' || source.run.state === 'done';
}

/** The active model: the chosen one, else the newest that is finished, else the newest. */
export function activeEntry(
  entries: readonly ModelEntry[],
  chosen: string | undefined,
): ModelEntry | undefined {
  return entries.find((entry) => entry.key === chosen) ?? entries.find(isFinished) ?? entries[0];
}

/** A corpus's own model: the active one if it was trained there, else its newest run's, a finished one first. */
export function entryOfCorpus(
  entries: readonly ModelEntry[],
  corpus: string,
  chosen: string | undefined,
): ModelEntry | undefined {
  const active = activeEntry(entries, chosen);
  if (active?.corpus === corpus) return active;
  const own = entries.filter((entry) => entry.corpus === corpus && entry.source.kind === 'run');
  return own.find(isFinished) ?? own[0];
}

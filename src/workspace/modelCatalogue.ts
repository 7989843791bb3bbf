/** Which models there are, and which of them a document shows. */
import { modelVersion } from '../record/runRecord';
import type { RunRecord } from '../record/runRecord';
import type { Scores } from '../training/scores';
import type { ImportedModel } from './readImportedModel';

/**
 * A run that another window made while this one was open: it goes on there, or has ended there. It labels
 * here only where it is chosen or there is no other model: what a person sees does not change of itself.
 */
export type RunElsewhere = 'going on' | 'ended';

/** A model that can be chosen, loaded or not. */
export interface ModelEntry {
  /** `run:ID` or `imported:ID`. */
  readonly key: string;
  readonly source:
    | { readonly kind: 'run'; readonly run: RunRecord; readonly elsewhere?: RunElsewhere }
    | { readonly kind: 'imported'; readonly model: ImportedModel };
  /** Id of the corpus that it was trained on. */
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  /** What a person calls it. */
  readonly title?: string;
  readonly development?: Scores;
  /** When it was trained or imported, ISO 8601. */
  readonly created: string;
}

export function runKey(id: string): string {
  return `run:${id}`;
}

/** A run as an entry, whether it has a model or not. */
export function catalogueEntry(run: RunRecord, elsewhere?: RunElsewhere): ModelEntry {
  const { id, corpus, corpusName, column, title, development, created } = run;
  const source = { kind: 'run', run, ...(elsewhere && { elsewhere }) } as const;
  return { key: runKey(id), source, corpus, corpusName, column, title, development, created };
}

/** All models, newest first. A run counts once it has a checkpoint. */
export function catalogue(
  runs: readonly RunRecord[],
  imported: readonly ImportedModel[],
  elsewhere: (run: RunRecord) => RunElsewhere | undefined = () => undefined,
): ModelEntry[] {
  const ofRuns = runs
    .filter((run) => modelVersion(run) !== undefined)
    .map((run) => catalogueEntry(run, elsewhere(run)));
  const ofFiles = imported.map((model): ModelEntry => {
    const { corpus, corpusName, column, development } = model.info;
    return {
      key: `imported:${model.id}`,
      source: { kind: 'imported', model },
      corpus,
      corpusName,
      column,
      title: model.title,
      development,
      created: model.imported,
    };
  });
  return [...ofRuns, ...ofFiles].sort(newestFirst);
}

/** The order of a list of models. */
export function newestFirst(a: ModelEntry, b: ModelEntry): number {
  return a.created < b.created ? 1 : a.created > b.created ? -1 : 0;
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
 * file is read only where there is one, of before it was taken up again, and nothing newer was loaded. Those
 * of a run in another window come from its file alone.
 *
 * @param fileThere whether the file of a run's newest checkpoint is on the disk.
 */
export function fileNeeded(entry: ModelEntry, held: HeldModel, fileThere: boolean): boolean {
  const version = fileVersion(entry);
  if (entry.source.kind === 'run' && goesOnHere(entry.source))
    return fileThere && !held.loaded && !(held.failed && held.version === version);
  return held.version !== version;
}

/** Which file of a model is meant: a run that goes on has one, a run that is over may have a better one. */
export function fileVersion({ source }: ModelEntry): string {
  if (source.kind === 'imported') return 'file';
  if (goesOnHere(source)) return 'running';
  const { run } = source;
  const version = modelVersion(run);
  const moment = version === 'best' ? run.best : run.checkpoint;
  return `${version} ${moment?.step}`;
}

function goesOnHere({ run, elsewhere }: ModelEntry['source'] & { readonly kind: 'run' }): boolean {
  return run.state === 'running' && elsewhere === undefined;
}

/** Trained to its end, or imported. */
function isFinished({ source }: ModelEntry): boolean {
  return source.kind === 'imported' || source.run.state === 'done';
}

function isOfThisWindow({ source }: ModelEntry): boolean {
  return source.kind === 'imported' || source.elsewhere === undefined;
}

/** Of models, newest first: the newest that is finished, else the newest; first those of this window. */
function newestOf(entries: readonly ModelEntry[]): ModelEntry | undefined {
  const own = entries.filter(isOfThisWindow);
  return own.find(isFinished) ?? own.at(0) ?? entries.find(isFinished) ?? entries.at(0);
}

/** The active model: the chosen one, else the newest that is finished, else the newest. */
export function activeEntry(
  entries: readonly ModelEntry[],
  chosen: string | undefined,
): ModelEntry | undefined {
  return entries.find((entry) => entry.key === chosen) ?? newestOf(entries);
}

/** A corpus's own model: the active one if it was trained there, else its newest run's, a finished one first. */
export function entryOfCorpus(
  entries: readonly ModelEntry[],
  corpus: string,
  chosen: string | undefined,
): ModelEntry | undefined {
  const active = activeEntry(entries, chosen);
  if (active?.corpus === corpus) return active;
  return newestOf(entries.filter((entry) => entry.corpus === corpus && entry.source.kind === 'run'));
}

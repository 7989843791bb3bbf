import * as vscode from 'vscode';
import type { Corpus } from '../../corpus/corpus';
import { brat } from '../../corpus/formats/brat';
import type { Doubt } from '../../corpus/queue/doubts';
import { Queue } from '../../corpus/queue/queue';
import type { QueuePlace } from '../../corpus/queue/queue';
import { isInside, touchesLines } from '../../corpus/queue/unseenText';
import type { Stretch, UnseenFile } from '../../corpus/queue/unseenText';
import type { Engine } from '../../engine/engine';
import type { UnseenText } from '../../engine/unseenSources';
import { openedDocument } from '../../workspace/openedDocument';
import type { LoadedModel } from '../../workspace/services';
import type { Settings } from '../../workspace/settings';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import type { AnswerServices } from '../answers/answerPart';
import { doubtsOfDocument } from '../views/doubtsOfDocument';
import type { DisagreementCount, Evidence } from './surestText';

export interface CountServices extends AnswerServices {
  readonly engine: Pick<Engine, 'createReader'>;
  readonly corpora: WorkspaceCorpora;
  readonly settings: Settings;
}

/** How many are gone through at a time: a few minutes of work. */
const atATime = 20;

/** Larger files are left out, as the queue leaves them out. */
const mostBytes = 20_000_000;
/** With more of them, all but the surest are let go. */
const mostPlaces = 20_000;

export interface Disagreements extends DisagreementCount {
  readonly places: readonly QueuePlace[];
}

/**
 * Counts where a model says something else than the text that it was not trained on, and finds of which of that it
 * is surest. The text is read and labelled in workers.
 *
 * @param kept keys of questions that are never asked again.
 * @param isLeftOut whether a place is not to be shown now.
 * @returns why there is no count: it was cancelled, or a file changed meanwhile.
 */
export async function countDisagreements(
  { key, info }: LoadedModel,
  corpus: Corpus,
  services: CountServices,
  kept: ReadonlySet<string>,
  isLeftOut: (place: QueuePlace) => boolean,
  progress: { readonly cancelled: vscode.CancellationToken; readonly done: (share: number) => void },
): Promise<Disagreements | 'cancelled' | 'changed'> {
  const { corpora } = services;
  const files = new Set(corpus.files.map(({ file }) => file));
  let isChanged = false;
  const following = corpora.onDidChangeFile((uri) => (isChanged ||= files.has(uri.toString())));
  const isStopped = (): boolean => isChanged || progress.cancelled.isCancellationRequested;
  const why = (): 'cancelled' | 'changed' =>
    progress.cancelled.isCancellationRequested ? 'cancelled' : 'changed';
  try {
    const { evidence, unseen } = await unseenOf(info, corpus, services, isStopped);
    if (isStopped()) return why();
    const queue = new Queue();
    const asked = { corpus: corpus.id, column: info.column };
    const count = { tokens: 0, spans: 0, sentences: 0, disagreements: 0, suggestions: 0, leftOut: 0 };
    const byFile = filesOf(unseen);
    for (const { file, development, unread } of byFile) {
      const meant = [...(development?.stretches ?? []), ...(unread?.stretches ?? [])];
      const found = await doubtsIn(file, meant, { key, column: info.column }, services, isStopped);
      if (isStopped() || found === 'changed') return why();
      progress.done(1 / byFile.length);
      if (!found) {
        count.leftOut++;
        continue;
      }
      const at = (stretches: readonly Stretch[] = []): Doubt[] =>
        found.doubts.filter(
          ({ isGuess, target }) => !isGuess && isInside(stretches, found.placeAt(target.start)),
        );
      const disagreements = at(development?.stretches);
      const suggestions = at(unread?.stretches).filter(({ gold }) => gold.spans.length === 0);
      count.tokens += development?.tokens ?? 0;
      count.spans += development?.spans ?? 0;
      count.sentences += development?.sentences ?? 0;
      count.disagreements += disagreements.length;
      count.suggestions += suggestions.length;
      queue.set(file, asked, [...disagreements, ...suggestions]);
      if (queue.size > mostPlaces) keepSurest(queue, kept, isLeftOut);
    }
    const isSpans = corpus.columns.find(({ name }) => name === info.column)?.scheme !== 'none';
    return { ...count, evidence, isSpans, places: surestOf(queue, kept, isLeftOut) };
  } finally {
    following.dispose();
  }
}

/** What of a corpus a model has not been trained on, as far as that can be told. */
async function unseenOf(
  info: LoadedModel['info'],
  corpus: Corpus,
  { engine, corpora, settings }: CountServices,
  isStopped: () => boolean,
): Promise<{ evidence: Evidence; unseen: UnseenText }> {
  const named = corpus.files.filter(({ split }) => split === 'development');
  const isTrainedHere = info.corpus === corpus.id;
  const isText = corpus.layout.kind === brat.id;
  const needed = named.length > 0 && !isText ? named : corpus.files;
  const { sources } = await corpora.readFiles(
    needed.map(({ file }) => vscode.Uri.parse(file)),
    isStopped,
  );
  const isNamed = new Set(named.map(({ file }) => file));
  const measured = named.length > 0 ? sources.filter(({ file }) => isNamed.has(file)) : sources;
  const reader = engine.createReader();
  try {
    const { scheme = 'none' } = corpus.columns.find(({ name }) => name === info.column) ?? {};
    const unseen = await reader.unseen({
      files: named.length > 0 || isTrainedHere ? measured : [],
      inProgress: sources.filter(({ companion }) => companion?.inProgress === true),
      replaceInvalidBytes: settings.current.replaceInvalidBytes,
      column: info.column,
      scheme,
      ...(named.length === 0 && info.settings.seed !== undefined && { seed: info.settings.seed }),
    });
    if (named.length > 0) return { evidence: 'development', unseen };
    const sentences = unseen.development.reduce((sum, own) => sum + own.sentences, 0);
    // Where sentences came or went since, others would be drawn: which ones were held out is not known any more.
    const isSame = isTrainedHere && sentences === (info.development?.sentences ?? 0);
    if (!isSame) return { evidence: 'unknown', unseen: { ...unseen, development: [] } };
    return { evidence: sentences === 0 ? 'none' : 'heldOut', unseen };
  } finally {
    reader.dispose();
  }
}

interface UnseenOfFile {
  readonly file: string;
  readonly development?: UnseenFile;
  readonly unread?: UnseenFile;
}

function filesOf({ development, unread }: UnseenText): UnseenOfFile[] {
  const files = new Map<string, UnseenOfFile>();
  for (const own of development) files.set(own.file, { file: own.file, development: own });
  for (const own of unread) files.set(own.file, { ...files.get(own.file), file: own.file, unread: own });
  return [...files.values()];
}

/** Undefined for a file that is too large, or cannot be opened. */
async function doubtsIn(
  file: string,
  stretches: readonly Stretch[],
  judge: { readonly key: string; readonly column: string },
  services: CountServices,
  isStopped: () => boolean,
): Promise<
  | { readonly doubts: readonly Doubt[]; placeAt(offset: number): { line: number; column: number } }
  | 'changed'
  | undefined
> {
  const uri = vscode.Uri.parse(file);
  const size = await Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    (stat) => stat.size,
    () => Infinity,
  );
  const document = size <= mostBytes ? await openedDocument(uri) : undefined;
  if (!document) return undefined;
  const parts = await doubtsOfDocument(document, judge, services, isStopped, (range) =>
    touchesLines(stretches, range),
  );
  if (!parts) return 'changed';
  return {
    doubts: parts.flatMap(({ doubts }) => doubts),
    placeAt: (offset) => {
      const { line, character } = document.positionAt(offset);
      return { line, column: character };
    },
  };
}

function surestOf(
  queue: Queue,
  kept: ReadonlySet<string>,
  isLeftOut: (place: QueuePlace) => boolean,
): QueuePlace[] {
  return queue
    .surest(kept)
    .filter((place) => !isLeftOut(place))
    .slice(0, atATime);
}

function keepSurest(
  queue: Queue,
  kept: ReadonlySet<string>,
  isLeftOut: (place: QueuePlace) => boolean,
): void {
  const surest = surestOf(queue, kept, isLeftOut);
  for (const file of queue.files) {
    const own = surest.filter((place) => place.file === file);
    if (own.length === 0) queue.forget(file);
    else
      queue.set(
        file,
        own[0],
        own.map(({ doubt }) => doubt),
      );
  }
}

/**
 * What other extensions get from RNN Tagger: copy this file into yours.
 *
 *     const extension = vscode.extensions.getExtension<RnnTaggerExtension>('rnn-tagger.rnn-tagger');
 *     const api = (await extension?.activate())?.getAPI(1);
 *
 * All that comes out is plain data of its own: to change it changes nothing in RNN Tagger. Lines, characters
 * and tokens are counted from 0, characters in UTF-16 units; an end is exclusive.
 */
import type { CancellationToken, Event, TextDocument, Uri } from 'vscode';

/** What `activate()` of the extension resolves to. */
export interface RnnTaggerExtension {
  /** @throws RnnTaggerError `unknown-version`, which says which versions there are. */
  getAPI(version: 1): API;
}

/**
 * Version 1. Promises reject with a {@link RnnTaggerError}, or with VS Code's `CancellationError` where their
 * token was cancelled. Nothing here asks the user anything.
 */
export interface API {
  readonly version: 1;
  /** Resolves once the corpora were read for the first time, and the runs of earlier sessions are known. */
  readonly ready: Thenable<void>;
  /** Those that are read so far. */
  readonly corpora: readonly Corpus[];
  /** Fires when corpora were found, changed or went. */
  readonly onDidChangeCorpora: Event<void>;
  /** Newest first. One that goes on has the state `running`. */
  readonly runs: readonly Run[];
  /** Fires when a run begins, gets on or ends, and when one is renamed or deleted: up to ten times a second. */
  readonly onDidChangeRuns: Event<void>;
  /**
   * Trains a model, as **Train on Workspace** does, and resolves once the run has ended: `done`, `stopped`, or
   * `diverged`. Where the token is cancelled, the run is stopped, keeps what it has learned, and is resolved to;
   * before it has begun, the promise rejects.
   *
   * @throws RnnTaggerError `not-trusted` in Restricted Mode; `busy` while another run goes on; `not-found`,
   * `ambiguous`, `invalid-argument` and `unreadable-rows` by what the options say; `failed` where the run fails.
   */
  train(options?: TrainOptions, token?: CancellationToken): Thenable<Run>;
  /**
   * Labels a document as it is now: rows of a corpus, Markdown, or plain text. The file is not changed.
   *
   * @throws RnnTaggerError `no-model` where there is none yet; `not-found` where the document or the model is not
   * there.
   */
  labelDocument(
    document: TextDocument | Uri,
    options?: LabelOptions,
    token?: CancellationToken,
  ): Thenable<LabelledDocument>;
  /**
   * Labels plain text, by default with the active model (**Choose Model**).
   *
   * @throws RnnTaggerError as {@link labelDocument}; `invalid-argument` for over 5,000,000 characters.
   */
  labelText(text: string, options?: LabelOptions, token?: CancellationToken): Thenable<Labelling>;
  /** What the last **Find Label Errors** found and is still open, the surest first; undefined before the first. */
  readonly labelErrors: LabelErrors | undefined;
  /** Fires when label errors were found, changed by an edit, or decided on. */
  readonly onDidChangeLabelErrors: Event<void>;
}

/** An error with a code to tell it by. Its message is for the user. */
export interface RnnTaggerError extends Error {
  readonly name: 'RnnTaggerError';
  readonly code: ErrorCode;
}

/**
 * - `unknown-version`: `getAPI` has no such version.
 * - `not-trusted`: the workspace is in Restricted Mode, where nothing is trained.
 * - `invalid-argument`: the message names what is wrong, and what would do.
 * - `not-found`: there is no such corpus, column, model or document; the message says what there is.
 * - `ambiguous`: several corpora or columns fit; the message lists them.
 * - `unreadable-rows`: more than 2 % of a file's rows cannot be read: see {@link TrainOptions.allowLeftOut}.
 * - `busy`: another run goes on.
 * - `no-model`: there is no model to label with.
 * - `failed`: training or labelling failed.
 * - `disposed`: RNN Tagger was deactivated.
 */
export type ErrorCode =
  | 'unknown-version'
  | 'not-trusted'
  | 'invalid-argument'
  | 'not-found'
  | 'ambiguous'
  | 'unreadable-rows'
  | 'busy'
  | 'no-model'
  | 'failed'
  | 'disposed';

export interface Corpus {
  /** Stays the same while its folder and the columns of its files do. */
  readonly id: string;
  readonly name: string;
  readonly format: string;
  readonly tokens: number;
  readonly sentences: number;
  readonly files: readonly CorpusFile[];
  /** Columns that can be learned. */
  readonly columns: readonly LabelColumn[];
}

export interface CorpusFile {
  readonly uri: string;
  readonly split?: 'training' | 'development' | 'test';
  readonly tokens: number;
  readonly sentences: number;
}

export interface LabelColumn {
  readonly name: string;
  /** The labels mark spans, such as names. */
  readonly spans: boolean;
  /** The most frequent first. */
  readonly labels: readonly { readonly label: string; readonly count: number }[];
}

export interface Run {
  readonly id: string;
  /** The name that a person gave it, else its corpus and column. */
  readonly title: string;
  /** The id of its corpus. */
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  /** `interrupted`: it was cut off, and can go on. */
  readonly state: 'running' | 'done' | 'stopped' | 'diverged' | 'failed' | 'interrupted';
  /** ISO 8601. */
  readonly created: string;
  /** It has a model to label with. */
  readonly hasModel: boolean;
  readonly epoch: number;
  readonly step: number;
  /** Of training, without pauses. */
  readonly seconds: number;
  readonly device?: string;
  /** Why it failed, diverged or ended early. */
  readonly message?: string;
  readonly development?: Scores;
  readonly test?: Scores;
}

/** Shares are from 0 to 1. */
export interface Scores {
  readonly tokens: number;
  readonly sentences: number;
  /** Mean cross-entropy per token, in nats. */
  readonly loss: number;
  readonly accuracy: number;
  /** Where labels mark spans. */
  readonly spans?: { readonly precision: number; readonly recall: number; readonly f1: number };
}

export interface TrainOptions {
  /** A corpus, by id or name. Not needed where there is one. */
  readonly corpus?: string;
  /** A label column, by name. Not needed where there is one. */
  readonly column?: string;
  /** Settings of this run only, as in `rnnTagger.training`: `{ "epochs": 10, "hidden": 64 }`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Train although more than 2 % of a file's rows cannot be read. */
  readonly allowLeftOut?: boolean;
}

export interface LabelOptions {
  /** The id of a run. Without it, the model whose labels the editor shows. */
  readonly run?: string;
}

export interface Labelling {
  readonly model: LabellingModel;
  readonly sentences: readonly LabelledSentence[];
}

export interface LabelledDocument extends Labelling {
  readonly uri: string;
  /** Of the document whose text was labelled: it may have changed meanwhile. */
  readonly version: number;
}

export interface LabellingModel {
  /** The id of its run; an imported model has none. */
  readonly run?: string;
  readonly corpusName: string;
  readonly column: string;
  readonly labels: readonly string[];
}

export interface LabelledSentence {
  readonly tokens: readonly LabelledToken[];
  /** Where labels mark spans. */
  readonly spans: readonly LabelledSpan[];
}

export interface LabelledToken {
  readonly text: string;
  readonly line: number;
  readonly startCharacter: number;
  readonly endCharacter: number;
  readonly label: string;
  readonly probability: number;
  /** What the file says, in rows of a corpus. */
  readonly gold?: string;
}

export interface LabelledSpan {
  readonly type: string;
  readonly text: string;
  /** Its tokens, counted in the sentence. */
  readonly start: number;
  readonly end: number;
  readonly probability: number;
}

export interface LabelErrors {
  readonly column: string;
  /** At most 500. */
  readonly findings: readonly LabelError[];
}

export interface LabelError {
  readonly uri: string;
  readonly line: number;
  readonly startCharacter: number;
  readonly endCharacter: number;
  readonly word: string;
  readonly gold: string;
  readonly suggested: string;
  /** From 0 to 1: how sure it is that the label is wrong. No probability. */
  readonly score: number;
}

/** What the workspace layer offers to the layers above it. */
import type * as vscode from 'vscode';
import type { Corpus } from '../corpus/corpus';
import type { ModelInfo } from '../engine/taggerProtocol';

/** The corpora of all workspace folders, kept up to date as files and editors change. */
export interface CorpusIndex {
  readonly corpora: readonly Corpus[];
  readonly onDidChange: vscode.Event<void>;
  /** Fires when a file that was found is another by now, in an editor or on the disk. */
  readonly onDidChangeFile: vscode.Event<vscode.Uri>;
  /** Resolves once the first scan is done. */
  readonly ready: Promise<void>;
  corpusOf(uri: vscode.Uri): Corpus | undefined;
  /** Rises whenever what is known of corpora changes. */
  readonly revision: number;
  /** The text and the annotations that a file of a corpus is one of, as they are now; of others undefined. */
  annotatedText(uri: vscode.Uri): Promise<AnnotatedText | undefined>;
}

/** A text, and what annotates it in a file of its own. */
export interface AnnotatedText {
  readonly text: string;
  readonly annotations: string;
}

/** What is known of who labels, a trained model or not. */
export interface LabellingInfo extends Omit<ModelInfo, 'settings' | 'features'> {
  /** The seed where a run drew what it held out. */
  readonly settings: Pick<ModelInfo['settings'], 'columns'> & { readonly seed?: number };
}

/** A model that the tagger holds, ready to label with. */
export interface LoadedModel {
  /** Its key in the tagger's requests. */
  readonly key: string;
  readonly info: LabellingInfo;
  /** Rises with each checkpoint: labels of an older revision are stale. */
  readonly revision: number;
  /** The same text may have other labels at another place. */
  readonly isOfPlaces?: boolean;
}

/** The models of this workspace's runs and the imported ones, loaded as they are needed. */
export interface ModelLibrary {
  /** Fires when a newer checkpoint was loaded, another model was chosen, or one was removed. */
  readonly onDidChange: vscode.Event<void>;
  /** The keys of the models that may label: those there are, and those that are loaded. */
  readonly keys: ReadonlySet<string>;
  /** The model whose labels a document shows: a corpus file's own, any other text's the active one. */
  modelFor(document: Pick<vscode.TextDocument, 'uri'>): LoadedModel | undefined;
  /** There is a model, or a run is going on that makes one. */
  readonly hasModel: boolean;
  /** The active model (Choose Model), for text that is of no corpus. */
  readonly active: LoadedModel | undefined;
}

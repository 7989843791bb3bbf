import * as vscode from 'vscode';
import type { Corpus } from '../corpus/corpus';
import type { ChatModels } from '../editor/suggestions/chatModels';
import type { RunRecord } from '../record/runRecord';
import type { ExtensionApi } from './extensionApi';
import type { RnnTaggerExtension } from './rnn-tagger';

/** What the project's own tests and benchmarks look at. Nobody else is to: it changes at any time. */
export interface ForTests {
  /** Resolves once the corpora were read for the first time, and the runs of earlier sessions are known. */
  readonly ready: Promise<void>;
  readonly corpora: readonly Corpus[];
  /** Newest first; a run that goes on is the first one, with state `running`. */
  readonly runs: readonly RunRecord[];
  /** Fires when a run begins, goes on or ends. */
  readonly onDidChangeRuns: vscode.Event<void>;
  /** Where runs are kept, and what saves are about to do. */
  readonly storage: vscode.Uri;
  /** What is remembered for all workspaces, such as how fast devices are. */
  readonly remembered: vscode.Memento;
  /** Has labels suggested by other language models than those of VS Code; without any, by those again. */
  useChatModels(models?: ChatModels): void;
}

/** What the extension exports. */
export interface Exports extends RnnTaggerExtension {
  /** Not there in an extension that was installed. */
  readonly forTests?: ForTests;
}

/** What {@link ForTests} is made of. */
interface Inside {
  readonly corpora: { readonly corpora: readonly Corpus[] };
  readonly runs: { readonly runs: readonly RunRecord[] };
  readonly training: { readonly onDidChange: vscode.Event<void> };
  readonly ready: Promise<void>;
  readonly useChatModels: ForTests['useChatModels'];
}

export function extensionExports(
  api: ExtensionApi,
  { extensionMode, storageUri, globalStorageUri, globalState }: vscode.ExtensionContext,
  { corpora, runs, training, ready, useChatModels }: Inside,
): Exports {
  const getAPI: RnnTaggerExtension['getAPI'] = (version) => api.getAPI(version);
  if (extensionMode === vscode.ExtensionMode.Production) return Object.freeze({ getAPI });
  const forTests: ForTests = {
    ready,
    get corpora() {
      return corpora.corpora;
    },
    get runs() {
      return runs.runs;
    },
    onDidChangeRuns: training.onDidChange,
    storage: storageUri ?? globalStorageUri,
    remembered: globalState,
    useChatModels,
  };
  return Object.freeze({ getAPI, forTests });
}

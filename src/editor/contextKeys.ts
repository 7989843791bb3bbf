import * as vscode from 'vscode';
import { brat } from '../corpus/formats/brat';
import { annotationsOfText } from '../corpus/formats/standoffNames';
import type { WorkspaceModels } from '../workspace/modelLibrary';
import type { RunStore } from '../workspace/runStore';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { foldersAbove } from '../workspace/workspacePaths';
import type { TrainingController } from './trainingController';

/**
 * Keeps the keys that menus and the command palette ask for: `rnnTagger.corpusFiles` and
 * `rnnTagger.corpusFolders` (paths as `resourcePath`),
 * `rnnTagger.hasCorpora`, `rnnTagger.hasModels`, `rnnTagger.run` (`none`, `running`, `paused`) and
 * `rnnTagger.canResume`.
 */
export function maintainContextKeys(
  corpora: WorkspaceCorpora,
  models: WorkspaceModels,
  training: TrainingController,
  runs: RunStore,
): vscode.Disposable {
  const last = new Map<string, string>();
  const set = (name: string, value: unknown) => {
    const text = JSON.stringify(value);
    if (last.get(name) === text) return;
    last.set(name, text);
    void vscode.commands.executeCommand('setContext', `rnnTagger.${name}`, value);
  };
  // While thousands of files are read, this is asked for again and again.
  let paths = new Map<string, readonly string[]>();
  let pathsBefore = paths;
  const pathsOf = (file: string): readonly string[] => {
    const known = paths.get(file) ?? pathsBefore.get(file) ?? resourcePaths(file);
    paths.set(file, known);
    return known;
  };
  const ofCorpora = () => {
    // Some are enough until all are read.
    if (last.has('corpusFiles') && (corpora.progress?.found ?? 0) > manyFiles) return;
    // Of files that are gone nothing is kept.
    [pathsBefore, paths] = [paths, new Map()];
    const files = corpora.corpora.flatMap((corpus) => corpus.files.map(({ file }) => file));
    const folders = foldersAbove(
      files,
      (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()),
    );
    const annotations = corpora.corpora.flatMap(({ layout, files: own }) =>
      layout.kind === brat.id ? own.flatMap(({ file }) => annotationsOfText(file) ?? []) : [],
    );
    set('corpusFiles', [...files, ...annotations].flatMap(pathsOf));
    set('corpusFolders', [...folders].flatMap(pathsOf));
    set('hasCorpora', files.length > 0);
  };
  const ofModels = () => set('hasModels', models.entries.length > 0);
  const ofTraining = () => {
    set('run', training.state);
    set('canResume', training.resumable !== undefined);
  };
  ofCorpora();
  ofModels();
  ofTraining();
  return vscode.Disposable.from(
    corpora.onDidChange(ofCorpora),
    models.onDidChange(ofModels),
    models.onDidChange(ofTraining),
    training.onDidChange(ofTraining),
    runs.onDidChange(ofTraining),
  );
}

/** To tell VS Code of so many files takes a moment, in which nothing else is done. */
const manyFiles = 500;

/**
 * What `resourcePath` is of a file: its path in the file system where the window runs on the same machine,
 * else its URI's path. (`resource` will not do: to a remote window the URI is another one.)
 */
function resourcePaths(file: string): string[] {
  const uri = vscode.Uri.parse(file);
  return uri.fsPath === uri.path ? [uri.path] : [uri.fsPath, uri.path];
}

/** What the extension tests share: the sample workspace's files, the extension's API, what is drawn. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Exports, ForTests } from '../../src/api/extensionExports';
import { renderedLabels } from '../../tools/vscode/renderedLabels.mjs';
import type { RenderedLine } from '../../tools/vscode/renderedLabels.mjs';
import { until } from '../until';
import { workbench } from './workbenchClient';

export const corpora = { upos: 'UD_English-EWT', names: 'WNUT17' };
export const files = {
  upos: 'UD_English-EWT/en_ewt-excerpt-dev.conllu',
  names: 'WNUT17/emerging.dev.conll',
  letter: 'letter.txt',
  notes: 'notes.md',
};

export async function extensionExports(): Promise<Exports> {
  const extension = vscode.extensions.getExtension<Exports>('rnn-tagger.rnn-tagger');
  assert.ok(extension, 'the extension is not installed');
  return extension.activate();
}

export async function activated(): Promise<ForTests> {
  const { forTests } = await extensionExports();
  assert.ok(forTests, 'the extension was not started for tests');
  await forTests.ready;
  return forTests;
}

export function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function show(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(workspaceFile(name));
  return vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
}

/** VS Code does not show a message that comes within 800 ms of three others. */
const clearMs = 1_000;

/** Takes away what messages there are, and waits till VS Code shows the next one. */
export async function clearMessages(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  await new Promise((resolve) => setTimeout(resolve, clearMs));
}

/** The lines of a file that are on screen, with the labels that are drawn in them. */
export async function drawn(file: string): Promise<RenderedLine[]> {
  const lines = await workbench.evaluate(renderedLabels as () => never[], []);
  return (lines as RenderedLine[]).filter((line) => line.file.endsWith(`/${file}`) && line.line > 0);
}

export function labelled(file: string): Promise<RenderedLine[]> {
  return until(`labels in ${file}`, async () => {
    const lines = await drawn(file);
    return lines.some(({ labels }) => labels.length > 0) && lines;
  });
}

/** Trains to the end, with few and small epochs unless told otherwise. */
export async function train(
  api: ForTests,
  options: Record<string, unknown>,
): Promise<ForTests['runs'][number]> {
  // Of many runs the oldest are deleted, so that their number may stay the same.
  const before = api.runs[0]?.id;
  await vscode.commands.executeCommand('rnnTagger.train', { hidden: 16, epochs: 2, seed: 1, ...options });
  return endOfRunAfter(api, before);
}

/** Resolves once a run has ended that is newer than the one with that id. */
export function endOfRunAfter(api: ForTests, before: string | undefined): Promise<ForTests['runs'][number]> {
  return until('the run’s end', () => {
    const [run] = api.runs;
    return run && run.id !== before && run.state !== 'running' && run;
  });
}

/** Exports a run's model to a file, and gives its bytes. */
export async function exportedModel(run: string): Promise<Uint8Array> {
  const file = workspaceFile('exported.safetensors');
  await vscode.commands.executeCommand('rnnTagger.exportModel', { model: `run:${run}`, file });
  try {
    return await vscode.workspace.fs.readFile(file);
  } finally {
    await vscode.workspace.fs.delete(file);
  }
}

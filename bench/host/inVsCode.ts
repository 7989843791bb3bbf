/**
 * Runs inside VS Code's extension host, in place of tests: trains with the extension's own command, and
 * watches the event loop.
 */
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Exports } from '../../src/api/extensionExports';
import { watchEventLoop } from './eventLoop';
import type { VsCodeRequest } from './realHost.mjs';

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const { file, seconds, result } = JSON.parse(process.env.RNN_TAGGER_BENCH_HOST ?? '') as VsCodeRequest;
  const extension = vscode.extensions.getExtension<Exports>('rnn-tagger.rnn-tagger');
  if (!extension) throw new Error('The extension is not there.');
  const { forTests: api } = await extension.activate();
  if (!api) throw new Error('The extension was not started for tests.');
  await api.ready;
  await vscode.window.showTextDocument(vscode.Uri.file(file));
  const idle = await watchEventLoop(Math.min(seconds, 3));
  const trained = vscode.commands.executeCommand('rnnTagger.train', {
    column: 'UPOS',
    hidden: 128,
    epochs: 1000,
  });
  const training = await watchEventLoop(seconds);
  const [record] = api.runs;
  if (record?.state !== 'running')
    throw new Error(`The run is not running: ${record?.state ?? 'there is none'}. ${record?.message ?? ''}`);
  writeFileSync(result, JSON.stringify({ idle, training, steps: record.step, device: record.device }));
  await vscode.commands.executeCommand('rnnTagger.stop');
  await trained;
}

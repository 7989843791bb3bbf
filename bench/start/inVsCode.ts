/**
 * Runs inside VS Code's extension host, in place of tests: trains on the sample as a new user does, and has the page
 * say when the first label is on screen.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Exports } from '../../src/api/extensionExports';
import { watchOpening } from '../editor/window';
import type { StartFigures, StartRequest } from './startFigures';

/** What opening a window and a file set going is done by then. */
const settleMs = 3_000;

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const { file, result } = JSON.parse(process.env.RNN_TAGGER_BENCH_START ?? '') as StartRequest;
  const extension = vscode.extensions.getExtension<Exports>('rnn-tagger.rnn-tagger');
  if (!extension) throw new Error('The extension is not there.');
  const { forTests: api } = await extension.activate();
  if (!api) throw new Error('The extension was not started for tests.');
  await api.ready;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(folder.uri, file));
  await sleep(settleMs);
  const began = performance.now();
  let firstStep: number | undefined;
  const looking = setInterval(() => {
    if ((api.runs.at(0)?.step ?? 0) > 0) firstStep ??= performance.now() - began;
  }, 5);
  const { shown, labelled } = await watchOpening(file, () =>
    vscode.commands.executeCommand('rnnTagger.train', { column: 'UPOS' }),
  );
  const [record] = api.runs;
  if (!shown || !labelled) throw new Error(`No label came: the run is ${record?.state ?? 'not there'}.`);
  while (api.runs[0]?.state === 'running') await sleep(20);
  const end = performance.now() - began;
  clearInterval(looking);
  const figures: StartFigures = {
    firstStep: firstStep ?? NaN,
    firstLabel: labelled - shown,
    end,
    device: api.runs[0]?.device ?? '',
    training: (api.runs[0]?.seconds ?? NaN) * 1_000,
  };
  writeFileSync(result, JSON.stringify(figures));
}

/**
 * Runs inside VS Code's extension host, in place of tests: has the extension find, read and train on a
 * workspace of many files, and watches the event loop and the memory of the extension host.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Exports, ForTests } from '../../src/api/extensionExports';
import type { ScaleFigures, ScaleRequest } from './scaleBenchmark';

/** How often it is looked whether something has come about, and how long. */
const lookEveryMs = 20;
const longestWaitMs = 300_000;

const steps: ScaleFigures['steps'][number][] = [];

/** @param work gives the milliseconds that count, where they are not all. */
async function measure(what: string, work: () => Promise<unknown>): Promise<void> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const began = performance.now();
  const own = await work();
  const seconds = (typeof own === 'number' ? own : performance.now() - began) / 1000;
  delays.disable();
  const longestGapMs = Math.max(0, delays.max / 1e6 - 1);
  steps.push({ what, seconds, longestGapMs, peakBytes: process.resourceUsage().maxRSS * 1024 });
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (const began = performance.now(); !condition(); await sleep(lookEveryMs))
    if (performance.now() - began > longestWaitMs) throw new Error(`No sign of this in time: ${what}`);
}

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const request = JSON.parse(process.env.RNN_TAGGER_BENCH_SCALE ?? '') as ScaleRequest;
  const { include, tokens, changed, result } = request;
  const extension = vscode.extensions.getExtension<Exports>('rnn-tagger.rnn-tagger');
  if (!extension) throw new Error('The extension is not there.');
  const { forTests: api } = await extension.activate();
  if (!api) throw new Error('The extension was not started for tests.');
  await api.ready;
  const bytesBefore = process.memoryUsage().rss;
  const allTokens = (): number => api.corpora.reduce((sum, corpus) => sum + corpus.tokens, 0);
  await measure('idle', () => sleep(2000));
  await measure('find and read', async () => {
    const settings = vscode.workspace.getConfiguration('rnnTagger');
    await settings.update('corpora.include', include, vscode.ConfigurationTarget.Global);
    await until(() => allTokens() === tokens, `${tokens} tokens`);
  });
  await measure('read one file that has changed', async () => {
    appendFileSync(changed, '\nchanged NN B-NP O\n');
    await until(() => allTokens() === tokens + 1, 'the changed file');
  });
  await trainAndStop(api, request);
  writeFileSync(result, JSON.stringify({ steps, bytesBefore } satisfies ScaleFigures));
}

async function trainAndStop(api: ForTests, { columns, columnTokens }: ScaleRequest): Promise<void> {
  const corpus = api.corpora.find((candidate) => candidate.tokens === columnTokens + 1);
  if (!corpus) throw new Error(`There is no corpus of ${columnTokens + 1} tokens in ${columns}.`);
  const train = async (settings: object = {}): Promise<Thenable<unknown>[]> => {
    const before = api.runs[0]?.id;
    const asked = { corpus: corpus.id, column: 'NER', epochs: 1, ...settings };
    const run = vscode.commands.executeCommand('rnnTagger.train', asked);
    await until(() => api.runs[0]?.id !== before, 'a run');
    return [run];
  };
  const stop = async (run: readonly Thenable<unknown>[]): Promise<void> => {
    await vscode.commands.executeCommand('rnnTagger.stop');
    await Promise.all(run);
    await until(() => api.runs[0]?.state !== 'running', 'the end of the run');
  };
  await measure('stop while files are read for training', async () => {
    const run = await train();
    const began = performance.now();
    await stop(run);
    return performance.now() - began;
  });
  let run: readonly Thenable<unknown>[] = [];
  // A small network on one device, so that the memory is the corpus's: it has started when labels are counted.
  await measure('read and encode, for a small network', async () => {
    run = await train({ device: 'webasm', hidden: 8, input: 'one-hot' });
    await until(() => api.runs[0]?.labels !== undefined, 'the start of training');
  });
  await stop(run);
  await measure('the same with the defaults, to the first step', async () => {
    run = await train();
    await until(() => (api.runs[0]?.step ?? 0) > 0, 'a step');
  });
  await stop(run);
}

/**
 * Plays the extension host: a Node process whose event loop is watched while a training run goes on in worker
 * threads, with its events handled as the extension does: the run's record, history and checkpoints on disk,
 * each checkpoint loaded into the tagger at most once a second, and what is on screen labelled again.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../src/common/errors';
import { detectLayout } from '../../src/corpus/formats/detect';
import { createNodeEngine } from '../../src/engine/node/nodeEngine';
import { completeSettings } from '../../src/training/defaults';
import { nodeStorage } from '../../src/workspace/nodeStorage';
import { RunSession } from '../../src/workspace/runSession';
import { RunStore } from '../../src/workspace/runStore';
import { inProject } from '../../tools/paths.mjs';
import { temporaryFolder } from '../../tools/vscode/profile.mjs';
import { watchEventLoop } from './eventLoop';
import type { HostAnswer, HostRequest } from './hostBenchmark';

/** Least time between two checkpoints in the tagger, as in the extension. */
const loadIntervalMs = 1000;
/** What an editor shows at once, with what lies around it. */
const shownRows = 200;

async function measure({ place, files, seconds }: HostRequest): Promise<HostAnswer> {
  const idle = await watchEventLoop(Math.min(seconds, 3));
  const engine = createNodeEngine({ distFolder: inProject('dist'), threads: 1 });
  const tagger = engine.createTagger();
  const store = new RunStore(nodeStorage(temporaryFolder('bench')), {
    keep: () => 10,
    log: (message) => process.stderr.write(`${message}\n`),
    window: { id: 'bench', pid: process.pid, now: Date.now },
  });
  const settings = completeSettings({
    device: place.device,
    threads: place.threads,
    hidden: 128,
    epochs: 1000,
  });
  const names = { corpus: 'bench', corpusName: 'bench', column: 'UPOS' };
  const { id } = store.create({ ...names, settings, spans: false });
  const sources = files.map((file) => ({
    file,
    path: `corpus/${path.basename(file)}`,
    content: new Uint8Array(readFileSync(file)),
  }));
  const text = readFileSync(files[0], 'utf8').split('\n').slice(0, shownRows).join('\n');
  const layout = detectLayout(files[0], text);
  if (!layout) throw new Error(`${files[0]} was not read as a corpus.`);

  const session = new RunSession(id, store);
  session.follow(engine.train({ ...names, files: sources, replaceInvalidBytes: false }, settings));
  let labelled = 0;
  let loading: Promise<void> | undefined;
  let newest: Uint8Array<ArrayBuffer> | undefined;
  let over = false;
  const load = async (): Promise<void> => {
    for (let bytes = newest; bytes && !over; bytes = newest) {
      newest = undefined;
      await tagger.request({ type: 'load', key: id, bytes });
      labelled += (
        await tagger.request({ type: 'tag', key: id, input: { kind: 'rows', text, firstLine: 0, layout } })
      ).length;
      await sleep(loadIntervalMs);
    }
    loading = undefined;
  };
  // Of the run or of the tagger: there is nothing to measure then.
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  session.onEvent((event) => {
    if (event.type !== 'checkpoint') return;
    newest = event.bytes;
    loading ??= load().catch(fail);
  });
  void session.finished.then((error) =>
    fail(new Error(error?.message ?? 'The run ended before it was measured.')),
  );
  const training = await Promise.race([watchEventLoop(seconds), failed]);
  // What is being labelled is labelled to its end: a tagger that goes meanwhile would count as a failure.
  over = true;
  const record = store.run(id);
  session.dispose();
  await loading;
  tagger.dispose();
  await store.flush();
  return {
    type: 'measured',
    idle,
    training,
    labelled,
    steps: record?.step ?? 0,
    device: record?.device ?? '',
  };
}

process.once('message', (request: HostRequest) => {
  void measure(request)
    .catch((error: unknown): HostAnswer => ({
      type: 'failed',
      message: messageOf(error),
    }))
    .then((answer) => process.send?.(answer, () => process.exit()));
});

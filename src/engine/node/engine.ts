/** The engine in Node worker threads: for the desktop, remote hosts and the command line. */
import path from 'node:path';
import type { Answer, Call } from '../calls';
import { Caller } from '../calls';
import type { Engine } from '../engine';
import type { ReaderRequest, ScanResult, TaggerRequest, TrainerEvent, TrainerRequest } from '../protocol';
import { TaggerClient } from '../taggerClient';
import { WorkerTrainingRun } from '../trainingRun';
import { ownedBuffers } from '../transfer';
import { startWorkerThread } from './workerThread';

export interface NodeEngineOptions {
  /** The folder with the bundled workers: reader.js, tagger.js, trainer.js. */
  readonly distFolder: string;
}

export function createNodeEngine({ distFolder }: NodeEngineOptions): Engine {
  const script = (name: string): string => path.join(distFolder, `${name}.js`);
  return {
    createReader: () => {
      const caller = new Caller<ReaderRequest>(() => startWorkerThread<Call<ReaderRequest>, Answer>(script('reader'), 'corpus reader'));
      return {
        scan: (request) => caller.call({ type: 'scan', ...request }, ownedBuffers(request.changed.map(({ content }) => content))) as Promise<ScanResult>,
        dispose: () => caller.dispose(),
      };
    },
    createTagger: () => new TaggerClient(() => startWorkerThread<Call<TaggerRequest>, Answer>(script('tagger'), 'tagger')),
    train: (data, settings, checkpoint) =>
      new WorkerTrainingRun(startWorkerThread<TrainerRequest, TrainerEvent>(script('trainer'), 'trainer'), data, settings, checkpoint),
  };
}

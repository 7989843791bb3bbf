/** The engine in Node's worker threads: for the extension and the command line. */
import path from 'node:path';
import { version } from '../../../package.json';
import { devicesIn } from '../../kernels/registry';
import type { TrainerBackend } from '../backend';
import { Caller } from '../calls';
import type { Answer, Call } from '../calls';
import type { DeviceChoices } from '../deviceChoice';
import type { Engine, Reader } from '../engine';
import { startLabelErrorSearch } from '../labelErrorSearch';
import type { ReaderAnswers, ReaderRequest } from '../readerProtocol';
import { SupervisedRun } from '../supervisedRun';
import { TaggerClient } from '../taggerClient';
import type { TaggerRequest } from '../taggerProtocol';
import type { TrainerEvent, TrainerRequest } from '../trainerProtocol';
import { ownedBuffers } from '../transfer';
import { machineMemoryBytes, machineName } from './machine';
import { threadsFor } from './threads';
import { startWorkerThread } from './workerThread';

export interface NodeEngineOptions {
  /** The folder with the bundled workers: reader.js, tagger.js, trainer.js. */
  readonly distFolder: string;
  /** Threads that a run takes whose settings leave it open (0). */
  readonly threads: number;
  /** The backend that trains on a GPU, where there is one. */
  readonly gpu?: TrainerBackend;
  /** Remembers the devices that `auto` chose; without it, each run measures. */
  readonly choices?: DeviceChoices;
  /** Hears of settings that cannot be followed on this machine: in words, once for each run. */
  readonly tell?: (message: string) => void;
  /** Bytes of memory; those of this machine where it is missing. */
  readonly memoryBytes?: number;
}

export function createNodeEngine({
  distFolder,
  threads,
  gpu,
  choices,
  tell = () => undefined,
  memoryBytes = machineMemoryBytes(),
}: NodeEngineOptions): Engine {
  const script = (name: string): string => path.join(distFolder, `${name}.js`);
  const node: TrainerBackend = {
    devices: devicesIn('node'),
    open: async () => startWorkerThread<TrainerRequest, TrainerEvent>(script('trainer'), 'trainer'),
  };
  const installation = { machine: machineName(), version };
  return {
    createReader: () => createReader(script('reader')),
    createTagger: () =>
      new TaggerClient(() => startWorkerThread<Call<TaggerRequest>, Answer>(script('tagger'), 'tagger')),
    findLabelErrors: (request, progress) =>
      startLabelErrorSearch(
        startWorkerThread(script('labelErrors'), 'search for label errors'),
        { ...request, threads: threadsFor(request.threads, threads, tell) },
        progress,
      ),
    train: (data, settings, checkpoint) =>
      new SupervisedRun({
        backends: { node, gpu },
        data,
        settings,
        threads: threadsFor(settings.threads, threads, tell),
        checkpoint,
        memoryBytes,
        installation,
        choices,
      }),
  };
}

function createReader(script: string): Reader {
  const caller = new Caller<ReaderRequest, ReaderAnswers>(() =>
    startWorkerThread<Call<ReaderRequest>, Answer>(script, 'corpus reader'),
  );
  return {
    scan: (request) =>
      caller.call({ type: 'scan', ...request }, ownedBuffers(request.changed.map(({ content }) => content))),
    check: (request) =>
      caller.call({ type: 'check', ...request }, ownedBuffers(request.files.map(({ content }) => content))),
    question: (request) =>
      caller.call({ type: 'question', ...request }, ownedBuffers([request.source.content])),
    outline: (request) => caller.call({ type: 'outline', ...request }),
    unknownLabels: (request) => caller.call({ type: 'labels', ...request }),
    placesOfFindings: (request) => caller.call({ type: 'findings', ...request }),
    relabel: (request) => caller.call({ type: 'relabel', ...request }),
    unlabelled: (request) => caller.call({ type: 'unlabelled', ...request }),
    matches: (request) => caller.call({ type: 'matches', ...request }),
    compare: (request) => caller.call({ type: 'compare', ...request }),
    dispose: () => caller.dispose(),
  };
}

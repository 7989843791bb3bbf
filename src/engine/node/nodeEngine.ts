/** The engine in Node's worker threads: for the extension and the command line. */
import path from 'node:path';
import { version } from '../../../package.json';
import * as l10n from '../../common/l10n';
import { devicesIn } from '../../kernels/registry';
import type { TrainerBackend } from '../backend';
import { Caller } from '../calls';
import type { Answer, Call } from '../calls';
import type { DeviceChoices } from '../deviceChoice';
import type { Engine, Reader } from '../engine';
import { startLabelErrorSearch } from '../labelErrorSearch';
import type { ReaderAnswers, ReaderRequest } from '../readerProtocol';
import type { SourceFile } from '../sourceFile';
import { SupervisedRun } from '../supervisedRun';
import { TaggerClient } from '../taggerClient';
import type { TaggerRequest } from '../taggerProtocol';
import type { SentFile } from '../textPieces';
import type { TrainerEvent, TrainerRequest } from '../trainerProtocol';
import { ownedBuffers } from '../transfer';
import { handOver } from './handOver';
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
        startWorkerThread(script('labelErrors'), l10n.t('search for label errors')),
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
    startWorkerThread<Call<ReaderRequest>, Answer>(script, l10n.t('corpus reader')),
  );
  const sent = (source: SourceFile): Promise<SentFile> => handOver(source, (piece) => caller.call(piece));
  return {
    scan: async (request) => {
      const changed: SentFile[] = [];
      for (const source of request.changed) changed.push(await sent(source));
      const buffers = ownedBuffers(request.changed.map(({ content }) => content));
      return caller.call({ type: 'scan', ...request, changed }, buffers);
    },
    check: (request) =>
      caller.call({ type: 'check', ...request }, ownedBuffers(request.files.map(({ content }) => content))),
    question: (request) =>
      caller.call({ type: 'question', ...request }, ownedBuffers([request.source.content])),
    outline: async (request) =>
      caller.call({ type: 'outline', ...request, source: await sent(request.source) }),
    unknownLabels: async (request) =>
      caller.call({ type: 'labels', ...request, source: await sent(request.source) }),
    fixesLike: (request) => caller.call({ type: 'fixes', ...request }),
    placesOfFindings: (request) => caller.call({ type: 'findings', ...request }),
    relabel: (request) => caller.call({ type: 'relabel', ...request }),
    placesOfTokens: (request) => caller.call({ type: 'tokenPlaces', ...request }),
    unlabelled: (request) => caller.call({ type: 'unlabelled', ...request }),
    matches: (request) => caller.call({ type: 'matches', ...request }),
    compare: (request) => caller.call({ type: 'compare', ...request }),
    tokens: (input) => caller.call({ type: 'tokens', input }),
    labelEdits: (request) => caller.call({ type: 'labelEdits', ...request }),
    unseen: (request) =>
      caller.call({ type: 'unseen', ...request }, ownedBuffers(request.files.map(({ content }) => content))),
    dispose: () => caller.dispose(),
  };
}

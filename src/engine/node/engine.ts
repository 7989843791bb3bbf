/** The engine in Node worker threads: for the desktop, remote hosts and the command line. */
import path from 'node:path';
import { version } from '../../../package.json';
import { devicesIn } from '../../kernels/registry';
import { Caller } from '../calls';
import type { Answer, Call } from '../calls';
import type { DeviceChoices } from '../deviceChoice';
import type { Engine } from '../engine';
import type { TrainerPlace } from '../place';
import type { ReaderRequest, ScanResult, TaggerRequest, TrainerEvent, TrainerRequest } from '../protocol';
import { SupervisedRun } from '../supervisedRun';
import { TaggerClient } from '../taggerClient';
import { ownedBuffers } from '../transfer';
import { machineMemoryBytes, machineName } from './machine';
import { startWorkerThread } from './workerThread';

export interface NodeEngineOptions {
  /** The folder with the bundled workers: reader.js, tagger.js, trainer.js. */
  readonly distFolder: string;
  /** Threads that a run takes whose settings leave it open (0). */
  readonly threads: number;
  /** Where a GPU can train. */
  readonly gpu?: TrainerPlace;
  /** Remembers what `auto` chose; without it, each run measures. */
  readonly choices?: DeviceChoices;
  /** Bytes of memory that the machine has, where it is not to be asked. */
  readonly memoryBytes?: number;
}

export function createNodeEngine({
  distFolder,
  threads,
  gpu,
  choices,
  memoryBytes = machineMemoryBytes(),
}: NodeEngineOptions): Engine {
  const script = (name: string): string => path.join(distFolder, `${name}.js`);
  const node: TrainerPlace = {
    devices: devicesIn('node'),
    open: async () => startWorkerThread<TrainerRequest, TrainerEvent>(script('trainer'), 'trainer'),
  };
  const installation = { machine: machineName(), version };
  return {
    createReader: () => {
      const caller = new Caller<ReaderRequest>(() =>
        startWorkerThread<Call<ReaderRequest>, Answer>(script('reader'), 'corpus reader'),
      );
      return {
        scan: (request) =>
          caller.call(
            { type: 'scan', ...request },
            ownedBuffers(request.changed.map(({ content }) => content)),
          ) as Promise<ScanResult>,
        dispose: () => caller.dispose(),
      };
    },
    createTagger: () =>
      new TaggerClient(() => startWorkerThread<Call<TaggerRequest>, Answer>(script('tagger'), 'tagger')),
    train: (data, settings, checkpoint) =>
      new SupervisedRun({
        places: { node, gpu },
        data,
        settings,
        threads: settings.threads || threads,
        checkpoint,
        memoryBytes,
        installation,
        choices,
      }),
  };
}

/** A search for label errors on several threads: folds side by side, which need not wait for each other. */
import path from 'node:path';
import * as l10n from '../../common/l10n';
import type { DeviceName } from '../../kernels/registry';
import type { LabelErrorOptions } from '../../training/labelErrors';
import { openDevice } from '../devices';
import { startFoldJudge } from '../foldWorker';
import type { FoldEvent, FoldRequest } from '../labelErrorProtocol';
import type { LabelErrorRequest } from '../labelErrors';
import { machineMemoryBytes } from './machine';
import { startWorkerThread } from './workerThread';

/** What a search runs on, and by which its folds are drawn. */
export interface SearchPlace {
  readonly device: DeviceName | 'auto';
  readonly threads: number;
  readonly folds: number;
  readonly seed: number;
  /** The folder with the bundled worker: foldJudge.js. */
  readonly distFolder: string;
}

/** Who judges folds at the same time, and on how many threads each of them does. */
export interface FoldPlan {
  readonly judges: number;
  readonly threadsEach: number;
}

/** What one judge takes: of a corpus of so many bytes of text it holds about so many, and its network besides. */
const bytesOfByte = 40;
const networkBytes = 300e6;
/** Of the machine's memory, the share that all judges may take. */
const memoryShare = 0.5;

/**
 * As many judges as take the same number of turns, at most one to a thread, and no more than there is memory for:
 * a thread for each judge is faster than several for one, which wait for each other at each step.
 */
export function planFolds(
  folds: number,
  threads: number,
  textBytes: number,
  memoryBytes = machineMemoryBytes(),
): FoldPlan {
  const room = Math.floor((memoryShare * memoryBytes) / (networkBytes + bytesOfByte * textBytes));
  const most = Math.max(1, Math.min(folds, threads, room));
  const judges = Math.ceil(folds / Math.ceil(folds / most));
  return { judges, threadsEach: Math.max(1, Math.floor(threads / judges)) };
}

/** Runs a search with a device and with helpers, all of which are there only until it ends. */
export async function searchSideBySide<Found>(
  request: LabelErrorRequest,
  { device: name, threads, folds, seed, distFolder }: SearchPlace,
  progress: (share: number) => void,
  search: (request: LabelErrorRequest, options: LabelErrorOptions) => Promise<Found>,
): Promise<Found> {
  const textBytes = request.files.reduce((sum, { content }) => sum + content.length, 0);
  const { judges, threadsEach } = planFolds(folds, threads, textBytes);
  const device = await openDevice(name, threadsEach);
  const helpers = Array.from({ length: judges - 1 }, () =>
    startFoldJudge(
      startWorkerThread<FoldRequest, FoldEvent>(
        path.join(distFolder, 'foldJudge.js'),
        l10n.t('search for label errors'),
      ),
      { type: 'begin', ...request, device: name, threads: threadsEach, seed, folds },
    ),
  );
  try {
    return await search(request, {
      folds,
      settings: { seed },
      device,
      helpers,
      hooks: {
        // What helpers say is heard between steps.
        yieldToHost: () => (helpers.length > 0 ? nextTurn() : 'continue'),
        now: () => performance.now(),
        progress,
      },
    });
  } finally {
    for (const helper of helpers) helper.dispose();
    device.dispose();
  }
}

const nextTurn = (): Promise<'continue'> =>
  new Promise((resolve) => {
    setImmediate(() => resolve('continue'));
  });

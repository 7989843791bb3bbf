/** A worker thread that judges folds for a search for label errors. */
import './language';
import { serializeError } from '../../common/serializedError';
import { judgeFold } from '../../training/judgeFold';
import type { FoldOptions, JudgedFold } from '../../training/judgeFold';
import { openDevice } from '../devices';
import type { FoldEvent, FoldRequest } from '../labelErrorProtocol';
import { readToJudge } from '../labelErrors';
import { hostPort } from './workerThread';

const leastProgress = 0.02;

const port = hostPort<FoldRequest, FoldEvent>();
let judge: ((fold: number) => Promise<JudgedFold | undefined>) | undefined;

async function begin(request: Extract<FoldRequest, { readonly type: 'begin' }>): Promise<typeof judge> {
  const { sentences, columns } = readToJudge(request);
  const { device: name, threads, seed, folds } = request;
  const device = await openDevice(name, threads);
  const hooks: FoldOptions['hooks'] = { yieldToHost: () => 'continue', now: () => performance.now() };
  return (fold) => {
    let told = 0;
    const progress = (share: number): void => {
      if (share < told + leastProgress) return;
      told = share;
      port.post({ type: 'progress', share });
    };
    return judgeFold(sentences, columns, fold, { folds, settings: { seed }, device, hooks }, progress);
  };
}

async function handle(request: FoldRequest): Promise<void> {
  if (request.type === 'begin') {
    judge = await begin(request);
    return;
  }
  const judged = await judge?.(request.fold);
  if (judged) port.post({ type: 'judged', judged });
}

// In their order: the first fold is asked for before all is read.
let last: Promise<void> = Promise.resolve();
port.onMessage((request) => {
  last = last
    .then(() => handle(request))
    .catch((error: unknown) => port.post({ type: 'failed', error: serializeError(error) }));
});

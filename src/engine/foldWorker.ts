import { asError, WorkerError } from '../common/errors';
import * as l10n from '../common/l10n';
import { deserializeError } from '../common/serializedError';
import type { JudgedFold } from '../training/judgeFold';
import type { FoldJudge } from '../training/labelErrors';
import type { FoldEvent, FoldRequest } from './labelErrorProtocol';
import type { WorkerPort } from './port';

interface Asked {
  resolve(judged: JudgedFold): void;
  reject(error: Error): void;
  progress(share: number): void;
}

/** A thread that judges folds, one at a time, seen from the search. It ends when it is disposed of. */
export function startFoldJudge(
  port: WorkerPort<FoldRequest, FoldEvent>,
  request: Extract<FoldRequest, { readonly type: 'begin' }>,
): FoldJudge {
  let asked: Asked | undefined;
  let over: Error | undefined;
  const end = (error: Error): void => {
    over ??= error;
    asked?.reject(over);
    asked = undefined;
    port.dispose();
  };
  port.onMessage((event) => {
    if (event.type === 'progress') asked?.progress(event.share);
    else if (event.type === 'failed') end(deserializeError(event.error));
    else {
      asked?.resolve(event.judged);
      asked = undefined;
    }
  });
  port.onDeath(end);
  try {
    port.post(request);
  } catch (error) {
    end(asError(error));
  }
  return {
    judge: (fold, progress) =>
      new Promise<JudgedFold>((resolve, reject) => {
        if (over) return void reject(over);
        asked = { resolve, reject, progress };
        port.post({ type: 'judge', fold });
      }),
    dispose: () => end(new WorkerError(l10n.t('The search for label errors was ended.'))),
  };
}

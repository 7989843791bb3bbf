import { WorkerError } from '../common/errors';
import * as l10n from '../common/l10n';
import { deserializeError } from '../common/serializedError';
import type { LabelErrorSearch } from './engine';
import type { FoundLabelErrors, LabelErrorEvent, LabelErrorSearchRequest } from './labelErrorProtocol';
import type { WorkerPort } from './port';

/** A search for label errors, seen from the host. Its worker ends with it. */
export function startLabelErrorSearch(
  port: WorkerPort<LabelErrorSearchRequest, LabelErrorEvent>,
  request: LabelErrorSearchRequest,
  progress: (share: number) => void,
): LabelErrorSearch {
  let fail: (error: Error) => void = () => undefined;
  const result = new Promise<FoundLabelErrors>((resolve, reject) => {
    fail = reject;
    port.onMessage((event) => {
      if (event.type === 'progress') progress(event.share);
      else if (event.type === 'found') resolve(event.found);
      else reject(deserializeError(event.error));
    });
    port.onDeath(reject);
    port.post(request);
  }).finally(() => port.dispose());
  // Whoever ends a search may not wait for it any more.
  result.catch(() => undefined);
  return {
    result,
    dispose() {
      port.dispose();
      fail(new WorkerError(l10n.t('The search for label errors was ended.')));
    },
  };
}

/** The worker thread of a search for label errors. */
import './language';
import { serializeError } from '../../common/serializedError';
import { devicesIn } from '../../kernels/registry';
import type { LabelErrorEvent, LabelErrorSearchRequest } from '../labelErrorProtocol';
import { findInSources } from '../labelErrors';
import { searchSideBySide } from './sideBySide';
import type { SearchPlace } from './sideBySide';
import { hostPort } from './workerThread';

const folds = 4;

const port = hostPort<LabelErrorSearchRequest, LabelErrorEvent>();
port.onMessage((request) => {
  search(request).catch((error: unknown) => port.post({ type: 'failed', error: serializeError(error) }));
});

async function search({
  device: asked,
  threads,
  seed,
  kept,
  ...request
}: LabelErrorSearchRequest): Promise<void> {
  const device: SearchPlace['device'] = devicesIn('node').find((own) => own === asked) ?? 'auto';
  let last = 0;
  const progress = (share: number): void => {
    if (share < last + 0.01) return;
    last = share;
    port.post({ type: 'progress', share });
  };
  const place = { device, threads, folds, seed, distFolder: __dirname };
  const found = await searchSideBySide(request, place, progress, (own, options) =>
    findInSources({ ...own, kept }, options),
  );
  if (found) port.post({ type: 'found', found });
}

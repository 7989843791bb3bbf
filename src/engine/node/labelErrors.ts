/** The worker thread of a search for label errors. */
import { serializeError } from '../../common/serializedError';
import { devicesIn } from '../../kernels/registry';
import { openDevice } from '../devices';
import type { LabelErrorEvent, LabelErrorSearchRequest } from '../labelErrorProtocol';
import { findInSources } from '../labelErrors';
import { hostPort } from './workerThread';

const folds = 4;

const port = hostPort<LabelErrorSearchRequest, LabelErrorEvent>();
port.onMessage((request) => {
  search(request).catch((error: unknown) => port.post({ type: 'failed', error: serializeError(error) }));
});

async function search({ device: asked, threads, seed, ...request }: LabelErrorSearchRequest): Promise<void> {
  const name = devicesIn('node').find((own) => own === asked) ?? 'auto';
  const device = await openDevice(name, threads);
  try {
    let last = 0;
    const found = await findInSources(request, {
      folds,
      settings: { seed },
      device,
      hooks: {
        yieldToHost: () => 'continue',
        now: () => performance.now(),
        progress(share) {
          if (share < last + 0.01) return;
          last = share;
          port.post({ type: 'progress', share });
        },
      },
    });
    if (found) port.post({ type: 'found', found });
  } finally {
    device.dispose();
  }
}

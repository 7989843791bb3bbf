/** Imported first by a page's worker: it says things in the language of its page. */
import { useMessages } from '../../common/l10n';
import type { WorkerScope } from './webWorker';

useMessages((globalThis as WorkerScope).messages);

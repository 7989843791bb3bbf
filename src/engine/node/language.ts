/** Imported first by the worker threads: they say things in the language of the thread that started them. */
import { workerData } from 'node:worker_threads';
import { useMessages } from '../../common/l10n';
import type { WorkerStart } from './workerThread';

useMessages((workerData as WorkerStart | null)?.messages);

/** The tagger's worker thread. */
import './language';
import { answerCalls } from '../calls';
import { openDevice } from '../devices';
import type { TaggerRequest } from '../taggerProtocol';
import { TaggerService } from '../taggerService';
import { hostPort } from './workerThread';

// One thread: labels on screen are little work, and training has the others.
const service = new TaggerService(() => openDevice('auto', 1));
answerCalls<TaggerRequest>(hostPort(), (request) => service.handle(request));

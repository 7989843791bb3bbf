/** The tagger's worker thread. */
import { answerCalls } from '../calls';
import { TaggerService } from '../taggerService';
import type { TaggerRequest } from '../protocol';
import { hostPort } from './workerThread';

const service = new TaggerService();
answerCalls<TaggerRequest>(hostPort(), (request) => service.handle(request));

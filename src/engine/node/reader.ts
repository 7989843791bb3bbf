/** The reader's worker thread. */
import './language';
import { answerCalls } from '../calls';
import type { ReaderRequest } from '../readerProtocol';
import { ReaderService } from '../readerService';
import { hostPort } from './workerThread';

const service = new ReaderService();
answerCalls<ReaderRequest>(hostPort(), (request) => service.handle(request));

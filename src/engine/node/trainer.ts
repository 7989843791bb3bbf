/** The trainer's worker thread. */
import { TrainerService } from '../trainerService';
import { hostPort } from './workerThread';
import type { TrainerEvent, TrainerRequest } from '../protocol';

const port = hostPort<TrainerRequest, TrainerEvent>();
const service = new TrainerService({
  send: (event) => port.post(event, event.type === 'checkpoint' ? [event.bytes.buffer] : []),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
});
port.onMessage((request) => service.handle(request));

/** The trainer's worker thread. */
import './language';
import { openDevice } from '../devices';
import type { TrainerEvent, TrainerRequest } from '../trainerProtocol';
import { TrainerService } from '../trainerService';
import { transferOf } from '../transfer';
import { hostPort } from './workerThread';

const port = hostPort<TrainerRequest, TrainerEvent>();
const service = new TrainerService({
  send: (event) => port.post(event, transferOf(event)),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  openDevice,
});
port.onMessage((request) => service.handle(request));

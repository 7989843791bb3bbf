/** The trainer's Web Worker, in a page that may have a GPU. */
import './language';
import * as l10n from '../../common/l10n';
import { absenceOfAll, findGpuDevice, openGpuDevice } from '../gpuDevices';
import type { TrainerEvent, TrainerRequest } from '../trainerProtocol';
import { TrainerService } from '../trainerService';
import { transferOf } from '../transfer';
import { eventLoopTurns, pagePort } from './webWorker';

const port = pagePort<TrainerRequest, TrainerEvent>();
const service = new TrainerService({
  send: (event) => port.post(event, transferOf(event)),
  turn: eventLoopTurns(),
  findDevice: findGpuDevice,
  openDevice: openGpuDevice,
});
port.onMessage((request) => service.handle(request));

/** A page without a GPU refuses before any data is sent to it. */
async function greet(): Promise<void> {
  const reason = await absenceOfAll();
  if (reason !== undefined) port.refuse(l10n.t('No GPU can be had here. {0}', reason));
  else port.ready();
}
void greet();

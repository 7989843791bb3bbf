/** The trainer's Web Worker, in a page that may have a GPU. */
import { absence } from '../../kernels/gpujs/device';
import { openGpuDevice } from '../gpuDevices';
import type { TrainerEvent, TrainerRequest } from '../trainerProtocol';
import { TrainerService } from '../trainerService';
import { transferOf } from '../transfer';
import { eventLoopTurns, pagePort } from './webWorker';

const port = pagePort<TrainerRequest, TrainerEvent>();
const service = new TrainerService({
  send: (event) => port.post(event, transferOf(event)),
  turn: eventLoopTurns(),
  openDevice: openGpuDevice,
});
port.onMessage((request) => service.handle(request));

/** A page without a GPU refuses before any data is sent to it. */
async function greet(): Promise<void> {
  const webgpu = await absence('webgpu');
  const webgl2 = webgpu && (await absence('webgl2'));
  if (webgpu && webgl2) port.refuse(`No GPU can be had here. WebGPU: ${webgpu} WebGL 2: ${webgl2}`);
  else port.ready();
}
void greet();

/** Node's threads for steps on `simd`. */
import { Worker } from 'node:worker_threads';
import type { StartThread } from '../../kernels/simd/device';

/** It loads no modules, so that it starts within a few milliseconds. */
const source = `
const { module, memory, control, index } = require('node:worker_threads').workerData;
new WebAssembly.Instance(module, { env: { memory } }).exports.serve(control, index);
`;

/** Steps do not need all threads: one that does not start, or dies, is done without. */
export const startSimdThread: StartThread = (task) => {
  const worker = new Worker(source, { eval: true, name: `simd ${task.index}`, workerData: task });
  worker.unref();
  worker.on('error', () => undefined);
  return { terminate: () => void worker.terminate() };
};

import type { Reached } from '../bars';
import { median } from '../statistics';
import { figure, reasonOf } from '../table';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { kernelRuns } from './kernelRuns';
import type { KernelKind, KernelRun, PreparedKernel } from './kernelRuns';
import { multiplyAddLimit } from './limit';

/** Kernels in GFLOP/s, in turn with the limit of the core that they run on. */
export async function limitBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const rounds = quick ? 3 : 15;
  const ms = quick ? 20 : 60;
  const absent = new Set<string>();
  const measured: { readonly run: KernelRun; readonly prepared: PreparedKernel; readonly speeds: number[] }[] = [];
  for (const run of kernelRuns) {
    try {
      measured.push({ run, prepared: await run.prepare(), speeds: [] });
    } catch (error) {
      absent.add(`${run.device}: ${reasonOf(error)}`);
    }
  }
  tell('limit');
  const limits: number[] = [];
  for (let round = 0; round < rounds; round++) {
    limits.push(multiplyAddLimit());
    for (const { run, prepared, speeds } of measured) speeds.push(run.operations / (await callTime(prepared, ms)) / 1e6);
  }
  for (const { prepared } of measured) prepared.dispose();

  const limit = median(limits);
  const share = (speeds: readonly number[]): number => (100 * median(speeds)) / limit;
  const reached = (kind: KernelKind): Reached => {
    const ours = measured.filter(({ run }) => run.kind === kind && run.device === 'simd').map(({ speeds }) => share(speeds));
    return ours.length > 0 ? median(ours) : { missing: 'no simd' };
  };
  show({
    title: 'Kernels against the multiply-add limit of one core',
    columns: ['device', 'kernel', 'GFLOP/s', 'of limit'],
    rows: [
      ['', 'f32x4 multiply-add in registers', figure(limit), '100 %'],
      ...measured.map(({ run, speeds }) => [run.device, run.name, figure(median(speeds)), `${figure(share(speeds))} %`]),
    ],
    notes: [`Median of ${rounds} rounds in turn; upload and readback count where the device has any.`, ...[...absent].map((what) => `Not measured: ${what}`)],
  });
  return {
    figures: { limitGflops: limit, kernels: measured.map(({ run, speeds }) => ({ device: run.device, kernel: run.name, kind: run.kind, gflops: median(speeds), ofLimit: share(speeds) / 100 })), absent: [...absent] },
    reached: { products: reached('product'), matrixVector: reached('matrix-vector') },
  };
}

/** Milliseconds a call, over calls that together take at least so long. */
async function callTime({ call }: PreparedKernel, ms: number): Promise<number> {
  let calls = 0;
  const beganMs = performance.now();
  let tookMs = 0;
  for (; tookMs < ms; tookMs = performance.now() - beganMs) {
    const result = call();
    if (result instanceof Promise) await result;
    calls++;
  }
  return tookMs / calls;
}

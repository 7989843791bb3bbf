import type { Reached } from '../bars';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { median } from '../statistics';
import { figure, reasonOf } from '../table';
import { kernelRuns } from './kernelRuns';
import type { KernelKind, KernelRun, PreparedKernel } from './kernelRuns';
import { fused, multiplyAddLimit, sliceMs } from './limit';

interface MeasuredKernel {
  readonly run: KernelRun;
  readonly prepared: PreparedKernel;
  /** GFLOP/s of each round. */
  readonly speeds: number[];
}

/** The kernels that can run here, and what is said of the others. */
async function prepareKernels(): Promise<{ measured: MeasuredKernel[]; absent: Set<string> }> {
  const absent = new Set<string>();
  const measured: MeasuredKernel[] = [];
  for (const run of kernelRuns) {
    try {
      measured.push({ run, prepared: await run.prepare(), speeds: [] });
    } catch (error) {
      absent.add(`${run.device}: ${reasonOf(error)}`);
    }
  }
  return { measured, absent };
}

/** Kernels in GFLOP/s, in turn with the limit of the core that they run on. */
export async function limitBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const rounds = quick ? 3 : 15;
  /** As many as the limit has, over its numbers of chains. */
  const slices = quick ? 10 : 40;
  const { measured, absent } = await prepareKernels();
  const limits: number[] = [];
  for (let round = 0; round < rounds; round++) {
    tell(`limit: round ${round + 1} of ${rounds}`);
    limits.push(multiplyAddLimit());
    for (const { run, prepared, speeds } of measured)
      speeds.push(run.operations / (await callTime(prepared, slices)) / 1e6);
  }
  for (const { prepared } of measured) prepared.dispose();

  const limit = median(limits);
  const share = (speeds: readonly number[]): number => (100 * median(speeds)) / limit;
  const reached = (kind: KernelKind): Reached => {
    const ours = measured
      .filter(({ run }) => run.kind === kind && run.device === 'simd')
      .map(({ speeds }) => share(speeds));
    return ours.length > 0 ? median(ours) : { missing: 'no simd' };
  };
  show({
    title: 'Kernels against the multiply-add limit of one core',
    columns: ['device', 'kernel', 'GFLOP/s', 'of limit'],
    rows: [
      [
        '',
        fused ? 'f32x4 fused multiply-add in registers' : 'f32x4 multiply-add in registers',
        figure(limit),
        '100 %',
      ],
      ...measured.map(({ run, speeds }) => [
        run.device,
        run.name,
        figure(median(speeds)),
        `${figure(share(speeds))} %`,
      ]),
    ],
    notes: [
      `Median of ${rounds} rounds in turn, of each round the fastest ${sliceMs} ms; upload and readback count where the device has any.`,
      ...[...absent].map((what) => `Not measured: ${what}`),
    ],
  });
  return {
    figures: {
      limitGflops: limit,
      fused,
      kernels: measured.map(({ run, speeds }) => ({
        device: run.device,
        kernel: run.name,
        kind: run.kind,
        gflops: median(speeds),
        ofLimit: share(speeds) / 100,
      })),
      absent: [...absent],
    },
    reached: { products: reached('product'), matrixVector: reached('matrix-vector') },
  };
}

/** Milliseconds a call in the fastest of several slices, as for the limit. */
async function callTime({ call }: PreparedKernel, slices: number): Promise<number> {
  let fastest = Infinity;
  // A slow device's calls are longer than a slice: a few of them are enough.
  const endMs = performance.now() + 3 * slices * sliceMs;
  for (let slice = 0; slice < slices && performance.now() < endMs; slice++) {
    const beganMs = performance.now();
    let tookMs = 0;
    let calls = 0;
    for (; tookMs < sliceMs; tookMs = performance.now() - beganMs) {
      const result = call();
      if (result instanceof Promise) await result;
      calls++;
    }
    fastest = Math.min(fastest, tookMs / calls);
  }
  return fastest;
}

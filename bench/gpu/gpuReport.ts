/** What the measured times say: a table for each H, figures, and the ratio that must be reached. */
import { devices } from '../../src/kernels/registry';
import type { Reached, Reaches } from '../bars';
import type { Outcome } from '../inTurn';
import { median, speedRatio } from '../statistics';
import type { Ratio } from '../statistics';
import { floatingPointOperations } from '../step/stepData';
import type { StepShape } from '../step/stepData';
import { figure } from '../table';
import type { Table } from '../table';
import type { GpuDeviceName } from './gpuAnswers';
import type { Attempt } from './launches';
import { barSizes } from './sizes';

export const gpuDevices = ['webgpu', 'webgl2'] as const satisfies readonly GpuDeviceName[];
export const contenderNames = ['simd', ...gpuDevices] as const;
export type ContenderName = (typeof contenderNames)[number];

export type Gpus = Readonly<Record<GpuDeviceName, Attempt>>;

/** ms a step, one a round, of each that took part. */
export interface MeasuredShape {
  readonly shape: StepShape;
  readonly outcomes: Readonly<Partial<Record<ContenderName, Outcome<number>>>>;
}

function titleOf(name: ContenderName): string {
  return name === 'simd' ? 'simd, 2 threads' : devices[name].title;
}

function timesOf({ outcomes }: MeasuredShape, name: ContenderName): readonly number[] | undefined {
  const outcome = outcomes[name];
  return outcome && 'results' in outcome && outcome.results.length > 0 ? outcome.results : undefined;
}

/** How many times faster than `simd`, over the rounds that both took part in. */
function againstSimd(measured: MeasuredShape, name: ContenderName): Ratio | undefined {
  const [simd, times] = [timesOf(measured, 'simd'), timesOf(measured, name)];
  if (!simd || !times) return undefined;
  const rounds = Math.min(simd.length, times.length);
  return speedRatio(simd.slice(0, rounds), times.slice(0, rounds));
}

/** Of sizes with one H. */
export function gpuTable(gpus: Gpus, shapes: readonly MeasuredShape[]): Table {
  const [{ shape }] = shapes;
  const rows = shapes.flatMap((measured) =>
    contenderNames.flatMap((name) => {
      const times = timesOf(measured, name);
      return times ? [rowOf(measured, name, times)] : [];
    }),
  );
  const failures = shapes.flatMap(({ shape: { B }, outcomes }) =>
    contenderNames.flatMap((name) => {
      const outcome = outcomes[name];
      return outcome && 'failed' in outcome
        ? [`Not measured: ${titleOf(name)}, B=${B}: ${outcome.failed}`]
        : [];
    }),
  );
  return {
    title: `Step on GPUs, rows of a table times W: H=${shape.H}, T=${shape.T}, E=${shape.E}, L=${shape.L}, one direction`,
    columns: ['B', 'device', 'ms', 'best', 'rounds', 'tokens/s', 'GFLOP/s', 'against simd', 'by rounds'],
    rows,
    notes: [...gpuNotes(gpus), ...failures],
  };
}

function rowOf(measured: MeasuredShape, name: ContenderName, times: readonly number[]): string[] {
  const { shape } = measured;
  const ms = median(times);
  const ratio = name === 'simd' ? undefined : againstSimd(measured, name);
  return [
    String(shape.B),
    titleOf(name),
    figure(ms),
    figure(Math.min(...times)),
    String(times.length),
    figure((shape.B * shape.T * 1000) / ms),
    figure(floatingPointOperations(shape, 'table') / ms / 1e6),
    ratio ? `${figure(ratio.ratio)}×` : '',
    ratio ? `${figure(ratio.low)}–${figure(ratio.high)}` : '',
  ];
}

/** Which GPU each device runs on, or why it runs on none. */
export function gpuNotes(gpus: Gpus): string[] {
  return gpuDevices.flatMap((device) => {
    const gpu = gpus[device];
    if ('missing' in gpu) return [`Not measured: ${devices[device].title}: ${gpu.missing}`];
    const name = toldName(gpu.told);
    const where = `${gpu.description}, by ${gpu.launch.name}${name === '' ? '' : `: ${name}`}`;
    return gpu.software
      ? [`${where}. This is software on the processor: it says nothing of a GPU.`]
      : [`${where}.`];
  });
}

function toldName({ renderer, vendor, architecture, description }: Readonly<Record<string, string>>): string {
  return renderer ?? [vendor, architecture, description].filter(Boolean).join(', ');
}

/** As a program reads it. */
export function gpuFigures(gpus: Gpus, shapes: readonly MeasuredShape[]): Record<string, unknown> {
  return {
    gpus,
    shapes: shapes.map((measured) => ({
      shape: measured.shape,
      contenders: contenderNames.flatMap((name) => contenderFigures(measured, name) ?? []),
    })),
  };
}

function contenderFigures(measured: MeasuredShape, name: ContenderName): Record<string, unknown> | undefined {
  const outcome = measured.outcomes[name];
  const times = timesOf(measured, name);
  if (!times) return outcome && { name, ...outcome };
  const { shape } = measured;
  const ms = median(times);
  return {
    name,
    ms,
    rounds: times,
    tokensPerSecond: (shape.B * shape.T * 1000) / ms,
    gflops: floatingPointOperations(shape, 'table') / ms / 1e6,
    ...(name === 'simd' ? { threads: 2 } : { againstSimd: againstSimd(measured, name) }),
  };
}

/** Open where WebGPU is not there, is software, or was not measured at the bar's sizes. */
export function gpuReaches({ webgpu }: Gpus, shapes: readonly MeasuredShape[]): Reaches {
  return { gpuStep: reachedBy(webgpu, shapes) };
}

function reachedBy(webgpu: Attempt, shapes: readonly MeasuredShape[]): Reached {
  if ('missing' in webgpu) return webgpu;
  if (webgpu.software) return { missing: `${webgpu.description} is no GPU` };
  const measured = shapes.find(({ shape: { H, B } }) => H === barSizes.H && B === barSizes.B);
  if (!measured) return { missing: 'a quick run has smaller sizes' };
  const ratio = againstSimd(measured, 'webgpu');
  if (ratio) return ratio.ratio;
  for (const name of ['webgpu', 'simd'] as const) {
    const outcome = measured.outcomes[name];
    if (outcome && 'failed' in outcome) return { missing: `${titleOf(name)}: ${outcome.failed}` };
  }
  return { missing: 'it was not measured' };
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { inProject } from '../../tools/paths.mjs';
import { machine } from '../machine';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { gpuContenders, referenceLosses, simdContender } from './gpuContenders';
import { findGpu } from './gpuPort';
import { gpuFigures, gpuNotes, gpuReaches, gpuTable } from './gpuReport';
import type { Gpus, MeasuredShape } from './gpuReport';
import { measureShape } from './measureShape';
import type { Measuring } from './measureShape';
import { gpuShapes } from './sizes';
import type { TookTooLong } from './sizes';

const file = inProject('out', 'bench-gpu.json');

/**
 * The training step on the devices of a page, in Chromium without a window, and on `simd` with two threads,
 * in turn. The file is written anew after each size, so that a run may be interrupted.
 */
export async function gpuBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  tell('gpu: looking for WebGPU and WebGL 2');
  const { attempt: webgpu, chromium } = await findGpu('webgpu');
  const { attempt: webgl2 } = await findGpu('webgl2');
  const gpus: Gpus = { webgpu, webgl2 };
  for (const note of gpuNotes(gpus)) tell(`gpu: ${note}`);

  const measured: MeasuredShape[] = [];
  const figures = () => ({ chromium, ...gpuFigures(gpus, measured) });
  const keep = (): void => {
    mkdirSync(inProject('out'), { recursive: true });
    const when = new Date().toISOString();
    writeFileSync(file, `${JSON.stringify({ machine: machine(), when, quick, ...figures() })}\n`);
  };
  const measuring: Measuring = {
    simd: simdContender,
    gpus: gpuContenders(gpus),
    losses: referenceLosses,
    rounds: quick ? 1 : 5,
    roundMs: quick ? 100 : 300,
    enoughSeconds: 15,
    tell,
  };
  const shapes = measuring.gpus.length > 0 ? gpuShapes(quick) : [];
  const tookTooLong: TookTooLong[] = [];
  keep();
  for (const [i, shape] of shapes.entries()) {
    measured.push({ shape, outcomes: await measureShape(measuring, shape, tookTooLong) });
    keep();
    const last = shapes.at(i + 1)?.H !== shape.H;
    if (last)
      show(
        gpuTable(
          gpus,
          measured.filter((other) => other.shape.H === shape.H),
        ),
      );
  }
  if (shapes.length === 0)
    show({ title: 'Step on GPUs', columns: ['device'], rows: [], notes: gpuNotes(gpus) });
  tell(`gpu: written to ${file}`);
  return { figures: { file, ...figures() }, reached: gpuReaches(gpus, measured) };
}

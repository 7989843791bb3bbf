import { existsSync, readlinkSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { jsonLines, runProgram } from '../programs';
import type { StepShape } from '../step/stepData';
import { available, howToInstall, script, scriptMissing, unavailable } from './peers';
import type { Availability } from './peers';

const python = '/usr/bin/python3';

/** How PyTorch may use the cores. */
export interface TorchSetting {
  readonly name: string;
  /** PyTorch's own threads. */
  readonly threads: number;
  /** OpenBLAS's, where they are not to be as many as PyTorch's. */
  readonly blasThreads?: number;
}

const cores = availableParallelism();

/**
 * One thread, all cores, and all cores with OpenBLAS on one: for small products its threads cost more than
 * they bring.
 */
export const torchSettings: readonly TorchSetting[] = [
  { name: 'PyTorch', threads: 1 },
  ...(cores > 1
    ? [
        { name: 'PyTorch', threads: cores },
        { name: 'PyTorch, OpenBLAS on 1', threads: cores, blasThreads: 1 },
      ]
    : []),
];

/**
 * The environment for PyTorch at its best: a core type or cache size that was set for an older OpenBLAS would
 * slow it down, and so would limits on its threads.
 */
export function torchEnvironment(
  environment: NodeJS.ProcessEnv,
  { blasThreads }: Pick<TorchSetting, 'blasThreads'>,
): NodeJS.ProcessEnv {
  const {
    OPENBLAS_CORETYPE: _type,
    OPENBLAS_L2_SIZE: _size,
    OPENBLAS_NUM_THREADS: _blas,
    OMP_NUM_THREADS: _omp,
    ...rest
  } = environment;
  return blasThreads === undefined ? rest : { ...rest, OPENBLAS_NUM_THREADS: String(blasThreads) };
}

export async function torchAvailability(): Promise<Availability> {
  const missing = scriptMissing(script('torch_rnn.py'));
  if (missing) return missing;
  if (!existsSync(python)) return unavailable(`no ${python}; on Debian: ${howToInstall.pytorch}`);
  try {
    await runProgram(python, ['-c', 'import torch']);
    return available;
  } catch {
    return unavailable(`not installed; on Debian: ${howToInstall.pytorch}`);
  }
}

/** Whether Debian's choice of BLAS is OpenBLAS; undefined where that cannot be told. */
export function usesOpenBlas(): boolean | undefined {
  for (const machine of ['x86_64', 'aarch64']) {
    try {
      return readlinkSync(`/etc/alternatives/libblas.so.3-${machine}-linux-gnu`).includes('openblas');
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Milliseconds a step: the median of the 40 steps that PyTorch's script takes. */
export async function torchStep(
  { B, T, E, H, L, K: _K }: StepShape,
  setting: TorchSetting,
): Promise<{ ms: number; peakBytes?: number }> {
  const args = Object.entries({
    batch: B,
    length: T,
    input: E,
    hidden: H,
    labels: L,
    threads: setting.threads,
  }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { stdout, peakBytes } = await runProgram(python, [script('torch_rnn.py'), ...args], {
    env: torchEnvironment(process.env, setting),
  });
  const [result] = jsonLines(stdout);
  if (typeof result?.ms !== 'number') throw new Error(`PyTorch's script told no time: ${stdout}`);
  return { ms: result.ms, peakBytes };
}

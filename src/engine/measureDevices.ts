import { WorkerError, BackendError, messageWithHint } from '../common/errors';
import { deserializeError } from '../common/serializedError';
import type { DeviceName } from '../kernels/registry';
import type { ResolvedSettings } from '../model/settings/settings';
import type { DeviceTrial } from '../run/deviceTrial';
import type { CorpusFacts } from '../run/facts';
import { deviceLimit } from './capacity';
import { inOrder, rateOverRun } from './deviceChoice';
import type { TrainerClient } from './trainerClient';
import type { TrainerPool } from './trainerPool';

/** The run for which devices are measured. */
export interface MeasuredRun {
  readonly settings: ResolvedSettings;
  readonly threads: number;
  readonly facts: CorpusFacts;
}

export interface Trials {
  readonly trials: readonly DeviceTrial[];
  /** Whether they hold for later runs too. They do not where a device was missing for the moment only. */
  readonly lasting: boolean;
}

/**
 * Measures the devices, one after the other: each trains for a moment.
 *
 * @param ready waits while the run is paused; rejects where it has ended.
 * Rejects where no worker thread can be started any more.
 */
export async function measureDevices(
  pool: TrainerPool,
  run: MeasuredRun,
  ready: () => Promise<void>,
): Promise<Trials> {
  const { settings, facts } = run;
  const trials: DeviceTrial[] = [];
  const tokens = facts.tokens.training * settings.epochs;
  let lasting = true;
  for (const device of inOrder(pool.devices)) {
    await ready();
    const limit = deviceLimit(device, facts, settings);
    if (limit !== undefined) {
      trials.push({ device, why: limit });
      continue;
    }
    const best = Math.max(0, ...trials.map((trial) => rateOverRun(trial, tokens)));
    const missing = (error: unknown): void => {
      if (error instanceof WorkerError) lasting = false;
      trials.push({ device, why: messageWithHint(error) });
    };
    let trainer: TrainerClient;
    try {
      trainer = await pool.trainerFor(device);
    } catch (error) {
      // Without a worker thread there is no corpus: that ends the run.
      if (!(error instanceof BackendError)) throw error;
      missing(error.cause);
      continue;
    }
    try {
      trials.push(await measure(trainer, pool, device, run, best));
    } catch (error) {
      missing(error);
    }
  }
  await ready();
  return { trials, lasting };
}

async function measure(
  trainer: TrainerClient,
  pool: TrainerPool,
  device: DeviceName,
  { settings, threads }: MeasuredRun,
  best: number,
): Promise<DeviceTrial> {
  const answer = await trainer.measure({ device, threads, settings, best });
  if (answer.type === 'unavailable') return { device, why: messageWithHint(deserializeError(answer.error)) };
  const { description, tokensPerSecond, givenUp } = answer;
  return {
    device,
    description,
    tokensPerSecond,
    ...(givenUp && { givenUp }),
    ...(pool.isGpu(device) && { sendingSeconds: pool.sendingSeconds }),
  };
}

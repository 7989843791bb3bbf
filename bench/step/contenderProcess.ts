/**
 * The process in which one contender runs: asked over IPC, it does rounds of steps and tells their median
 * time.
 */
import { messageOf } from '../../src/common/errors';
import { median } from '../statistics';
import { checkAgreement, lossesOf } from './agreement';
import type { PreparedStep } from './contender';
import type { ContenderAnswer, ContenderRequest } from './contenderPort';
import { contenderOf, judges } from './contenders';
import { StepData } from './stepData';

let prepared: PreparedStep | undefined;

async function prepare({ id, shape }: ContenderRequest & { type: 'prepare' }): Promise<ContenderAnswer> {
  const contender = contenderOf(id);
  const losses = await lossesOf(contender, shape);
  if (contender.name !== 'reference')
    checkAgreement(contender.name, losses, await lossesOf(judges[contender.input], shape));
  prepared = await contender.prepare(shape, new StepData(shape));
  return { type: 'prepared' };
}

/**
 * Like PyTorch's script: each step is timed by itself, the first ones are not (the other processes have had
 * the caches).
 */
const untimedSteps = 3;
/** Of a device that takes longer for one than a round is. */
const leastSteps = 2;

async function round({ ms }: ContenderRequest & { type: 'round' }): Promise<ContenderAnswer> {
  if (!prepared) throw new Error('Nothing was prepared.');
  const times: number[] = [];
  const endMs = performance.now() + ms;
  let beganMs = performance.now();
  for (let n = 0; times.length < leastSteps || beganMs < endMs; n++) {
    const loss = prepared.step();
    const value = loss instanceof Promise ? await loss : loss;
    const endedMs = performance.now();
    if (n >= untimedSteps || (n > 0 && beganMs >= endMs)) times.push(endedMs - beganMs);
    beganMs = endedMs;
    if (!Number.isFinite(value)) throw new Error(`The loss became ${value}.`);
  }
  return {
    type: 'round',
    ms: median(times),
    steps: times.length,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

process.on('message', (request: ContenderRequest) => {
  const answer = request.type === 'prepare' ? prepare(request) : round(request);
  void answer
    .catch((error: unknown): ContenderAnswer => ({
      type: 'failed',
      message: messageOf(error),
    }))
    .then((message) => process.send?.(message));
});
process.on('disconnect', () => process.exit());

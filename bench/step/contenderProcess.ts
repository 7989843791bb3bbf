/**
 * The process in which one contender runs: asked over IPC, it does rounds of steps and tells their median
 * time.
 */
import { messageOf } from '../../src/common/errors';
import { checkAgreement, lossesOf } from './agreement';
import type { PreparedStep } from './contender';
import type { ContenderAnswer, ContenderRequest } from './contenderPort';
import { contenderOf, judges } from './contenders';
import { StepData } from './stepData';
import { nextLosses, timeSteps } from './stepTimes';

let prepared: PreparedStep | undefined;

async function answer(request: ContenderRequest): Promise<ContenderAnswer> {
  switch (request.type) {
    case 'losses':
      return { type: 'losses', losses: await lossesOf(contenderOf(request.id), request.shape) };
    case 'prepare':
      return prepare(request);
    case 'steps':
      return { type: 'losses', losses: await nextLosses(ready(), request.count) };
    case 'round':
      return round(request);
  }
}

async function prepare(request: ContenderRequest & { type: 'prepare' }): Promise<ContenderAnswer> {
  const { id, shape } = request;
  const contender = contenderOf(id);
  const losses = await lossesOf(contender, shape);
  if (contender.name !== 'reference')
    checkAgreement(
      contender.name,
      losses,
      request.expected ?? (await lossesOf(judges[contender.input], shape)),
    );
  prepared = await contender.prepare(shape, new StepData(shape));
  return { type: 'prepared' };
}

function ready(): PreparedStep {
  if (!prepared) throw new Error('Nothing was prepared.');
  return prepared;
}

async function round({ ms }: ContenderRequest & { type: 'round' }): Promise<ContenderAnswer> {
  return {
    type: 'round',
    ...(await timeSteps(ready(), ms)),
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

process.on('message', (request: ContenderRequest) => {
  void answer(request)
    .catch((error: unknown): ContenderAnswer => ({
      type: 'failed',
      message: messageOf(error),
    }))
    .then((message) => process.send?.(message));
});
process.on('disconnect', () => process.exit());

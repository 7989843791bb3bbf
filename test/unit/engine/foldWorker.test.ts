import assert from 'node:assert/strict';
import { InputError, WorkerError } from '../../../src/common/errors';
import { serializeError } from '../../../src/common/serializedError';
import { startFoldJudge } from '../../../src/engine/foldWorker';
import type { FoldEvent, FoldRequest } from '../../../src/engine/labelErrorProtocol';
import { planFolds } from '../../../src/engine/node/sideBySide';
import { FakePort } from './fakePort';

const request = {
  type: 'begin',
  files: [],
  replaceInvalidBytes: false,
  device: 'simd',
  threads: 1,
  seed: 1,
  folds: 4,
} as const;
const nothing = (): void => undefined;
const judged = { suspects: [], scheme: 'none' } as const;

describe('a thread that judges folds, seen from the search', () => {
  const start = () => {
    const port = new FakePort<FoldRequest, FoldEvent>();
    return { port, judge: startFoldJudge(port, request) };
  };

  it('is told what is judged, then each fold, and tells how far it is', async () => {
    const { port, judge } = start();
    const shares: number[] = [];
    const first = judge.judge(2, (share) => shares.push(share));
    port.answer({ type: 'progress', share: 0.5 });
    port.answer({ type: 'judged', judged });
    assert.deepEqual(await first, judged);
    assert.deepEqual(port.posted, [request, { type: 'judge', fold: 2 }]);
    assert.deepEqual(shares, [0.5]);
  });

  it('passes on why a fold cannot be judged, and ends', async () => {
    const { port, judge } = start();
    const fold = judge.judge(0, nothing);
    port.answer({ type: 'failed', error: serializeError(new InputError('one label only')) });
    await assert.rejects(fold, InputError);
    assert.equal(port.disposed, true);
    await assert.rejects(judge.judge(1, nothing), /one label only/);
  });

  it('fails with its thread', async () => {
    const { port, judge } = start();
    const fold = judge.judge(0, nothing);
    port.die(new WorkerError('out of memory'));
    await assert.rejects(fold, /out of memory/);
    await assert.rejects(judge.judge(1, nothing), /out of memory/);
  });

  it('ends at once when it is disposed of', async () => {
    const { port, judge } = start();
    const fold = judge.judge(0, nothing);
    judge.dispose();
    await assert.rejects(fold, WorkerError);
    assert.equal(port.disposed, true);
  });
});

describe('the plan for folds side by side', () => {
  const plenty = 64e9;

  it('has a judge for each thread, and one for each fold at most', () => {
    assert.deepEqual(planFolds(4, 1, 1e7, plenty), { judges: 1, threadsEach: 1 });
    assert.deepEqual(planFolds(4, 2, 1e7, plenty), { judges: 2, threadsEach: 1 });
    assert.deepEqual(planFolds(4, 4, 1e7, plenty), { judges: 4, threadsEach: 1 });
    assert.deepEqual(planFolds(4, 9, 1e7, plenty), { judges: 4, threadsEach: 2 });
  });

  it('has none who would only wait for the others', () => {
    assert.deepEqual(planFolds(4, 3, 1e7, plenty), { judges: 2, threadsEach: 1 });
    assert.deepEqual(planFolds(6, 5, 1e7, plenty), { judges: 3, threadsEach: 1 });
  });

  it('has no more than there is memory for', () => {
    assert.deepEqual(planFolds(4, 4, 1e8, 16e9), { judges: 1, threadsEach: 4 });
    assert.deepEqual(planFolds(4, 4, 1e9, 1e9), { judges: 1, threadsEach: 4 });
  });
});

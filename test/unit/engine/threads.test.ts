import assert from 'node:assert/strict';
import { threadsFor } from '../../../src/engine/node/threads';

describe('threads', () => {
  const of = (asked: number, cores: number): { threads: number; told: string[] } => {
    const told: string[] = [];
    return { threads: threadsFor(asked, 3, (message) => told.push(message), cores), told };
  };

  it('are as many as were asked for, or what is taken otherwise, without a word', () => {
    assert.deepEqual(of(0, 4), { threads: 3, told: [] });
    assert.deepEqual(of(1, 4), { threads: 1, told: [] });
    assert.deepEqual(of(4, 4), { threads: 4, told: [] });
  });

  it('are never more than the machine has cores, and that is told', () => {
    assert.deepEqual(of(100_000, 2), {
      threads: 2,
      told: ['2 threads are used and not 100,000: as many as this machine has cores.'],
    });
    assert.deepEqual(of(2, 1), {
      threads: 1,
      told: ['1 thread is used and not 2: as many as this machine has cores.'],
    });
  });
});

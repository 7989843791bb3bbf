import assert from 'node:assert/strict';
import { CheckpointMemory } from '../../../src/engine/checkpointMemory';

const bytes = (content: number): Uint8Array<ArrayBuffer> => new Uint8Array([content]);

describe('The checkpoint that a run goes on from', () => {
  it('is the newest from which training can go on, and not the best model’s alone', () => {
    const memory = new CheckpointMemory();
    memory.started({ epoch: 0, step: 0 });
    memory.add({ bytes: bytes(1), epoch: 1, step: 10, best: true, latest: true });
    memory.add({ bytes: bytes(2), epoch: 2, step: 20, best: true, latest: false });
    assert.deepEqual([memory.bytes, memory.epoch, memory.step], [bytes(1), 1, 10]);
  });

  it('is the one that a resumed run began with until a newer one comes', () => {
    const memory = new CheckpointMemory(bytes(1));
    memory.started({ epoch: 3, step: 30 });
    assert.deepEqual([memory.bytes, memory.epoch, memory.step], [bytes(1), 3, 30]);
    memory.add({ bytes: bytes(2), epoch: 4, step: 40, best: true, latest: true });
    assert.deepEqual([memory.bytes, memory.step], [bytes(2), 40]);
  });
});

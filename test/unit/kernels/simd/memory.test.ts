import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DeviceLostError } from '../../../../src/common/errors';
import { createSimdDevice } from '../../../../src/kernels/simd/device';
import { SimdMemory } from '../../../../src/kernels/simd/memory';

describe('memory of the simd device', () => {
  it('allocates memory that nothing else uses, and can free all of it', () => {
    const requests = fc.array(
      fc.record({ bytes: fc.integer({ min: 1, max: 200_000 }), freeFirst: fc.option(fc.nat()) }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(requests, (all) => {
        const memory = new SimdMemory(true);
        const held: { address: number; bytes: number }[] = [];
        const first = memory.allocate(8);
        memory.free(first);
        for (const { bytes, freeFirst } of all) {
          if (freeFirst !== null && held.length > 0)
            memory.free(held.splice(freeFirst % held.length, 1)[0].address);
          const address = memory.allocate(bytes);
          assert.equal(address % 64, 0);
          assert.ok(address + bytes <= memory.memory.buffer.byteLength, 'lies within the memory');
          for (const other of held)
            assert.ok(address + bytes <= other.address || other.address + other.bytes <= address, 'overlaps');
          held.push({ address, bytes });
        }
        for (const { address } of held) memory.free(address);
        assert.equal(memory.allocate(8), first, 'all room is one again');
      }),
      { numRuns: 100 },
    );
  });

  it('keeps views of it valid while it grows', () => {
    const memory = new SimdMemory(true);
    const view = memory.floats(memory.allocate(16), 4);
    view.set([1, 2, 3, 4]);
    const big = memory.floats(memory.allocate(64 * 2 ** 20), 4);
    big.fill(7);
    assert.deepEqual([...view], [1, 2, 3, 4]);
    view[0] = 9;
    const address = memory.addressOf(view);
    assert.ok(address !== undefined);
    assert.equal(memory.floats(address, 1)[0], 9, 'both views are of the same memory');
  });

  it('says how much was asked for, where there is no more', () => {
    const device = createSimdDevice({ build: 'plain' });
    assert.throws(
      () => device.allocate(2 ** 29),
      (error: unknown) =>
        error instanceof DeviceLostError &&
        /MiB/.test(error.message) &&
        /fewer hidden units/.test(error.message),
    );
    assert.equal(device.allocate(4).length, 4, 'what fits is still given');
    device.dispose();
  });

  it('reuses what is released', () => {
    const device = createSimdDevice();
    const first = device.allocate(1000);
    device.release(first);
    assert.equal(device.allocate(1000).byteOffset, first.byteOffset);
    device.dispose();
  });
});

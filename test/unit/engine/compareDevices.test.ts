import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareInTurns, contradicting, median, withoutOutrun } from '../../../src/engine/compareDevices';
import type { Comparison } from '../../../src/engine/compareDevices';
import type { DeviceName } from '../../../src/kernels/registry';

type Rates = Partial<Record<DeviceName, (turn: number) => number | undefined>>;

/** Devices whose speed at each turn the test gives. A device at under a quarter of the best is given up. */
function machine(
  rates: Rates,
): Comparison & { readonly turns: DeviceName[]; readonly released: DeviceName[] } {
  const turns: DeviceName[] = [];
  const released: DeviceName[] = [];
  return {
    turns,
    released,
    turn: (device, best) => {
      const tokensPerSecond = rates[device]?.(turns.filter((name) => name === device).length);
      turns.push(device);
      return tokensPerSecond === undefined
        ? undefined
        : { tokensPerSecond, givenUp: tokensPerSecond < best / 4 };
    },
    overRun: (_, tokensPerSecond) => tokensPerSecond,
    left: (device) => void released.push(device),
  };
}

function fastest(
  speeds: ReadonlyMap<DeviceName, { readonly tokensPerSecond: number }>,
): DeviceName | undefined {
  return [...speeds].sort(([, a], [, b]) => b.tokensPerSecond - a.tokensPerSecond).at(0)?.[0];
}

describe('The comparison of devices', () => {
  it('lets them take turns, one of each, and takes the median of a device’s turns', async () => {
    const shown = machine({ simd: (turn) => [900, 1000, 1100, 950, 1050][turn], webasm: () => 700 });
    const speeds = await compareInTurns(['simd', 'webasm'], shown);
    assert.deepEqual(
      shown.turns,
      Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'simd' : 'webasm')),
    );
    assert.deepEqual(speeds.get('simd'), { tokensPerSecond: 1000, givenUp: false });
    assert.deepEqual(shown.released.sort(), ['simd', 'webasm']);
  });

  it('falls on the faster device wherever in it a busy moment comes that delays two turns', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 8 }),
        fc.constantFrom(2, 5, 50),
        fc.constantFrom<[DeviceName, DeviceName]>(['simd', 'webgpu'], ['webgpu', 'simd']),
        async (busyFrom, delay, order) => {
          let turn = 0;
          const rate = (usual: number) => (): number => {
            const busy = turn >= busyFrom && turn < busyFrom + 2;
            turn++;
            return busy ? usual / delay : usual;
          };
          const speeds = await compareInTurns(order, machine({ simd: rate(1000), webgpu: rate(1300) }));
          assert.equal(fastest(speeds), 'webgpu');
        },
      ),
    );
  });

  it('gives a device that was given up a second chance, and no third', async () => {
    const slow = machine({ simd: () => 1000, cpu: () => 10 });
    const speeds = await compareInTurns(['simd', 'cpu'], slow);
    assert.deepEqual(speeds.get('cpu'), { tokensPerSecond: 10, givenUp: true });
    assert.equal(slow.turns.filter((name) => name === 'cpu').length, 2);
    const stalled = machine({ simd: () => 1000, webgpu: (turn) => (turn === 0 ? 10 : 5000) });
    const again = await compareInTurns(['simd', 'webgpu'], stalled);
    assert.deepEqual(again.get('webgpu'), { tokensPerSecond: 5000, givenUp: false });
  });

  it('leaves a device out once it cannot win any more, or is not available any more', async () => {
    const shown = machine({
      simd: () => 1000,
      webasm: () => 300,
      webgpu: (turn) => (turn < 2 ? 900 : undefined),
    });
    const speeds = await compareInTurns(['simd', 'webasm', 'webgpu'], shown);
    assert.equal(shown.turns.filter((name) => name === 'webasm').length, 2);
    assert.deepEqual([...speeds.keys()], ['simd', 'webasm']);
    assert.deepEqual(shown.released.sort(), ['simd', 'webasm', 'webgpu']);
    assert.equal((await compareInTurns([], machine({}))).size, 0);
    assert.equal((await compareInTurns(['cpu'], machine({ cpu: () => undefined }))).size, 0);
  });
});

describe('What contradicts what is known of devices', () => {
  const speeds = (given: Partial<Record<DeviceName, number>>): Parameters<typeof contradicting>[0] =>
    new Map(
      Object.entries(given).map(([device, tokensPerSecond]) => [device as DeviceName, { tokensPerSecond }]),
    );

  it('is that two devices compare quite differently from in all other runs of the machine', () => {
    const run = (simd: number, webgpu?: number) => [
      { device: 'simd', tokensPerSecond: simd } as const,
      {
        device: 'webgpu',
        ...(webgpu === undefined ? { why: 'No adapter.' } : { tokensPerSecond: webgpu }),
      } as const,
    ];
    const others = [run(1000, 5000), run(100, 200), run(70)];
    assert.deepEqual(contradicting(speeds({ simd: 1000, webgpu: 500 }), others).sort(), ['simd', 'webgpu']);
    assert.deepEqual(contradicting(speeds({ simd: 10, webgpu: 500 }), others).sort(), ['simd', 'webgpu']);
    assert.deepEqual(contradicting(speeds({ simd: 1000, webgpu: 1000 }), others), []);
    assert.deepEqual(contradicting(speeds({ simd: 1000, webgpu: 14_000 }), others), []);
    assert.deepEqual(contradicting(speeds({ simd: 1000, webgpu: 1 }), [run(70)]), [], 'nothing is known');
  });
});

describe('The median', () => {
  it('is the middle one, or the mean of the two in the middle', () => {
    assert.deepEqual([median([3]), median([9, 1, 5]), median([4, 1, 9, 2])], [3, 5, 3]);
  });
});

describe('What need not be compared', () => {
  it('is what simd outruns on any machine, where that is there', () => {
    assert.deepEqual(withoutOutrun(['webgpu', 'simd', 'webasm', 'cpu']), ['webgpu', 'simd']);
    assert.deepEqual(withoutOutrun(['webgpu', 'webasm', 'cpu']), ['webgpu', 'webasm', 'cpu']);
    assert.deepEqual(withoutOutrun([]), []);
  });
});

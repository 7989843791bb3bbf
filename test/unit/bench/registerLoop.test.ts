import assert from 'node:assert/strict';
import { registerLoop, registerLoopModule } from '../../../bench/limit/registerLoop';

describe('bench: multiply-add loop', () => {
  const builds = [false, true].filter((fused) => WebAssembly.validate(registerLoopModule(1, fused)));

  it('is there at least without fused multiply-add', () => assert.ok(builds.includes(false)));

  for (const [fused, chains] of builds.flatMap((build) =>
    [1, 8, 13].map((count) => [build, count] as const),
  )) {
    it(`does all the multiply-adds that it counts, in ${chains} chains${fused ? ', fused' : ''}`, () => {
      const loop = registerLoop(chains, fused);
      const eachTurn = loop.operations / (2 * 4 * chains);
      // a := a·1 + 1 from 0 counts the multiply-adds of a chain.
      assert.equal(loop.run(1, 1, 1), chains * eachTurn);
      assert.equal(loop.run(3, 1, 1), chains * 3 * eachTurn);
      // a := a·½ + ½ from 0 tends to 1 and is 1 − 2⁻ⁿ after n of them.
      assert.equal(loop.run(1, 0.5, 0.5), chains * (1 - 2 ** -eachTurn));
    });
  }
});

import assert from 'node:assert/strict';
import { registerLoop, registerLoopModule } from '../../bench/limit/registerLoop';

describe('bench: multiply-add loop', () => {
  for (const chains of [1, 8, 13]) {
    it(`does all the multiply-adds that it counts, in ${chains} chains`, () => {
      assert.ok(WebAssembly.validate(registerLoopModule(chains)));
      const loop = registerLoop(chains);
      const eachTurn = loop.operations / (2 * 4 * chains);
      // a := a·1 + 1 from 0 counts the multiply-adds of a chain.
      assert.equal(loop.run(1, 1, 1), chains * eachTurn);
      assert.equal(loop.run(3, 1, 1), chains * 3 * eachTurn);
      // a := a·½ + ½ from 0 tends to 1 and is 1 − 2⁻ⁿ after n of them.
      assert.equal(loop.run(1, 0.5, 0.5), chains * (1 - 2 ** -eachTurn));
    });
  }
});

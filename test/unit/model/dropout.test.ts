import assert from 'node:assert/strict';
import type { MatrixData, Shape } from '../../../src/kernels/kernels';
import { leavesOf, mapLeaves } from '../../../src/kernels/tree';
import { DropoutDraws } from '../../../src/model/network/dropout';
import { trainingShapes } from '../../../src/model/network/programShapes';
import type { DropoutMasks } from '../../../src/model/network/programShapes';
import { listDirections } from '../../../src/model/parameters';
import { bothWays, networkWith } from './tiny';

const network = networkWith({
  E: 64,
  H: 128,
  layers: 2,
  directions: bothWays,
  dropsInput: true,
  dropsStates: true,
});
const [T, B] = [25, 8];

interface Draw {
  readonly seed?: number;
  readonly epoch?: number;
  readonly sweep?: number;
  readonly shard?: number;
}

/** The masks of a step. */
function draw(
  { seed = 1, epoch = 1, sweep = 0, shard = 0 }: Draw = {},
  rates = { inputDropout: 0.2, dropout: 0.5 },
  dropped = network,
): DropoutMasks<MatrixData> {
  const masks = mapLeaves(trainingShapes(dropped, T, B).drops, ({ rows, columns }: Shape): MatrixData =>
    new Float32Array(rows * columns).fill(NaN),
  );
  new DropoutDraws({ ...rates, seed }).fill(masks, epoch, sweep, shard);
  return masks;
}

const statesOf = ({ h = [] }: DropoutMasks<MatrixData>): MatrixData[] => h.flatMap(listDirections);

describe('dropout masks', () => {
  it('drop the share that is asked for, and scale what is left so that its mean stays', () => {
    for (const [inputDropout, dropout] of [
      [0.2, 0.5],
      [0.05, 0.9],
    ]) {
      const masks = draw({}, { inputDropout, dropout });
      assert.equal(statesOf(masks).length, 4);
      for (const [n, mask] of leavesOf<MatrixData>(masks).entries()) {
        const rate = n === 0 ? inputDropout : dropout;
        assert.deepEqual([...new Set(mask)].sort(), [0, Math.fround(1 / (1 - rate))]);
        const share = mask.filter((value) => value === 0).length / mask.length;
        // Five standard deviations of a share of so many draws.
        assert.ok(
          Math.abs(share - rate) < 5 * Math.sqrt((rate * (1 - rate)) / mask.length),
          `mask ${n} drops ${share}`,
        );
      }
    }
  });

  it('drop each entry as often as another', () => {
    const often = new Float64Array(T * B * network.H);
    const steps = 400;
    const draws = new DropoutDraws({ inputDropout: 0, dropout: 0.5, seed: 1 });
    const mask = new Float32Array(often.length);
    for (let sweep = 0; sweep < steps; sweep++) {
      draws.fill({ h: [{ leftToRight: mask }] }, 1, sweep, 0);
      mask.forEach((value, i) => (often[i] += value === 0 ? 1 : 0));
    }
    // Six standard deviations: of 25,600 entries none is beyond by chance.
    assert.ok(often.every((count) => Math.abs(count - steps / 2) < 6 * Math.sqrt(steps / 4)));
  });

  it('are the same for the same seed, epoch, sweep and shard, and else differ', () => {
    const masks = draw({ seed: 3, epoch: 2, sweep: 5, shard: 1 });
    assert.deepEqual(draw({ seed: 3, epoch: 2, sweep: 5, shard: 1 }), masks);
    for (const other of [{ seed: 4 }, { epoch: 3 }, { sweep: 6 }, { shard: 0 }]) {
      const differing = leavesOf<MatrixData>(draw({ seed: 3, epoch: 2, sweep: 5, shard: 1, ...other }));
      for (const [n, mask] of leavesOf<MatrixData>(masks).entries())
        assert.notDeepEqual(differing[n], mask, `mask ${n}, ${JSON.stringify(other)}`);
    }
  });

  it('differ between layers and directions', () => {
    assert.equal(new Set(statesOf(draw()).map((mask) => mask.join())).size, 4);
  });

  it('are only those that the network asks for', () => {
    const rates = { inputDropout: 0.2, dropout: 0.5 };
    const input = draw({}, rates, { ...network, dropsStates: false });
    assert.deepEqual([Boolean(input.e), statesOf(input).length], [true, 0]);
    const oneHot = draw({}, rates, networkWith({ dropsInput: true, dropsStates: true }));
    assert.deepEqual([Boolean(oneHot.e), statesOf(oneHot).length], [false, 1], 'one-hot input has none');
  });
});

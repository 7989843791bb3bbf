import assert from 'node:assert/strict';
import { DropoutMasks } from '../../../src/model/dropout';
import { trainingShapes } from '../../../src/model/network';
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
  readonly part?: number;
}

/** The masks of a step, by name. */
function draw(
  { seed = 1, epoch = 1, sweep = 0, part = 0 }: Draw = {},
  rates = { inputDropout: 0.2, dropout: 0.5 },
  dropped = network,
): Record<string, Float32Array<ArrayBuffer>> {
  const shapes = Object.entries(trainingShapes(dropped, T, B)).filter(([name]) => name.startsWith('drop'));
  const masks = Object.fromEntries(
    shapes.map(([name, { rows, columns }]) => [name, new Float32Array(rows * columns).fill(NaN)]),
  );
  new DropoutMasks(dropped, { ...rates, seed }).fill(masks, epoch, sweep, part);
  return masks;
}

describe('dropout masks', () => {
  it('drop the share that is asked for, and scale what is left so that its mean stays', () => {
    for (const [inputDropout, dropout] of [
      [0.2, 0.5],
      [0.05, 0.9],
    ]) {
      const masks = draw({}, { inputDropout, dropout });
      assert.deepEqual(Object.keys(masks), ['dropE', 'drop1>', 'drop1<', 'drop2>', 'drop2<']);
      for (const [name, mask] of Object.entries(masks)) {
        const rate = name === 'dropE' ? inputDropout : dropout;
        assert.deepEqual([...new Set(mask)].sort(), [0, Math.fround(1 / (1 - rate))]);
        const share = mask.filter((value) => value === 0).length / mask.length;
        // Five standard deviations of a share of so many draws.
        assert.ok(
          Math.abs(share - rate) < 5 * Math.sqrt((rate * (1 - rate)) / mask.length),
          `${name} drops ${share}`,
        );
      }
    }
  });

  it('drop each entry as often as another', () => {
    const often = new Float64Array(T * B * network.H);
    const steps = 400;
    const masks = new DropoutMasks(networkWith({ H: network.H, dropsStates: true }), {
      inputDropout: 0,
      dropout: 0.5,
      seed: 1,
    });
    const mask = new Float32Array(often.length);
    for (let sweep = 0; sweep < steps; sweep++) {
      masks.fill({ 'drop1>': mask }, 1, sweep, 0);
      mask.forEach((value, i) => (often[i] += value === 0 ? 1 : 0));
    }
    // Six standard deviations: of 25,600 entries none is beyond by chance.
    assert.ok(often.every((count) => Math.abs(count - steps / 2) < 6 * Math.sqrt(steps / 4)));
  });

  it('are the same for the same seed, epoch, step and part, and else differ', () => {
    const masks = draw({ seed: 3, epoch: 2, sweep: 5, part: 1 });
    assert.deepEqual(draw({ seed: 3, epoch: 2, sweep: 5, part: 1 }), masks);
    for (const other of [{ seed: 4 }, { epoch: 3 }, { sweep: 6 }, { part: 0 }]) {
      const differing = draw({ seed: 3, epoch: 2, sweep: 5, part: 1, ...other });
      for (const [name, mask] of Object.entries(masks))
        assert.notDeepEqual(differing[name], mask, `${name}, ${JSON.stringify(other)}`);
    }
  });

  it('differ between layers and directions', () => {
    const masks = Object.entries(draw()).filter(([name]) => name !== 'dropE');
    assert.equal(new Set(masks.map(([, mask]) => mask.join())).size, 4);
  });

  it('are only those that the network asks for', () => {
    assert.deepEqual(
      Object.keys(draw({}, { inputDropout: 0.2, dropout: 0 }, { ...network, dropsStates: false })),
      ['dropE'],
    );
    assert.deepEqual(
      Object.keys(
        draw({}, { inputDropout: 0, dropout: 0.5 }, networkWith({ dropsInput: true, dropsStates: true })),
      ),
      ['drop1>'],
      'one-hot input has none',
    );
  });
});

import assert from 'node:assert/strict';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { run, runOne } from './running';
import type { Rows } from './running';

function near(actual: Rows, expected: Rows): void {
  assert.equal(actual.length, expected.length);
  for (const [r, row] of expected.entries()) {
    assert.equal(actual[r].length, row.length);
    for (const [n, value] of row.entries())
      assert.ok(
        Math.abs(actual[r][n] - value) < 1e-12,
        `[${r}][${n}] is ${actual[r][n]} instead of ${value}`,
      );
  }
}

describe('reference: operations by hand', () => {
  const x = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];

  it('affine is x·Wᵀ + b', async () => {
    near(
      await runOne((k, i) => k.affine(i.x, i.W, i.b), {
        x,
        W: [
          [1, 0],
          [1, -1],
          [2, 3],
        ],
        b: [[10, 20, 30]],
      }),
      [
        [11, 19, 38],
        [13, 19, 48],
        [15, 19, 58],
      ],
    );
  });
  it('affine takes a matrix as b, so that inputs are summed', async () => {
    const b = [
      [10, 20],
      [30, 40],
      [50, 60],
    ];
    near(
      await runOne((k, i) => k.affine(i.x, i.W, i.b), {
        x,
        W: [
          [1, 0],
          [1, -1],
        ],
        b,
      }),
      [
        [11, 19],
        [33, 39],
        [55, 59],
      ],
    );
    const nested = await runOne((k, i) => k.affine(i.x, i.W, k.affine(i.e, i.D, i.c)), {
      x,
      W: [
        [1, 0],
        [1, -1],
      ],
      e: [[1], [2], [3]],
      D: [[100], [0]],
      c: [[1, 2]],
    });
    near(nested, [
      [102, 1],
      [204, 1],
      [306, 1],
    ]);
  });
  it('product is r·V', async () => {
    near(
      await runOne((k, i) => k.product(i.x, i.V), {
        x,
        V: [
          [1, 2, 3],
          [0, -1, 1],
        ],
      }),
      [
        [1, 0, 5],
        [3, 2, 13],
        [5, 4, 21],
      ],
    );
  });
  it('add takes equal shapes, or one row', async () => {
    near(await runOne((k, i) => k.add(i.x, i.x), { x }), [
      [2, 4],
      [6, 8],
      [10, 12],
    ]);
    near(await runOne((k, i) => k.add(i.x, i.b), { x, b: [[10, 20]] }), [
      [11, 22],
      [13, 24],
      [15, 26],
    ]);
  });
  it('multiply takes equal shapes, or one column', async () => {
    near(await runOne((k, i) => k.multiply(i.x, i.x), { x }), [
      [1, 4],
      [9, 16],
      [25, 36],
    ]);
    near(await runOne((k, i) => k.multiply(i.x, i.m), { x, m: [[1], [0], [2]] }), [
      [1, 2],
      [0, 0],
      [10, 12],
    ]);
  });
  it('outerSum is aᵀ·b', async () => {
    near(
      await runOne((k, i) => k.outerSum(i.a, i.x), {
        x,
        a: [
          [1, 0, 2],
          [0, 1, 0],
          [1, 1, 1],
        ],
      }),
      [
        [6, 8],
        [8, 10],
        [7, 10],
      ],
    );
  });
  it('columnSums and rowNorms', async () => {
    near(await runOne((k, i) => k.columnSums(i.x), { x }), [[9, 12]]);
    near(
      await runOne((k, i) => k.rowNorms(i.a), {
        a: [
          [3, 4],
          [0, 0],
          [-5, 12],
        ],
      }),
      [[5], [0], [13]],
    );
  });
  it('softmax of equal entries is uniform, and survives large ones', async () => {
    near(
      await runOne((k, i) => k.softmax(i.z), {
        z: [
          [1, 1, 1, 1],
          [1000, -1000, 1000, -1000],
        ],
      }),
      [
        [0.25, 0.25, 0.25, 0.25],
        [0.5, 0, 0.5, 0],
      ],
    );
  });
  it('softmax with cross-entropy: ŷ is not masked, the residual and the loss are', async () => {
    const z = [
      [Math.log(1), Math.log(3)],
      [Math.log(1), Math.log(4)],
    ];
    const { yHat, dz, loss } = await run((k, i) => k.softmaxCrossEntropy(i.z, i.y, i.mask), {
      z,
      y: [[1], [0]],
      mask: [[1], [0]],
    });
    near(yHat, [
      [0.25, 0.75],
      [0.2, 0.8],
    ]);
    near(dz, [
      [0.25, -0.25],
      [0, 0],
    ]);
    near(loss, [[-Math.log(0.75)], [0]]);
  });
});

describe('reference: sweeps by hand', () => {
  // B = 2 sentences of H = 1, T = 2; the second sentence has one token and one of padding. relu, so that f(s)
  // = s for s > 0.
  const inputs = {
    p: [[1], [10], [2], [20]],
    U: [[3]],
    h0: [[5], [7]],
    mask: [[1], [1], [1], [0]],
    dh: [[1], [2], [4], [8]],
  };
  const sweep = (direction: 'leftToRight' | 'rightToLeft') =>
    run((k, i) => {
      const { h, hLast, tape } = k.recur(i.p, i.U, i.h0, i.mask, { activation: 'relu', direction });
      return { h, hLast, previous: k.previous(tape), delta: k.recurBackward(i.dh, tape) };
    }, inputs);

  it('left to right', async () => {
    const { h, hLast, previous, delta } = await sweep('leftToRight');
    near(h, [[16], [31], [50], [0]]);
    near(hLast, [[50], [0]]);
    near(previous, [[5], [7], [16], [31]]);
    near(delta, [[1 + 3 * 4], [2], [4], [0]]);
  });
  it('right to left: padding comes first and leaves no trace', async () => {
    const { h, hLast, previous, delta } = await sweep('rightToLeft');
    near(h, [[1 + 3 * 17], [10], [17], [0]]);
    near(hLast, [[52], [10]]);
    near(previous, [[17], [0], [5], [7]]);
    near(delta, [[1], [2], [4 + 3], [0]]);
  });
  it('the activations and their derivatives', async () => {
    for (const [activation, f, slope] of [
      ['tanh', Math.tanh(0.5), 1 - Math.tanh(0.5) ** 2],
      ['sigmoid', 1 / (1 + Math.exp(-0.5)), Math.exp(-0.5) / (1 + Math.exp(-0.5)) ** 2],
      ['relu', 0.5, 1],
    ] as const) {
      const { h, delta } = await run(
        (k, i) => {
          const swept = k.recur(i.p, i.U, i.h0, i.one, { activation, direction: 'leftToRight' });
          return { h: swept.h, delta: k.recurBackward(i.one, swept.tape) };
        },
        { p: [[0.5]], U: [[1]], h0: [[0]], one: [[1]] },
      );
      near(h, [[f]]);
      near(delta, [[slope]]);
    }
  });
});

describe('reference: the device', () => {
  it('computes in float64 and at once', async () => {
    const device = createReferenceDevice();
    assert.equal(device.precision, 'float64');
    assert.ok(device.allocate(3) instanceof Float64Array);
    const plan = await device.compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 1, columns: 1 } });
    const outputs = plan.run({ x: new Float64Array([0.1]) });
    assert.ok(!(outputs instanceof Promise));
    assert.deepEqual(outputs.y, new Float64Array([0.2]));
    plan.dispose();
    device.dispose();
  });
  it('reports shapes when compiling, and lengths when running', async () => {
    const device = createReferenceDevice();
    await assert.rejects(
      device.compile((k, { x }) => ({ y: k.product(x, x) }), { x: { rows: 2, columns: 3 } }),
      { name: 'ShapeError', message: /product.*2×3/ },
    );
    const plan = await device.compile((k, { x }) => ({ y: k.columnSums(x) }), { x: { rows: 2, columns: 3 } });
    assert.deepEqual(plan.outputShapes, { y: { rows: 1, columns: 3 } });
    assert.throws(() => plan.run({ x: new Float64Array(5) }), {
      name: 'ShapeError',
      message: 'input x: 2×3 takes 6 numbers, but got 5',
    });
  });
});

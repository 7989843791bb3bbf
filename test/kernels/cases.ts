/** Programs with shapes and seeded contents, on which every device must agree with the reference. */
import { hash32, uniform } from '../../src/common/random';
import { activationNames } from '../../src/kernels/activation';
import type { Activation } from '../../src/kernels/activation';
import type { Direction, Matrix, Shape } from '../../src/kernels/kernels';
import type { Program } from '../../src/kernels/program';

type CaseProgram = Program<Record<string, Matrix>, Record<string, Matrix>>;

export interface Case {
  readonly name: string;
  readonly program: CaseProgram;
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly contents: Readonly<Record<string, readonly number[]>>;
}

export const activations: readonly Activation[] = activationNames;
export const directions: readonly Direction[] = ['leftToRight', 'rightToLeft'];

const odd: readonly number[] = [1, 2, 3, 4, 5, 7, 8, 13, 17, 33];

/** A size out of the odd ones, fixed by the seed. */
function size(seed: number, which: number): number {
  return odd[hash32(seed, which) % odd.length];
}

/** Numbers in [−scale, scale). */
function noise(count: number, scale: number, seed: number, which: number): number[] {
  return Array.from({ length: count }, (_, i) => (2 * uniform(seed, which, i) - 1) * scale);
}

/** A mask of sentences of different lengths, padded at the end: row t·B + β. */
function padding(T: number, B: number, seed: number): number[] {
  const lengths = Array.from({ length: B }, (_, beta) => (beta === 0 ? T : 1 + (hash32(seed, 77, beta) % T)));
  return Array.from({ length: T * B }, (_, r) => (Math.floor(r / B) < lengths[r % B] ? 1 : 0));
}

function labels(R: number, L: number, seed: number): number[] {
  return Array.from({ length: R }, (_, r) => hash32(seed, 78, r) % L);
}

function shape(rows: number, columns: number): Shape {
  return { rows, columns };
}

/** Every operation without time, once, at random sizes. */
export function operationsCase(seed: number): Case {
  const [R, N, M, L] = [size(seed, 1), size(seed, 2), size(seed, 3), size(seed, 4) + 1];
  const shapes = {
    x: shape(R, N),
    W: shape(M, N),
    b: shape(1, M),
    r: shape(R, M),
    V: shape(M, N),
    other: shape(R, N),
    rowOf: shape(1, N),
    columnOf: shape(R, 1),
    z: shape(R, L),
    y: shape(R, 1),
    mask: shape(R, 1),
    D: shape(M, L),
  };
  const contents = Object.fromEntries(
    Object.entries(shapes).map(([name, { rows, columns }], i) => [name, noise(rows * columns, 2, seed, i)]),
  );
  const program: CaseProgram = (k, i) => {
    const { yHat, dz, loss } = k.softmaxCrossEntropy(i.z, i.y, i.mask);
    return {
      affine: k.affine(i.x, i.W, i.b),
      affineMatrix: k.affine(i.x, i.W, i.r),
      affineNested: k.affine(i.z, i.D, k.affine(i.x, i.W, i.b)),
      product: k.product(i.r, i.V),
      add: k.add(i.x, i.other),
      addRow: k.add(i.x, i.rowOf),
      multiply: k.multiply(i.x, i.other),
      multiplyColumn: k.multiply(i.x, i.columnOf),
      outerSum: k.outerSum(i.r, i.x),
      columnSums: k.columnSums(i.x),
      rowNorms: k.rowNorms(i.x),
      softmax: k.softmax(i.z),
      yHat,
      dz,
      loss,
      chained: k.product(dz, k.outerSum(yHat, i.x)),
    };
  };
  return {
    name: `operations, R=${R} N=${N} M=${M} L=${L}`,
    program,
    shapes,
    contents: {
      ...contents,
      y: labels(R, L, seed),
      mask: contents.mask.map((value) => (value > -1 ? 1 : 0)),
    },
  };
}

export interface Sizes {
  readonly T: number;
  readonly B: number;
  readonly H: number;
}

/** Both sweeps, and what comes before each step, for all activations and directions at once. */
export function sweepsCase({ T, B, H }: Sizes, seed: number, scale = 1): Case {
  const R = T * B;
  const shapes = { p: shape(R, H), U: shape(H, H), h0: shape(B, H), mask: shape(R, 1), dh: shape(R, H) };
  const program: CaseProgram = (k, i) => {
    const outputs: Record<string, Matrix> = {};
    for (const activation of activations) {
      for (const direction of directions) {
        const { h, hLast, tape } = k.recur(i.p, i.U, i.h0, i.mask, { activation, direction });
        const results = { h, hLast, previous: k.previous(tape), delta: k.recurBackward(i.dh, tape) };
        for (const [name, matrix] of Object.entries(results))
          outputs[`${activation} ${direction} ${name}`] = matrix;
      }
    }
    return outputs;
  };
  // Where everything is saturated, float32 has no derivative left to compare: every second entry stays small.
  const p = noise(R * H, 1, seed, 1).map((value, i) => (i % 2 === 0 ? value * scale : value));
  const contents = {
    p,
    U: noise(H * H, 1.2 / Math.sqrt(H), seed, 2),
    h0: noise(B * H, 0.8, seed, 3),
    mask: padding(T, B, seed),
    dh: noise(R * H, 1, seed, 4),
  };
  return {
    name: `sweeps, T=${T} B=${B} H=${H}${scale === 1 ? '' : ` p to ±${scale}`}`,
    program,
    shapes,
    contents,
  };
}

/** The way back with truncation: blocks of τ steps. */
export function truncatedCase({ T, B, H }: Sizes, truncation: number, seed: number): Case {
  const R = T * B;
  const shapes = { p: shape(R, H), U: shape(H, H), h0: shape(B, H), mask: shape(R, 1), dh: shape(R, H) };
  const program: CaseProgram = (k, i) => {
    const outputs: Record<string, Matrix> = {};
    for (const direction of directions) {
      const { h, tape } = k.recur(i.p, i.U, i.h0, i.mask, { activation: 'tanh', direction, truncation });
      const delta = k.recurBackward(i.dh, tape);
      const results = { h, delta, dU: k.outerSum(delta, k.previous(tape)) };
      for (const [name, matrix] of Object.entries(results)) outputs[`${direction} ${name}`] = matrix;
    }
    return outputs;
  };
  const contents = {
    p: noise(R * H, 1, seed, 1),
    U: noise(H * H, 1.2 / Math.sqrt(H), seed, 2),
    h0: noise(B * H, 0.8, seed, 3),
    mask: padding(T, B, seed),
    dh: noise(R * H, 1, seed, 4),
  };
  return { name: `truncated BPTT, T=${T} B=${B} H=${H} τ=${truncation}`, program, shapes, contents };
}

/** What {@link truncatedCase} is tried with: whole blocks and parts of one, blocks of one step, one block. */
export const truncations: readonly (readonly [Sizes, number])[] = [
  [{ T: 1, B: 1, H: 3 }, 1],
  [{ T: 7, B: 1, H: 5 }, 3],
  [{ T: 8, B: 2, H: 3 }, 4],
  [{ T: 9, B: 4, H: 9 }, 2],
  [{ T: 5, B: 5, H: 6 }, 1],
  [{ T: 6, B: 3, H: 4 }, 9],
];

/** The conditional random field, with sentences of several lengths, the second without a token. */
export function crfCase(T: number, B: number, L: number, seed: number, scale = 2): Case {
  const R = T * B;
  const shapes = { z: shape(R, L), y: shape(R, 1), mask: shape(R, 1), A: shape(L + 2, L) };
  const program: CaseProgram = (k, i) => ({ ...k.crf(i.z, i.y, i.mask, i.A, B) });
  // Sixteenths, so that float32 holds them exactly: large scores cost the digits that they are rounded by.
  const scores = (count: number, which: number): number[] =>
    noise(count, scale, seed, which).map((value) => Math.round(value * 16) / 16);
  const mask = padding(T, B, seed).map((value, r) => (r % B === 1 ? 0 : value));
  return {
    name: `conditional random field, T=${T} B=${B} L=${L}, scores to ±${scale}`,
    program,
    shapes,
    contents: { z: scores(R * L, 1), y: labels(R, L, seed), mask, A: scores((L + 2) * L, 2) },
  };
}

/**
 * Scores that pull apart: A keeps the label by 100, z changes it by 98. Both transitions are likely, and each
 * is the product of one number that float32 holds and one of e⁻¹⁰⁰, which it does not.
 */
function tornCrfCase(T: number, B: number, L: number): Case {
  const example = crfCase(T, B, L, T, 1);
  const A = example.contents.A.map((noise, at) => noise + (at < L * L ? (at % (L + 1) === 0 ? 50 : -50) : 0));
  const z = example.contents.z.map(
    (noise, at) => noise + (at % L === Math.floor(at / (B * L)) % L ? 48 : -50),
  );
  return { ...example, name: `${example.name}, that pull apart`, contents: { ...example.contents, A, z } };
}

/** {@link crfCase} at odd sizes, at usual ones, and where scores are far apart. */
export function crfCases(): Case[] {
  const sizes = [
    [1, 1, 1],
    [1, 3, 5],
    [2, 1, 2],
    [7, 2, 3],
    [9, 4, 8],
    [8, 5, 9],
    [25, 8, 17],
    [40, 3, 23],
    [6, 2, 60],
  ];
  const large = [
    [7, 1, 4],
    [12, 3, 9],
    [20, 9, 17],
  ];
  return [
    ...sizes.map(([T, B, L]) => crfCase(T, B, L, T)),
    ...large.map(([T, B, L]) => crfCase(T, B, L, T, 50)),
    crfCase(300, 2, 5, 300, 4),
    tornCrfCase(6, 1, 2),
    tornCrfCase(12, 3, 9),
  ];
}

/** One training step of the tagger: forward, loss, BPTT, all gradients. */
export function trainingCase(
  { T, B, H, L }: Sizes & { readonly L: number },
  activation: Activation,
  direction: Direction,
  seed: number,
): Case {
  const R = T * B;
  const shapes = {
    p: shape(R, H),
    b: shape(1, H),
    U: shape(H, H),
    h0: shape(B, H),
    V: shape(L, H),
    c: shape(1, L),
    y: shape(R, 1),
    mask: shape(R, 1),
    share: shape(R, 1),
  };
  const program: CaseProgram = (k, i) => {
    const { h, hLast, tape } = k.recur(k.add(i.p, i.b), i.U, i.h0, i.mask, { activation, direction });
    const output = k.softmaxCrossEntropy(k.affine(h, i.V, i.c), i.y, i.mask);
    const r = k.multiply(output.dz, i.share);
    const delta = k.recurBackward(k.product(r, i.V), tape);
    return {
      dU: k.outerSum(delta, k.previous(tape)),
      dV: k.outerSum(r, h),
      delta,
      db: k.columnSums(delta),
      dc: k.columnSums(r),
      loss: output.loss,
      yHat: output.yHat,
      hLast,
      norms: k.rowNorms(delta),
    };
  };
  const contents = {
    p: noise(R * H, 1, seed, 1),
    b: noise(H, 0.5, seed, 2),
    U: noise(H * H, 1.5 / Math.sqrt(H), seed, 3),
    h0: noise(B * H, 0.8, seed, 4),
    V: noise(L * H, 2 / Math.sqrt(H), seed, 5),
    c: noise(L, 0.5, seed, 6),
    y: labels(R, L, seed),
    mask: padding(T, B, seed),
    share: Array.from({ length: R }, () => 1 / B),
  };
  return {
    name: `training step, ${activation} ${direction}, T=${T} B=${B} H=${H} L=${L}`,
    program,
    shapes,
    contents,
  };
}

/** Numbers beyond what exp and tanh can take. */
export function extremeCase(): Case {
  const shapes = { z: shape(4, 5), y: shape(4, 1), mask: shape(4, 1) };
  const program: CaseProgram = (k, i) => ({
    ...k.softmaxCrossEntropy(i.z, i.y, i.mask),
    softmax: k.softmax(i.z),
  });
  const z = [500, -500, 0, 499, 1, -300, -301, -300, -302, -303, 1e4, 0, -1e4, 1, 2, 0, 0, 0, 0, 0];
  return {
    name: 'softmax of large numbers',
    program,
    shapes,
    contents: { z, y: [0, 2, 0, 4], mask: [1, 1, 1, 0] },
  };
}

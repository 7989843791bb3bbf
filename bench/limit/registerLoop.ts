/**
 * The core's multiply-add limit in WebAssembly SIMD: a loop of f32x4 a := a·x + y over several independent
 * chains a, all in registers, no memory touched. What it reaches is the most that any f32x4 kernel in the
 * same instructions can: those that WebAssembly has everywhere, or relaxed SIMD's fused multiply-add.
 *
 * The module is written by hand, byte by byte, so that no compiler stands between the loop and the figure.
 * Encodings: the WebAssembly core specification, section 5 (binary format), with the vector instructions of
 * 5.4.7.
 */

const i32 = 0x7f;
const f32 = 0x7d;
const v128 = 0x7b;

const op = {
  loop: 0x03,
  end: 0x0b,
  branchIf: 0x0d,
  empty: 0x40,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Const: 0x41,
  i32Sub: 0x6b,
  f32Add: 0x92,
};
/** Vector instructions: the prefix, then the number in LEB128. */
const simd = (number: number): number[] => [0xfd, ...unsigned(number)];
const splat = simd(0x13);
const extractLane0 = [...simd(0x1f), 0];
const add = simd(0xe4);
const multiply = simd(0xe6);
/** a·x + y with both on the stack, rounded once where the machine can (the relaxed SIMD proposal). */
const relaxedMultiplyAdd = simd(0x105);

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const more = value >= 0x80;
    bytes.push((value & 0x7f) | (more ? 0x80 : 0));
    value >>>= 7;
  } while (value > 0);
  return bytes;
}

const list = (items: readonly (readonly number[])[]): number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];
const sized = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];
const section = (id: number, items: readonly (readonly number[])[]): number[] => [id, ...sized(list(items))];

/**
 * In one turn of the loop each chain gets so many multiply-adds: what the loop itself costs must not count.
 */
const unrolled = 8;

/**
 * A module that exports `run(turns: i32, x: f32, y: f32): f32`, which gives the sum of the chains' first
 * lanes.
 */
export function registerLoopModule(chains: number, fused = false): Uint8Array<ArrayBuffer> {
  const [turns, xScalar, yScalar, x, y, first] = [0, 1, 2, 3, 4, 5];
  const get = (local: number): number[] => [op.localGet, local];
  const set = (local: number): number[] => [op.localSet, local];
  const every = (code: (local: number) => number[]): number[] =>
    Array.from({ length: chains }, (_, i) => code(first + i)).flat();
  const multiplyAdd = fused ? [...get(y), ...relaxedMultiplyAdd] : [...multiply, ...get(y), ...add];
  const body = [
    ...get(xScalar),
    ...splat,
    ...set(x),
    ...get(yScalar),
    ...splat,
    ...set(y),
    op.loop,
    op.empty,
    ...Array.from({ length: unrolled }, () =>
      every((a) => [...get(a), ...get(x), ...multiplyAdd, ...set(a)]),
    ).flat(),
    ...get(turns),
    op.i32Const,
    1,
    op.i32Sub,
    op.localTee,
    turns,
    op.branchIf,
    0,
    op.end,
    ...get(first),
    ...extractLane0,
    ...every((a) => (a === first ? [] : [...get(a), ...extractLane0, op.f32Add])),
    op.end,
  ];
  const locals = list([[...unsigned(2 + chains), v128]]);
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, ...list([[i32], [f32], [f32]]), ...list([[f32]])]]),
    ...section(3, [[0]]),
    ...section(7, [[...sized([...new TextEncoder().encode('run')]), 0, 0]]),
    ...section(10, [sized([...locals, ...body])]),
  ]);
}

export interface RegisterLoop {
  /** Runs so many turns, from a = 0. Gives the sum of a over the chains. */
  run(turns: number, x: number, y: number): number;
  /** Additions and multiplications of one turn. */
  readonly operations: number;
}

/** @throws {WebAssembly.CompileError} where this machine or Node has no such instructions. */
export function registerLoop(chains: number, fused = false): RegisterLoop {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(registerLoopModule(chains, fused)));
  return { run: exports.run as RegisterLoop['run'], operations: unrolled * chains * 4 * 2 };
}

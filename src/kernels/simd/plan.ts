import type { Matrix, MatrixData, Shape } from '../kernels';
import type { Plan, Program } from '../program';
import { inputsInOrder, outputShapes } from '../shapes';
import { leavesOf, mapLeaves } from '../tree';
import type { Leaves } from '../tree';
import { From, Opcode } from './assembly/opcodes';
import { SimdMatrix, onSimd } from './matrix';
import type { SimdMemory } from './memory';
import type { SimdExports } from './module';
import { simdKernels } from './operations';
import { Recorder, slot } from './recorder';
import type { Recording } from './recorder';

/** A recorded program. Its tables of addresses have an entry for each leaf of its inputs and outputs. */
export interface CompiledProgram<Out> extends Recording {
  /** Entries of the table of inputs. */
  readonly inputs: number;
  readonly outputShapes: Out;
}

/** A program that looks up rows of tables has `starts` and `ids` before the leaves of its inputs. */
const lookupEntries = 2;

/**
 * Records a program for given shapes. `gathered`: leaves of the inputs, by their place in the order, whose
 * rows are sums of rows of tables; their entries hold the tables' addresses.
 * @throws {ShapeError} when shapes do not fit.
 */
export function compileProgram<In, Out>(
  program: Program<In, Out>,
  shapes: In,
  gathered: readonly number[] = [],
): CompiledProgram<Out> {
  const ofOutputs = outputShapes(program, shapes);
  const recorder = new Recorder();
  const [starts, ids] = [slot(From.inputs, 0), slot(From.inputs, 1)];
  const before = gathered.length > 0 ? lookupEntries : 0;
  let inputs = before;
  const matrices = mapLeaves(shapes, ({ rows, columns }: Shape, index): Matrix => {
    const entry = slot(From.inputs, inputs++);
    return gathered.includes(index)
      ? SimdMatrix.gathered(recorder, rows, columns, entry, starts, ids)
      : new SimdMatrix(recorder, rows, columns, () => ({ rows: entry }));
  });
  mapLeaves(program(simdKernels(recorder), matrices), (output: Matrix, index) => {
    const to = slot(From.outputs, index);
    const result = onSimd(output);
    const { rows, columns, besideRows: side } = result;
    if (side) recorder.emit(Opcode.copy, to, side, rows * columns * 4);
    else recorder.emit(Opcode.exportRows, to, result.asPanels.at, result.asPanels.panel, rows, columns);
  });
  return { ...recorder.finish(), inputs, outputShapes: ofOutputs };
}

/** Scratch space for the programs that run one after the other on one thread. */
export class Scratch {
  private bytes = 0;
  address = 0;

  constructor(private readonly memory: SimdMemory) {}

  reserve(bytes: number): void {
    if (bytes <= this.bytes) return;
    if (this.bytes > 0) this.memory.free(this.address);
    this.bytes = 0;
    this.address = this.memory.allocate(bytes);
    this.bytes = bytes;
  }
}

/** A plan that runs on the calling thread, at once. */
export class SimdPlan<In, Out> implements Plan<In, Out> {
  readonly outputShapes: Out;
  private readonly owned: number[] = [];
  private readonly code: number;
  private readonly inputTable: Int32Array;
  private readonly outputTable: Int32Array;
  private readonly results: Leaves<Out, MatrixData>;
  /** Where inputs that lie elsewhere are copied to. */
  private readonly copies = new Map<number, Float32Array<ArrayBuffer>>();
  private disposed = false;

  constructor(
    private readonly memory: SimdMemory,
    private readonly exports: SimdExports,
    private readonly scratch: Scratch,
    /** Sees to it that the scratch space is large enough; it may move. */
    reserve: (bytes: number) => void,
    program: Program<In, Out>,
    readonly inputShapes: In,
    private readonly ended: (plan: { dispose(): void }) => void,
    private readonly check: () => void,
  ) {
    const compiled = compileProgram(program, inputShapes);
    this.outputShapes = compiled.outputShapes;
    this.code = this.allocate(compiled.code.byteLength);
    memory.integers(this.code, compiled.code.length).set(compiled.code);
    const { inputs } = compiled;
    this.inputTable = memory.integers(this.allocate(inputs * 4), inputs);
    this.results = mapLeaves(compiled.outputShapes, ({ rows, columns }: Shape): MatrixData => {
      return memory.floats(this.allocate(rows * columns * 4), rows * columns);
    });
    const results = leavesOf<MatrixData>(this.results);
    this.outputTable = memory.integers(this.allocate(results.length * 4), results.length);
    results.forEach(({ byteOffset }, index) => (this.outputTable[index] = byteOffset));
    reserve(compiled.scratchBytes);
  }

  run(inputs: Leaves<In, MatrixData>): Leaves<Out, MatrixData> {
    this.check();
    if (this.disposed) throw new Error('This plan was disposed of.');
    inputsInOrder(this.inputShapes, inputs, (data) => data).forEach((data, index) => {
      this.inputTable[index] = this.memory.addressOf(data) ?? this.copy(index, data);
    });
    this.exports.run(
      this.code,
      this.scratch.address,
      this.inputTable.byteOffset,
      this.outputTable.byteOffset,
    );
    return this.results;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const address of this.owned) this.memory.free(address);
    this.ended(this);
  }

  private copy(index: number, data: MatrixData): number {
    let copy = this.copies.get(index);
    if (!copy) {
      copy = this.memory.floats(this.allocate(data.length * 4), data.length);
      this.copies.set(index, copy);
    }
    copy.set(data);
    return copy.byteOffset;
  }

  private allocate(bytes: number): number {
    const address = this.memory.allocate(bytes);
    this.owned.push(address);
    return address;
  }
}

import type { MatrixData, Plan, Program, Shape } from '../kernels';
import { checkLength, outputShapes } from '../shapes';
import { From, Opcode } from './assembly/opcodes';
import { SimdMatrix, onSimd } from './matrix';
import type { SimdMemory } from './memory';
import type { SimdExports } from './module';
import { simdKernels } from './operations';
import { Recorder, slot } from './recorder';
import type { Recording } from './recorder';

/** A table of addresses, as a program reads it. */
export interface Compiled<In extends string, Out extends string> extends Recording {
  /** In the order of the tables' entries. */
  readonly inputs: readonly In[];
  readonly outputs: readonly Out[];
  readonly outputShapes: Readonly<Record<Out, Shape>>;
}

/** The entries of a sharded program's table of inputs that say which rows of tables are summed. */
export type RowsEntry = 'starts' | 'ids';

/**
 * Records a program for given shapes; the rows of the inputs `gathered` are sums of rows of tables, which
 * their entries hold. @throws {ShapeError} when they do not fit.
 */
export function compileProgram<In extends string, Out extends string>(
  program: Program<In, Out>,
  shapes: Readonly<Record<In, Shape>>,
  gathered: readonly In[] = [],
): Compiled<In | RowsEntry, Out> {
  const ofOutputs = outputShapes(program, shapes);
  const recorder = new Recorder();
  const inputs: (In | RowsEntry)[] = [];
  const entry = (name: In | RowsEntry): ReturnType<typeof slot> => slot(From.inputs, inputs.push(name) - 1);
  const [starts, ids] = gathered.length > 0 ? [entry('starts'), entry('ids')] : [];
  const matrices = {} as Record<In, SimdMatrix>;
  for (const name of Object.keys(shapes) as In[]) {
    const { rows, columns } = shapes[name];
    const place = entry(name);
    matrices[name] =
      starts && ids && gathered.includes(name)
        ? SimdMatrix.gathered(recorder, rows, columns, place, starts, ids)
        : new SimdMatrix(recorder, rows, columns, () => ({ rows: place }));
  }
  const results = program(simdKernels(recorder), matrices);
  const outputs = Object.keys(ofOutputs) as Out[];
  outputs.forEach((name, index) => {
    const { rows, columns } = ofOutputs[name];
    const to = slot(From.outputs, index);
    const result = onSimd(results[name]);
    const side = result.besideRows;
    if (side) recorder.emit(Opcode.copy, to, side, rows * columns * 4);
    else recorder.emit(Opcode.exportRows, to, result.asPanels.at, result.asPanels.panel, rows, columns);
  });
  return { ...recorder.finish(), inputs, outputs, outputShapes: ofOutputs };
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
export class SimdPlan<In extends string, Out extends string> implements Plan<In, Out> {
  readonly outputShapes: Readonly<Record<Out, Shape>>;
  private readonly owned: number[] = [];
  private readonly code: number;
  private readonly inputTable: Int32Array;
  private readonly outputTable: Int32Array;
  private readonly results = {} as Record<Out, MatrixData>;
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
    readonly inputShapes: Readonly<Record<In, Shape>>,
    private readonly ended: (plan: { dispose(): void }) => void,
    private readonly check: () => void,
  ) {
    const compiled = compileProgram(program, inputShapes);
    this.outputShapes = compiled.outputShapes;
    this.code = this.allocate(compiled.code.byteLength);
    memory.integers(this.code, compiled.code.length).set(compiled.code);
    const { inputs, outputs } = compiled;
    this.inputTable = memory.integers(this.allocate(inputs.length * 4), inputs.length);
    this.outputTable = memory.integers(this.allocate(outputs.length * 4), outputs.length);
    outputs.forEach((name, index) => {
      const { rows, columns } = compiled.outputShapes[name];
      const address = this.allocate(rows * columns * 4);
      this.outputTable[index] = address;
      this.results[name] = memory.floats(address, rows * columns);
    });
    reserve(compiled.scratchBytes);
  }

  run(inputs: Readonly<Record<In, MatrixData>>): Record<Out, MatrixData> {
    this.check();
    if (this.disposed) throw new Error('This plan was disposed of.');
    let index = 0;
    for (const name in this.inputShapes) {
      const data = inputs[name];
      checkLength(`input ${name}`, this.inputShapes[name], data.length);
      this.inputTable[index] = this.memory.addressOf(data) ?? this.copy(index, data);
      index++;
    }
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

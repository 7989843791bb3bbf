import type { DescentOptions, DeviceLostError, MatrixData, Shape, Shard, ShardedProgram, ShardedRecipe } from '../kernels';
import { Job, Parameter, Phase } from './assembly/offsets';
import type { SimdMemory } from './memory';
import { compileProgram } from './plan';
import type { Compiled, Gathered } from './plan';
import type { Threads } from './threads';
import { TouchedRows } from './touchedRows';

/** Numbers of a parameter that make a piece of work. */
const sliceLength = 4096;

/** Programs kept by T and B. They are small. */
const mostPrograms = 1024;

interface Loaded<In extends string, Out extends string> {
  readonly compiled: Compiled<In | 'table' | 'rows', Out>;
  readonly address: number;
  readonly inputShapes: Readonly<Record<In, Shape>>;
  /** What holds while the shards' room stays where it is. */
  placed: Placed<In, Out> | undefined;
}

/** Shards in their room. */
interface Placed<In extends string, Out extends string> {
  readonly shards: readonly Shard<In, Out>[];
  /** Their tables of addresses. */
  readonly tables: number;
  /** Of the table's gradients, in each shard. */
  readonly rowGradients: readonly number[];
  /** How often rooms had moved by then. */
  readonly moves: number;
}

/** A piece of memory that grows. */
interface Room {
  address: number;
  bytes: number;
}

export class SimdShards<In extends string, Out extends string> implements ShardedProgram<In, Out> {
  private readonly programs = new Map<string, Loaded<In, Out>>();
  private readonly job: number;
  private readonly words: Int32Array;
  private readonly numbers: Float64Array;
  private readonly rooms = new Map<string, Room>();
  /** Rises when a shard's room moves. */
  private moves = 0;
  private readonly touched: TouchedRows;
  private readonly width: number;
  private readonly slices: number;
  private current: Loaded<In, Out> | undefined;
  private active: readonly Shard<In, Out>[] = [];

  constructor(
    private readonly memory: SimdMemory,
    private readonly threads: Threads,
    private readonly recipe: ShardedRecipe<In, Out>,
    private readonly check: () => void,
    private readonly lost: (reason: string) => DeviceLostError,
  ) {
    this.job = memory.allocate(Job.bytes);
    this.words = memory.integers(this.job, Job.bytes / 4).fill(0);
    this.numbers = new Float64Array(this.words.buffer, this.job, Job.bytes / 8);
    const { input, values } = recipe.table;
    this.width = recipe.shapes(1, 1)[input].columns;
    this.touched = new TouchedRows(values.length / this.width);
    this.set(Job.table, this.addressOf(values));
    this.set(Job.width, this.width);
    this.slices = this.listSlices();
  }

  prepare(T: number, B: number, shards: number): readonly Shard<In, Out>[] {
    const key = `${T}×${B}`;
    const loaded = this.programs.get(key) ?? this.load(key, T, B);
    this.current = loaded;
    let { placed } = loaded;
    if (!placed || placed.moves !== this.moves || placed.shards.length < shards) placed = this.place(loaded, shards);
    this.active = placed.shards.length === shards ? placed.shards : placed.shards.slice(0, shards);
    const { inputs, outputs } = loaded.compiled;
    this.set(Job.tables, placed.tables);
    this.set(Job.tableBytes, (inputs.length + outputs.length) * 4);
    this.set(Job.outputTable, inputs.length * 4);
    return this.active;
  }

  run(): void {
    this.begin(Phase.sum);
    this.step();
  }

  descend({ learningRate, clip, sentences }: DescentOptions): number {
    if (!this.recipe.gradients) throw new Error('This program learns nothing.');
    this.begin(Phase.update + 1);
    const { touched, words } = this;
    const rows = this.active.reduce((sum, shard) => sum + shard.rows.length, 0);
    const touchedAt = this.reserve('touched', (3 * rows + 1) * 4);
    const lists = this.memory.integers(touchedAt, 3 * rows + 1);
    const count = touched.list(lists, this.active, this.current!.placed!.rowGradients, this.width * 4);
    words[Job.touched / 4] = count;
    this.set(Job.touchedList, touchedAt);
    this.set(Job.rowStarts, touchedAt + rows * 4);
    this.set(Job.rowList, touchedAt + (2 * rows + 1) * 4);
    this.set(Job.rowSums, this.reserve('rowSums', count * this.width * 4));
    this.set(Job.norms, this.reserve('norms', (this.slices + count) * 8));
    words[Job.sentences / 4] = sentences;
    this.numbers[Job.rate / 8] = learningRate;
    this.numbers[Job.clip / 8] = clip;
    this.step();
    return this.numbers[Job.norm / 8];
  }

  dispose(): void {
    for (const program of this.programs.values()) this.unload(program);
    this.programs.clear();
    for (const { address } of this.rooms.values()) this.memory.free(address);
    this.rooms.clear();
    this.memory.free(this.job);
    this.current = undefined;
    this.active = [];
  }

  private step(): void {
    if (!this.threads.step(this.job)) throw this.lost('a thread did not answer');
  }

  private begin(phases: number): void {
    this.check();
    if (!this.current) throw new Error('No shards were prepared.');
    this.set(Job.firstPhase, Phase.program);
    this.set(Job.phases, phases);
    this.words[Job.touched / 4] = 0;
    this.set(Job.program, this.current.address);
    this.set(Job.shards, this.active.length);
  }

  private load(key: string, T: number, B: number): Loaded<In, Out> {
    const { program, table, shapes } = this.recipe;
    const inputShapes = shapes(T, B);
    const gathered: Gathered<In, 'table' | 'rows'> = {};
    gathered[table.input] = { table: 'table', ids: 'rows' };
    const compiled = compileProgram<In, Out, 'table' | 'rows'>(program, inputShapes, gathered);
    if (this.programs.size >= mostPrograms) {
      const [oldest, program] = this.programs.entries().next().value!;
      this.unload(program);
      this.programs.delete(oldest);
    }
    const address = this.memory.allocate(compiled.code.byteLength);
    this.memory.integers(address, compiled.code.length).set(compiled.code);
    this.threads.reserve(compiled.scratchBytes);
    const loaded: Loaded<In, Out> = { compiled, address, inputShapes, placed: undefined };
    this.programs.set(key, loaded);
    return loaded;
  }

  private unload({ address, placed }: Loaded<In, Out>): void {
    this.memory.free(address);
    if (placed) this.memory.free(placed.tables);
  }

  /** The parts of the parameters, each a piece of work. Returns their number. */
  private listSlices(): number {
    const parts: number[][] = [];
    const { compiled } = this.load('1×1', 1, 1);
    const { shared, gradients = {} as Partial<Record<In, Out>> } = this.recipe;
    for (const name of Object.keys(gradients) as In[]) {
      const values = shared[name];
      // The table's: only the rows that were touched.
      if (!values) continue;
      const sum = this.reserve(`sum ${name}`, values.length * 4);
      const output = compiled.outputs.indexOf(gradients[name]!) * 4;
      for (let first = 0; first < values.length; first += sliceLength) {
        parts.push([this.addressOf(values), sum, output, first * 4, Math.min(sliceLength, values.length - first)]);
      }
    }
    const list = this.memory.integers(this.reserve('slices', parts.length * Parameter.bytes), (parts.length * Parameter.bytes) / 4);
    list.set(parts.flat());
    this.set(Job.slices, parts.length);
    this.set(Job.sliceList, list.byteOffset);
    return parts.length;
  }

  /** Gives shards room for what is their own, and writes down where it is. */
  private place(loaded: Loaded<In, Out>, count: number): Placed<In, Out> {
    const { compiled, inputShapes } = loaded;
    for (let index = 0; index < count; index++) {
      for (const name of compiled.inputs) this.move(`${index} ${name}`, this.inputLength(name, inputShapes) * 4);
      for (const name of compiled.outputs) this.move(`${index} → ${name}`, lengthOf(compiled.outputShapes[name]) * 4);
    }
    const shards = Array.from({ length: count }, (_, index) => this.shard(loaded, index));
    if (loaded.placed) this.memory.free(loaded.placed.tables);
    loaded.placed = { shards, ...this.writeTables(loaded, count), moves: this.moves };
    return loaded.placed;
  }

  /** 0 for what all shards share. */
  private inputLength(name: In | 'table' | 'rows', shapes: Readonly<Record<In, Shape>>): number {
    if (name === 'table' || name in this.recipe.shared) return 0;
    return name === 'rows' ? shapes[this.recipe.table.input].rows : lengthOf(shapes[name as In]);
  }

  private shard({ compiled, inputShapes }: Loaded<In, Out>, index: number): Shard<In, Out> {
    const inputs = {} as Record<In, MatrixData>;
    for (const name of compiled.inputs) {
      const length = this.inputLength(name, inputShapes);
      if (length > 0 && name !== 'rows') inputs[name as In] = this.memory.floats(this.rooms.get(`${index} ${name}`)!.address, length);
    }
    const outputs = {} as Record<Out, MatrixData>;
    for (const name of compiled.outputs) {
      outputs[name] = this.memory.floats(this.rooms.get(`${index} → ${name}`)!.address, lengthOf(compiled.outputShapes[name]));
    }
    const rows = this.memory.integers(this.rooms.get(`${index} rows`)!.address, this.inputLength('rows', inputShapes));
    return { rows, inputs, outputs };
  }

  private writeTables({ compiled }: Loaded<In, Out>, count: number): Pick<Placed<In, Out>, 'tables' | 'rowGradients'> {
    const { inputs, outputs } = compiled;
    const { table, shared, gradients } = this.recipe;
    const size = inputs.length + outputs.length;
    const address = this.memory.allocate(count * size * 4);
    const tables = this.memory.integers(address, count * size);
    const rowGradients: number[] = [];
    for (let index = 0; index < count; index++) {
      inputs.forEach((name, i) => {
        const values = name === 'table' ? table.values : shared[name as In];
        tables[index * size + i] = values ? this.addressOf(values) : this.rooms.get(`${index} ${name}`)!.address;
      });
      outputs.forEach((name, i) => {
        const { address: at } = this.rooms.get(`${index} → ${name}`)!;
        tables[index * size + inputs.length + i] = at;
        if (name === gradients?.[table.input]) rowGradients.push(at);
      });
    }
    return { tables: address, rowGradients };
  }

  private set(field: Job, value: number): void {
    this.words[field / 4] = value;
  }

  private addressOf(values: MatrixData): number {
    const address = this.memory.addressOf(values);
    if (address === undefined) throw new TypeError('What is learned lies in the memory of its device: allocate it there.');
    return address;
  }

  private move(name: string, bytes: number): void {
    const before = this.rooms.get(name)?.address;
    if (bytes > 0 && this.reserve(name, bytes) !== before) this.moves++;
  }

  /** The address of a room of at least so many bytes; it moves only when it grows. */
  private reserve(name: string, bytes: number): number {
    const room = this.rooms.get(name);
    if (room && room.bytes >= bytes) return room.address;
    if (room) this.memory.free(room.address);
    const size = room ? Math.max(bytes, Math.ceil(room.bytes * 1.5)) : bytes;
    const address = this.memory.allocate(size);
    this.rooms.set(name, { address, bytes: size });
    return address;
  }
}

function lengthOf({ rows, columns }: Shape): number {
  return rows * columns;
}

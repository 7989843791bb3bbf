import type { DeviceLostError } from '../../common/errors';
import type {
  MatrixData,
  Shape,
  Shard,
  ShardedProgram,
  ShardedRecipe,
  UpdateMethod,
  UpdateOptions,
} from '../kernels';
import { Job, Method, Parameter, Phase, Table } from './assembly/offsets';
import type { SimdMemory } from './memory';
import { compileProgram } from './plan';
import type { Compiled, RowsEntry } from './plan';
import type { Threads } from './threads';
import { TouchedRows } from './touchedRows';

/** Numbers of a parameter that make a piece of work. */
const sliceLength = 4096;

const methodNumber: Readonly<Record<UpdateMethod, Method>> = {
  sgd: Method.sgd,
  momentum: Method.momentum,
  adam: Method.adam,
};

/** Programs kept by T and B. They are small. */
const mostPrograms = 1024;

interface Loaded<In extends string, Out extends string> {
  readonly compiled: Compiled<In | RowsEntry, Out>;
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
  /** Room in each for so many numbers of tables' rows. */
  readonly ids: number;
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
  /** Where each table's facts stand: see {@link Table}. */
  private readonly tables: Int32Array;
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
    const [{ input, values }] = recipe.tables;
    this.touched = new TouchedRows(values.length / recipe.shapes(1, 1)[input].columns);
    const { compiled } = this.load('1×1', 1, 1);
    this.slices = this.listSlices(compiled);
    this.tables = this.listTables(compiled);
  }

  prepare(T: number, B: number, shards: number, ids: number): readonly Shard<In, Out>[] {
    if (T * B >= 2 ** 16 && this.recipe.learned)
      throw new RangeError(`A shard of ${T * B} rows is too long to learn from.`);
    const key = `${T}×${B}`;
    const loaded = this.programs.get(key) ?? this.load(key, T, B);
    this.current = loaded;
    let { placed } = loaded;
    if (!placed || placed.moves !== this.moves || placed.shards.length < shards || placed.ids < ids)
      placed = this.place(loaded, shards, ids);
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

  update({
    method,
    learningRate,
    tableRate,
    clip,
    sentences,
    beta1,
    beta2,
    epsilon,
    step,
  }: UpdateOptions): number {
    if (!this.recipe.learned) throw new Error('This program learns nothing.');
    this.begin(Phase.update + 1);
    const { touched, words, numbers, tables } = this;
    let occurrences = 0;
    for (const { starts } of this.active) occurrences += starts[starts.length - 1];
    const lists = this.memory.integers(
      this.reserve('touched', (3 * occurrences + 1) * 4),
      3 * occurrences + 1,
    );
    const count = touched.list(lists, this.active);
    words[Job.touched / 4] = count;
    this.set(Job.touchedList, lists.byteOffset);
    this.set(Job.occurrenceStarts, lists.byteOffset + occurrences * 4);
    this.set(Job.occurrences, lists.byteOffset + (2 * occurrences + 1) * 4);
    this.recipe.tables.forEach(({ input }, index) => {
      const at = (index * Table.bytes) / 4;
      tables[at + Table.sums / 4] = this.reserve(`sums ${input}`, count * tables[at + Table.width / 4] * 4);
    });
    this.set(Job.norms, this.reserve('norms', (this.slices + this.recipe.tables.length * count) * 8));
    words[Job.sentences / 4] = sentences;
    words[Job.method / 4] = methodNumber[method];
    numbers[Job.rate / 8] = learningRate;
    numbers[Job.tableRate / 8] = tableRate;
    numbers[Job.clip / 8] = clip;
    numbers[Job.beta1 / 8] = beta1;
    numbers[Job.beta2 / 8] = beta2;
    numbers[Job.epsilon / 8] = epsilon;
    numbers[Job.correct1 / 8] = 1 / (1 - beta1 ** step);
    numbers[Job.correct2 / 8] = 1 / Math.sqrt(1 - beta2 ** step);
    this.step();
    return numbers[Job.norm / 8];
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
    const { program, tables, shapes } = this.recipe;
    const inputShapes = shapes(T, B);
    const compiled = compileProgram<In, Out>(
      program,
      inputShapes,
      tables.map(({ input }) => input),
    );
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
  private listSlices({ outputs }: Loaded<In, Out>['compiled']): number {
    const parts: number[][] = [];
    const { shared, learned = {} as NonNullable<typeof this.recipe.learned> } = this.recipe;
    for (const name of Object.keys(learned) as In[]) {
      const values = shared[name];
      // A table's: only the rows that were touched.
      if (!values) continue;
      const { gradient, moments } = learned[name]!;
      const sum = this.reserve(`sum ${name}`, values.length * 4);
      const output = outputs.indexOf(gradient) * 4;
      for (let first = 0; first < values.length; first += sliceLength) {
        parts.push([
          this.addressOf(values),
          sum,
          output,
          first * 4,
          Math.min(sliceLength, values.length - first),
          ...this.momentsOf(moments),
        ]);
      }
    }
    const list = this.memory.integers(
      this.reserve('slices', parts.length * Parameter.bytes),
      (parts.length * Parameter.bytes) / 4,
    );
    list.set(parts.flat());
    this.set(Job.slices, parts.length);
    this.set(Job.sliceList, list.byteOffset);
    return parts.length;
  }

  /** The facts of the tables. */
  private listTables({ outputs }: Loaded<In, Out>['compiled']): Int32Array {
    const { tables, learned, shapes } = this.recipe;
    const facts = tables.map(({ input, values }) => {
      const { gradient, moments = [] } = learned?.[input] ?? {};
      return [
        this.addressOf(values),
        shapes(1, 1)[input].columns,
        gradient ? outputs.indexOf(gradient) * 4 : 0,
        0,
        ...this.momentsOf(moments),
      ];
    });
    const list = this.memory.integers(
      this.reserve('tables', facts.length * Table.bytes),
      (facts.length * Table.bytes) / 4,
    );
    list.set(facts.flat());
    this.set(Job.tableCount, facts.length);
    this.set(Job.tableList, list.byteOffset);
    return list;
  }

  private momentsOf([first, second]: readonly MatrixData[]): [number, number] {
    return [first ? this.addressOf(first) : 0, second ? this.addressOf(second) : 0];
  }

  /** Gives shards room for what is their own, and writes down where it is. */
  private place(loaded: Loaded<In, Out>, count: number, ids: number): Placed<In, Out> {
    const { compiled, inputShapes } = loaded;
    // Some more, so that a few more features in the next step do not move anything.
    const room = Math.max(loaded.placed?.ids ?? 0, Math.ceil(ids * 1.25));
    for (let index = 0; index < count; index++) {
      for (const name of compiled.inputs)
        this.move(`${index} ${name}`, this.inputLength(name, inputShapes, room) * 4);
      for (const name of compiled.outputs)
        this.move(`${index} → ${name}`, lengthOf(compiled.outputShapes[name]) * 4);
    }
    const shards = Array.from({ length: count }, (_, index) => this.shard(loaded, index, room));
    if (loaded.placed) this.memory.free(loaded.placed.tables);
    loaded.placed = { shards, tables: this.writeTables(loaded, count), ids: room, moves: this.moves };
    return loaded.placed;
  }

  /** 0 for what all shards share. */
  private inputLength(name: In | RowsEntry, shapes: Readonly<Record<In, Shape>>, ids: number): number {
    const { tables, shared } = this.recipe;
    if (name === 'ids') return ids;
    if (name === 'starts') return shapes[tables[0].input].rows + 1;
    return name in shared || tables.some(({ input }) => input === name) ? 0 : lengthOf(shapes[name]);
  }

  private shard({ compiled, inputShapes }: Loaded<In, Out>, index: number, room: number): Shard<In, Out> {
    const address = (name: string): number => this.rooms.get(`${index} ${name}`)!.address;
    const inputs = {} as Record<In, MatrixData>;
    for (const name of compiled.inputs) {
      const length = this.inputLength(name, inputShapes, room);
      if (length > 0 && name !== 'ids' && name !== 'starts')
        inputs[name as In] = this.memory.floats(address(name), length);
    }
    const outputs = {} as Record<Out, MatrixData>;
    for (const name of compiled.outputs)
      outputs[name] = this.memory.floats(address(`→ ${name}`), lengthOf(compiled.outputShapes[name]));
    const [starts, ids] = (['starts', 'ids'] as const).map((name) =>
      this.memory.integers(address(name), this.inputLength(name, inputShapes, room)),
    );
    return { starts, ids, inputs, outputs };
  }

  /** Where each shard's inputs and outputs are. */
  private writeTables({ compiled }: Loaded<In, Out>, count: number): number {
    const { inputs, outputs } = compiled;
    const { tables: looked, shared } = this.recipe;
    const size = inputs.length + outputs.length;
    const address = this.memory.allocate(count * size * 4);
    const tables = this.memory.integers(address, count * size);
    for (let index = 0; index < count; index++) {
      inputs.forEach((name, i) => {
        const values = looked.find(({ input }) => input === name)?.values ?? shared[name as In];
        tables[index * size + i] = values
          ? this.addressOf(values)
          : this.rooms.get(`${index} ${name}`)!.address;
      });
      outputs.forEach((name, i) => {
        tables[index * size + inputs.length + i] = this.rooms.get(`${index} → ${name}`)!.address;
      });
    }
    return address;
  }

  private set(field: Job, value: number): void {
    this.words[field / 4] = value;
  }

  private addressOf(values: MatrixData): number {
    const address = this.memory.addressOf(values);
    if (address === undefined)
      throw new TypeError('What is learned lies in the memory of its device: allocate it there.');
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

import type { MatrixData, Shape } from '../kernels';
import type { Learned, Lookups, SessionOutputs, SessionRecipe } from '../session';
import { leavesAlong, leavesOf, mapLeaves } from '../tree';
import type { UpdateMethod, UpdateOptions } from '../update';
import { Job, Method, Parameter, Table } from './assembly/offsets';
import type { SimdMemory } from './memory';
import type { Rooms } from './rooms';
import type { StepJob } from './stepJob';
import { TouchedRows } from './touchedRows';

/** Numbers of a parameter that make a piece of work. */
const sliceLength = 4096;

const methodNumber: Readonly<Record<UpdateMethod, Method>> = {
  sgd: Method.sgd,
  momentum: Method.momentum,
  adam: Method.adam,
};

/** The part of a step that sums gradients and updates what is learned, as the kernels read it. */
export class UpdateJob<P, I, O> {
  private readonly touched: TouchedRows;
  /** Where each table's facts stand: see {@link Table}. */
  private readonly tables: Int32Array;
  private readonly sumRooms: readonly string[];
  private readonly slices: number;

  /** `outputs`: the form of what the program gives. */
  constructor(
    private readonly memory: SimdMemory,
    private readonly rooms: Rooms,
    private readonly job: StepJob,
    { learned, moments }: SessionRecipe<P, I, O>,
    outputs: SessionOutputs<P, O>,
  ) {
    const [{ values, width }] = learned.tables;
    this.touched = new TouchedRows(values.length / width);
    this.sumRooms = learned.tables.map((_, table) => `sums ${table}`);
    // Where in a shard's table of outputs each gradient stands.
    const { gradients } = mapLeaves(outputs, (_: Shape, index) => index * 4);
    const learns = moments && gradients;
    this.slices = this.listSlices(
      learns
        ? slicesOf(memory, learned, moments, leavesAlong<number>(learned.weights, gradients.weights))
        : [],
    );
    this.tables = this.listTables(learned, moments ?? [], learns ? gradients.sums : undefined);
  }

  /** For gradients of these shards. */
  prepare(
    shards: readonly Lookups[],
    { method, learningRate, tableRate, clip, sentences, beta1, beta2, epsilon, step }: UpdateOptions,
  ): void {
    const { job, rooms, tables, sumRooms } = this;
    const count = this.listTouched(shards);
    sumRooms.forEach((room, index) => {
      const at = (index * Table.bytes) / 4;
      tables[at + Table.sums / 4] = rooms.reserve(room, count * tables[at + Table.width / 4] * 4);
    });
    job.set(Job.norms, rooms.reserve('norms', (this.slices + sumRooms.length * count) * 8));
    job.set(Job.sentences, sentences);
    job.set(Job.method, methodNumber[method]);
    job.setNumber(Job.rate, learningRate);
    job.setNumber(Job.tableRate, tableRate);
    job.setNumber(Job.clip, clip);
    job.setNumber(Job.beta1, beta1);
    job.setNumber(Job.beta2, beta2);
    job.setNumber(Job.epsilon, epsilon);
    job.setNumber(Job.correct1, 1 / (1 - beta1 ** step));
    job.setNumber(Job.correct2, 1 / Math.sqrt(1 - beta2 ** step));
  }

  /** Lists the rows of the tables that shards look up. Gives their number. */
  private listTouched(shards: readonly Lookups[]): number {
    const { job, memory, rooms, touched } = this;
    let occurrences = 0;
    for (const { starts } of shards) occurrences += starts[starts.length - 1];
    const length = 3 * occurrences + 1;
    const lists = memory.integers(rooms.reserve('touched', length * 4), length);
    const count = touched.list(lists, shards);
    job.set(Job.touched, count);
    job.set(Job.touchedList, lists.byteOffset);
    job.set(Job.occurrenceStarts, lists.byteOffset + occurrences * 4);
    job.set(Job.occurrences, lists.byteOffset + (2 * occurrences + 1) * 4);
    return count;
  }

  private listSlices(slices: readonly (readonly number[])[]): number {
    const withSums = slices.map(([weight, values, bytes, output, ...others]) => [
      values,
      this.rooms.reserve(`sum ${weight}`, bytes),
      output,
      ...others,
    ]);
    this.write('slices', withSums, Parameter.bytes, Job.slices, Job.sliceList);
    return slices.length;
  }

  private listTables(
    { tables }: Learned<P>,
    moments: readonly Learned<P>[],
    outputs: readonly number[] | undefined,
  ): Int32Array {
    const facts = tables.map(({ values, width }, table) => [
      this.memory.ownAddress(values),
      width,
      outputs?.[table] ?? 0,
      0,
      ...momentAddresses(
        this.memory,
        moments.map((set) => set.tables[table].values),
      ),
    ]);
    return this.write('tables', facts, Table.bytes, Job.tableCount, Job.tableList);
  }

  /** Writes a list of facts, and where it is. */
  private write(
    room: string,
    facts: readonly (readonly number[])[],
    bytes: number,
    count: Job,
    address: Job,
  ): Int32Array {
    const list = this.memory.integers(
      this.rooms.reserve(room, facts.length * bytes),
      (facts.length * bytes) / 4,
    );
    list.set(facts.flat());
    this.job.set(count, facts.length);
    this.job.set(address, list.byteOffset);
    return list;
  }
}

/** The weights cut into pieces of work: which weight, its address and bytes, then as {@link Parameter}. */
function slicesOf<P>(
  memory: SimdMemory,
  { weights }: Learned<P>,
  moments: readonly Learned<P>[],
  outputs: readonly number[],
): number[][] {
  const sets = moments.map((set) => leavesOf<MatrixData>(set.weights));
  return leavesOf<MatrixData>(weights).flatMap((values, weight) => {
    const slices: number[][] = [];
    for (let first = 0; first < values.length; first += sliceLength) {
      slices.push([
        weight,
        memory.ownAddress(values),
        values.length * 4,
        outputs[weight],
        first * 4,
        Math.min(sliceLength, values.length - first),
        ...momentAddresses(
          memory,
          sets.map((set) => set[weight]),
        ),
      ]);
    }
    return slices;
  });
}

function momentAddresses(memory: SimdMemory, [first, second]: readonly MatrixData[]): [number, number] {
  return [first ? memory.ownAddress(first) : 0, second ? memory.ownAddress(second) : 0];
}

import type { MatrixData, Shape } from '../kernels';
import type { SessionRecipe, Shard } from '../session';
import { leavesOf, mapLeaves } from '../tree';
import type { SimdMemory } from './memory';
import type { Rooms } from './rooms';
import type { PlacedShards, ShardProgram } from './shardPrograms';

/** Gives shards room for what is their own, and writes down for the kernels where it is. */
export class ShardPlaces<P, I, O> {
  constructor(
    private readonly memory: SimdMemory,
    private readonly rooms: Rooms,
    private readonly recipe: SessionRecipe<P, I, O>,
  ) {}

  /** Places `count` shards with room for `ids` numbers in each; those that lie there still are used again. */
  place(program: ShardProgram<P, I, O>, count: number, ids: number): PlacedShards<P, I, O> {
    const { placed } = program;
    if (placed && placed.moves === this.rooms.moves && placed.shards.length >= count && placed.ids >= ids)
      return placed;
    // Some more, so that a few more features in the next step do not move anything.
    const room = Math.max(placed?.ids ?? 0, Math.ceil(ids * 1.25));
    for (let index = 0; index < count; index++) this.makeRoom(program, index, room);
    const shards = Array.from({ length: count }, (_, index) => this.shard(program, index, room));
    if (placed) this.memory.free(placed.tables);
    const { tables, tableBytes } = this.writeTables(shards);
    program.placed = { shards, tables, tableBytes, ids: room, moves: this.rooms.moves };
    return program.placed;
  }

  private makeRoom({ shapes, compiled }: ShardProgram<P, I, O>, index: number, ids: number): void {
    const reserve = (name: string, numbers: number): void =>
      this.rooms.reserveTracked(`${index} ${name}`, numbers * 4);
    reserve('starts', rowsOf(shapes.sums) + 1);
    reserve('ids', ids);
    mapLeaves(shapes.batch, (shape: Shape, path) => reserve(`batch ${path}`, lengthOf(shape)));
    mapLeaves(compiled.outputShapes, (shape: Shape, path) => reserve(`output ${path}`, lengthOf(shape)));
  }

  private shard({ shapes, compiled }: ShardProgram<P, I, O>, index: number, ids: number): Shard<P, I, O> {
    const { memory, rooms } = this;
    const integers = (name: string, length: number): Int32Array =>
      memory.integers(rooms.addressOf(`${index} ${name}`), length);
    const floats = (name: string, shape: Shape): MatrixData =>
      memory.floats(rooms.addressOf(`${index} ${name}`), lengthOf(shape));
    return {
      starts: integers('starts', rowsOf(shapes.sums) + 1),
      ids: integers('ids', ids),
      batch: mapLeaves(shapes.batch, (shape: Shape, path) => floats(`batch ${path}`, shape)),
      outputs: mapLeaves(compiled.outputShapes, (shape: Shape, path) => floats(`output ${path}`, shape)),
    };
  }

  /** For each shard the addresses of its inputs, in the order of `compileProgram`, and of its outputs. */
  private writeTables(shards: readonly Shard<P, I, O>[]): { tables: number; tableBytes: number } {
    const { weights, tables: looked } = this.recipe.learned;
    const shared = [...leavesOf<MatrixData>(weights), ...looked.map(({ values }) => values)];
    const lists = shards.map(({ starts, ids, batch, outputs }) => [
      starts,
      ids,
      ...shared,
      ...leavesOf<MatrixData>(batch),
      ...leavesOf<MatrixData>(outputs),
    ]);
    const entries = lists[0].length;
    const tables = this.memory.allocate(shards.length * entries * 4);
    const words = this.memory.integers(tables, shards.length * entries);
    words.set(lists.flatMap((list) => list.map((data) => this.memory.ownAddress(data))));
    return { tables, tableBytes: entries * 4 };
  }
}

function rowsOf([{ rows }]: readonly Shape[]): number {
  return rows;
}

function lengthOf({ rows, columns }: Shape): number {
  return rows * columns;
}

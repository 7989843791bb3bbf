import type { MatrixData, Shape } from '../kernels';
import type { SessionRecipe, Shard } from '../session';
import { leavesOf, mapLeaves } from '../tree';
import { footprint } from './memory';
import type { SimdMemory } from './memory';
import type { Rooms } from './rooms';
import { lengthOf, startsOf } from './shardLayout';
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
    const bytes = program.bytes + footprint(room * 4);
    for (let index = 0; index < count; index++) this.rooms.reserveTracked(roomOf(index), bytes);
    const shards = Array.from({ length: count }, (_, index) => this.shard(program, index, room));
    if (placed) this.memory.free(placed.tables);
    const { tables, tableBytes } = this.writeTables(shards);
    program.placed = { shards, tables, tableBytes, ids: room, moves: this.rooms.moves };
    return program.placed;
  }

  /** A shard's arrays one after the other in its room: as many bytes as `shardBytes` says, and the ids. */
  private shard({ shapes, compiled }: ShardProgram<P, I, O>, index: number, ids: number): Shard<P, I, O> {
    const { memory } = this;
    let end = this.rooms.addressOf(roomOf(index));
    const take = (length: number): number => {
      const address = end;
      end += footprint(length * 4);
      return address;
    };
    const integers = (length: number): Int32Array => memory.integers(take(length), length);
    const floats = (shape: Shape): MatrixData => memory.floats(take(lengthOf(shape)), lengthOf(shape));
    return {
      starts: integers(startsOf(shapes.sums)),
      batch: mapLeaves(shapes.batch, floats),
      outputs: mapLeaves(compiled.outputShapes, floats),
      ids: integers(ids),
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

function roomOf(shard: number): string {
  return `shard ${shard}`;
}

import type { Matrix } from '../kernels';
import { sessionShapes } from '../session';
import type { SessionInputs, SessionOutputs, SessionRecipe, Shard } from '../session';
import { mapLeaves } from '../tree';
import type { SimdMemory } from './memory';
import { compileProgram } from './plan';
import type { CompiledProgram } from './plan';
import { shardBytes } from './shardLayout';
import type { Threads } from './threads';

/** Programs kept by T and B. They are small. */
const mostPrograms = 1024;

/** Shards of one shape, where they lie in memory. */
export interface PlacedShards<P, I, O> {
  readonly shards: readonly Shard<P, I, O>[];
  /** The address of their tables of addresses, and the bytes of one. */
  readonly tables: number;
  readonly tableBytes: number;
  /** Room in each for so many numbers of tables' rows. */
  readonly ids: number;
  /** How often rooms had moved by then. */
  readonly moves: number;
}

/** A session's program for shards of one shape. */
export interface ShardProgram<P, I, O> {
  readonly compiled: CompiledProgram<SessionOutputs<P, O>>;
  /** Of its code. */
  readonly address: number;
  readonly shapes: SessionInputs<P, I>;
  /** Of a shard's arrays: see `shardBytes`. */
  readonly bytes: number;
  /** Shards of this shape, while their memory stays where it is. */
  placed: PlacedShards<P, I, O> | undefined;
}

/** A session's programs, in the memory of the device. */
export class ShardPrograms<P, I, O> {
  private readonly programs = new Map<string, ShardProgram<P, I, O>>();

  constructor(
    private readonly memory: SimdMemory,
    private readonly threads: Threads,
    private readonly recipe: SessionRecipe<P, I, O>,
  ) {}

  /** For shards of T steps of B sentences. */
  get(T: number, B: number): ShardProgram<P, I, O> {
    const key = `${T}×${B}`;
    let program = this.programs.get(key);
    if (!program) {
      program = this.load(T, B);
      this.programs.set(key, program);
    }
    return program;
  }

  dispose(): void {
    for (const program of this.programs.values()) this.unload(program);
    this.programs.clear();
  }

  private load(T: number, B: number): ShardProgram<P, I, O> {
    const shapes = sessionShapes(this.recipe, T, B);
    const places = mapLeaves(shapes, (_: Matrix, index) => index);
    const compiled = compileProgram(this.recipe.program, shapes, places.sums);
    if (this.programs.size >= mostPrograms) {
      const [oldest, program] = this.programs.entries().next().value!;
      this.unload(program);
      this.programs.delete(oldest);
    }
    const address = this.memory.allocate(compiled.code.byteLength);
    this.memory.integers(address, compiled.code.length).set(compiled.code);
    this.threads.reserve(compiled.scratchBytes);
    const bytes = shardBytes(shapes, compiled.outputShapes);
    return { compiled, address, shapes, bytes, placed: undefined };
  }

  private unload({ address, placed }: ShardProgram<P, I, O>): void {
    this.memory.free(address);
    if (placed) this.memory.free(placed.tables);
  }
}

import type { DeviceLostError } from '../../common/errors';
import type { Session, SessionRecipe, Shard } from '../session';
import type { UpdateOptions } from '../update';
import { Job, Phase } from './assembly/offsets';
import type { SimdMemory } from './memory';
import { Rooms } from './rooms';
import { ShardPlaces } from './shardPlaces';
import { ShardPrograms } from './shardPrograms';
import { StepJob } from './stepJob';
import type { Threads } from './threads';
import { UpdateJob } from './updateJob';

/**
 * Minibatches in memory that threads share with the host. Several threads take the shards. The shards are
 * fixed and their gradients are summed in their order, so that the result does not depend on the threads.
 * Nothing here waits for a promise.
 */
export class SimdSession<P, I, O> implements Session<P, I, O> {
  readonly shardSentences = 8;
  readonly exactLengths = true;
  private readonly rooms: Rooms;
  private readonly job: StepJob;
  private readonly programs: ShardPrograms<P, I, O>;
  private readonly places: ShardPlaces<P, I, O>;
  private readonly updateJob: UpdateJob<P, I, O>;
  private active: readonly Shard<P, I, O>[] = [];

  constructor(
    memory: SimdMemory,
    private readonly threads: Threads,
    private readonly recipe: SessionRecipe<P, I, O>,
    private readonly check: () => void,
    private readonly lost: (reason: string) => DeviceLostError,
    private readonly ended: (session: { dispose(): void }) => void,
  ) {
    this.rooms = new Rooms(memory);
    this.job = new StepJob(memory);
    this.programs = new ShardPrograms(memory, threads, recipe);
    this.places = new ShardPlaces(memory, this.rooms, recipe);
    const { outputShapes } = this.programs.get(1, 1).compiled;
    this.updateJob = new UpdateJob(memory, this.rooms, this.job, recipe, outputShapes);
  }

  prepare(T: number, B: number, shards: number, ids: number): readonly Shard<P, I, O>[] {
    if (T * B >= 2 ** 16 && this.recipe.moments)
      throw new RangeError(`A shard of ${T * B} rows is too long to learn from.`);
    const program = this.programs.get(T, B);
    const placed = this.places.place(program, shards, ids);
    this.active = placed.shards.length === shards ? placed.shards : placed.shards.slice(0, shards);
    const { job } = this;
    job.set(Job.program, program.address);
    job.set(Job.shards, shards);
    job.set(Job.tables, placed.tables);
    job.set(Job.tableBytes, placed.tableBytes);
    job.set(Job.outputTable, program.compiled.inputs * 4);
    return this.active;
  }

  run(): void {
    this.begin();
    this.job.set(Job.touched, 0);
    this.step(Phase.sum);
  }

  update(options: UpdateOptions): number {
    if (!this.recipe.moments) throw new Error('This program learns nothing.');
    this.begin();
    this.updateJob.prepare(this.active, options);
    this.step(Phase.update + 1);
    return this.job.getNumber(Job.norm);
  }

  dispose(): void {
    this.programs.dispose();
    this.rooms.dispose();
    this.job.dispose();
    this.active = [];
    this.ended(this);
  }

  private begin(): void {
    this.check();
    if (this.active.length === 0) throw new Error('No shards were prepared.');
  }

  /** Does the phases of a step before the given one. */
  private step(phases: number): void {
    this.job.set(Job.firstPhase, Phase.program);
    this.job.set(Job.phases, phases);
    if (!this.threads.step(this.job.address)) throw this.lost('a thread did not answer');
  }
}

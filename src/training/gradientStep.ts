import type { Dataset } from '../corpus/dataset';
import type { Device } from '../kernels/device';
import { GradientSum } from '../kernels/gradients';
import { updateOnHost } from '../kernels/hostUpdate';
import { openSession } from '../kernels/openSession';
import type { Sweep } from '../model/batches';
import { DropoutDraws } from '../model/network/dropout';
import { trainingRecipe } from '../model/sessionRecipes';
import type { TrainingRecipe, TrainingSession, TrainingShard } from '../model/sessionRecipes';
import { SweepFiller } from '../model/sweepFiller';
import type { FilledSweep } from '../model/sweepFiller';
import type { EpochData } from './epochData';
import type { Learner } from './learner';

export interface StepResult {
  /** E, summed over the step's tokens. */
  readonly loss: number;
  readonly tokens: number;
  /** Norm of the gradient before clipping. Where it is not finite, the parameters were left alone. */
  readonly gradientNorm: number;
}

/**
 * Steps of gradient descent on a device: fill in the tokens, run the training program, update the parameters.
 */
export class GradientStep {
  private readonly recipe: TrainingRecipe;
  private readonly session: TrainingSession;
  private readonly filler: SweepFiller<TrainingShard>;
  private readonly dropout: DropoutDraws;
  /** Where the whole training set is one step: the sum of its chunks. */
  private readonly sum: GradientSum | undefined;

  constructor(
    device: Device,
    private readonly learner: Learner,
  ) {
    const { network, features, parameters, optimiser, settings } = learner;
    this.recipe = trainingRecipe(parameters, network, optimiser.moments);
    this.session = openSession(device, this.recipe);
    this.filler = new SweepFiller(this.session, network, features);
    this.dropout = new DropoutDraws(settings);
    this.sum = settings.batch === 0 ? new GradientSum(this.recipe.learned) : undefined;
  }

  /**
   * One step of an epoch: a sweep over one minibatch, or over the whole training set in chunks, whose
   * gradients are summed in their order. `between` is asked between chunks whether to go on; undefined, and
   * nothing updated, where it said no.
   */
  async run(
    epoch: EpochData,
    index: number,
    data: Dataset,
    between: () => boolean | Promise<boolean>,
  ): Promise<StepResult | undefined> {
    if (this.sum) return this.runWhole(this.sum, epoch, data, between);
    const sweep = epoch.batches.sweep(index);
    const filled = this.fill(sweep, index, epoch, data);
    const norm = this.session.update(this.learner.nextUpdate(sweep.count));
    const gradientNorm = norm instanceof Promise ? await norm : norm;
    this.carry(sweep, filled);
    return { loss: totalLoss(filled.shards), tokens: sweep.tokens, gradientNorm };
  }

  /** The hidden states in which the last sweep ended, for a window that goes on from it. */
  get state(): Float64Array<ArrayBuffer> {
    return this.filler.carried.all;
  }

  set state(carried: Float64Array<ArrayBuffer>) {
    this.filler.carried.all = carried;
  }

  dispose(): void {
    this.session.dispose();
  }

  /** The whole training set: all chunks' gradients, summed in their order, and then one update. */
  private async runWhole(
    sum: GradientSum,
    epoch: EpochData,
    data: Dataset,
    between: () => boolean | Promise<boolean>,
  ): Promise<StepResult | undefined> {
    let loss = 0;
    let tokens = 0;
    let sentences = 0;
    sum.clear();
    for (let index = 0; index < epoch.sweepsPerStep; index++) {
      const sweep = epoch.batches.sweep(index);
      const filled = this.fill(sweep, index, epoch, data);
      const done = this.session.run();
      if (done) await done;
      this.carry(sweep, filled);
      for (const shard of filled.shards) if (shard.outputs.gradients) sum.add(shard.outputs.gradients, shard);
      loss += totalLoss(filled.shards);
      tokens += sweep.tokens;
      if (sweep.offset === 0) sentences += sweep.count;
      const goOn = index + 1 === epoch.sweepsPerStep || between();
      if (!(goOn instanceof Promise ? await goOn : goOn)) return undefined;
    }
    const { learned, moments = [] } = this.recipe;
    const gradientNorm = updateOnHost(learned, sum, moments, this.learner.nextUpdate(sentences));
    return { loss, tokens, gradientNorm };
  }

  private fill(
    sweep: Sweep,
    index: number,
    { withheld, number }: EpochData,
    { start, words, columns, labels }: Dataset,
  ): FilledSweep<TrainingShard> {
    const filled = this.filler.fill(sweep, { start, words, columns, withheld }, labels);
    filled.shards.forEach(({ batch }, shard) => this.dropout.fill(batch.drops, number, index, shard));
    return filled;
  }

  /** Keeps the final states where the next sweep goes on with these sentences. */
  private carry(sweep: Sweep, { shards, goesOn }: FilledSweep<TrainingShard>): void {
    if (!goesOn) return;
    this.filler.carried.keep(
      shards.map(({ outputs }) => outputs.results.hLast),
      sweep.sentences.length,
    );
  }
}

function totalLoss(shards: readonly TrainingShard[]): number {
  let total = 0;
  for (const { outputs } of shards) {
    const { loss } = outputs.results;
    for (let r = 0; r < loss.length; r++) total += loss[r];
  }
  return total;
}

import type { Dataset } from '../corpus/dataset';
import type { ShardedProgram } from '../kernels/kernels';
import { CarriedStates } from '../model/carriedStates';
import { DropoutMasks } from '../model/dropout';
import { GradientSum } from '../model/gradients';
import { update } from '../model/optimiser';
import { ShardFiller, shardSizes } from '../model/shard';
import type { AnyShard } from '../model/shard';
import type { EpochData } from './epochData';
import type { GradientStep, Learner, StepResult } from './gradientStep';

/** Steps that the device does whole, in shards: the host only says which features they are of. */
export class ShardedStep implements GradientStep {
  private readonly carried: CarriedStates;
  private readonly filler: ShardFiller;
  private readonly masks: DropoutMasks;
  /** Where the whole training set is one step: the sum of its chunks. */
  private readonly sum: GradientSum | undefined;

  constructor(
    private readonly program: ShardedProgram<string, string>,
    private readonly learner: Learner,
  ) {
    const { network, features, parameters, settings } = learner;
    this.carried = new CarriedStates(network);
    this.filler = new ShardFiller(program, features, this.carried);
    this.masks = new DropoutMasks(network, settings);
    this.sum = settings.batch === 0 ? new GradientSum(parameters.sizes) : undefined;
  }

  async run(
    epoch: EpochData,
    index: number,
    data: Dataset,
    between: () => boolean | Promise<boolean>,
  ): Promise<StepResult | undefined> {
    if (this.sum) return this.runWhole(this.sum, epoch, data, between);
    const step = epoch.batches.step(index);
    const shards = this.fill(epoch, index, data);
    const gradientNorm = this.program.update(this.learner.nextUpdate(step.count));
    this.carry(epoch, index, data, shards);
    return { loss: totalLoss(shards), tokens: step.tokens, gradientNorm };
  }

  get state(): Float64Array<ArrayBuffer> {
    return this.carried.all;
  }

  set state(carried: Float64Array<ArrayBuffer>) {
    this.carried.all = carried;
  }

  dispose(): void {
    this.program.dispose();
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
    for (let sweep = 0; sweep < epoch.sweepsPerStep; sweep++) {
      const step = epoch.batches.step(sweep);
      const shards = this.fill(epoch, sweep, data);
      this.program.run();
      this.carry(epoch, sweep, data, shards);
      for (const { outputs, starts, ids } of shards) sum.add(outputs, starts, ids);
      loss += totalLoss(shards);
      tokens += step.tokens;
      if (step.offset === 0) sentences += step.count;
      const goOn = sweep + 1 === epoch.sweepsPerStep || between();
      if (!(goOn instanceof Promise ? await goOn : goOn)) return undefined;
    }
    const { parameters, optimiser } = this.learner;
    return {
      loss,
      tokens,
      gradientNorm: update(parameters, sum, optimiser.moments, this.learner.nextUpdate(sentences)),
    };
  }

  private fill(
    { batches, withheld, number }: EpochData,
    index: number,
    { start, words, columns, labels }: Dataset,
  ): readonly AnyShard[] {
    const step = batches.step(index);
    const shards = this.filler.fill(
      step,
      shardSizes(step, start),
      { start, words, columns, withheld },
      labels,
    );
    shards.forEach(({ inputs }, part) => this.masks.fill(inputs, number, index, part));
    return shards;
  }

  /** Keeps the final states where the next step goes on with these sentences. */
  private carry(
    { batches }: EpochData,
    index: number,
    { start }: Dataset,
    shards: readonly AnyShard[],
  ): void {
    const step = batches.step(index);
    if (!shardSizes(step, start).goesOn) return;
    this.carried.keep(
      shards.map(({ outputs }) => outputs),
      step.sentences.length,
    );
  }
}

function totalLoss(shards: readonly AnyShard[]): number {
  let total = 0;
  for (const { outputs } of shards) for (let r = 0; r < outputs.loss.length; r++) total += outputs.loss[r];
  return total;
}

import type { Dataset } from '../corpus/dataset';
import type { Shard, ShardedProgram } from '../kernels/kernels';
import { GradientSum, WordColumns } from '../model/gradients';
import type { TrainingInput, TrainingOutput } from '../model/network';
import { descend } from '../model/optimiser';
import type { Parameters } from '../model/parameters';
import type { TrainingSettings } from '../model/settings';
import { carryStates, fillShard, shardSizes } from '../model/shard';
import type { EpochData } from './epochData';
import type { GradientStep, StepResult } from './gradientStep';

/** Steps that the device does whole, in shards: the host only says which words they are of. */
export class ShardedStep implements GradientStep {
  /** See {@link GradientStep.state}. */
  state: Float64Array = new Float64Array(0);
  /** Where the whole training set is one step: the sum of its chunks. */
  private readonly sum: GradientSum | undefined;

  constructor(
    private readonly program: ShardedProgram<TrainingInput, TrainingOutput>,
    private readonly parameters: Parameters,
    private readonly settings: TrainingSettings,
  ) {
    this.sum = settings.batch === 0 ? new GradientSum(parameters, new WordColumns(parameters.K, parameters.H)) : undefined;
  }

  async run(epoch: EpochData, index: number, data: Dataset, between: () => boolean | Promise<boolean>): Promise<StepResult | undefined> {
    if (this.sum) return this.runWhole(this.sum, epoch, data, between);
    const step = epoch.batches.step(index);
    const shards = this.fill(epoch, index, data);
    const { learningRate, clip } = this.settings;
    const gradientNorm = this.program.descend({ learningRate, clip, sentences: step.count });
    this.carry(epoch, index, data, shards);
    return { loss: totalLoss(shards), tokens: step.tokens, gradientNorm };
  }

  dispose(): void {
    this.program.dispose();
  }

  /** The whole training set: all chunks' gradients, summed in their order, and then one update. */
  private async runWhole(sum: GradientSum, epoch: EpochData, data: Dataset, between: () => boolean | Promise<boolean>): Promise<StepResult | undefined> {
    let loss = 0;
    let tokens = 0;
    let sentences = 0;
    sum.clear();
    for (let sweep = 0; sweep < epoch.sweepsPerStep; sweep++) {
      const step = epoch.batches.step(sweep);
      const shards = this.fill(epoch, sweep, data);
      this.program.run();
      this.carry(epoch, sweep, data, shards);
      for (const { outputs, rows } of shards) {
        sum.add(outputs);
        sum.dW.add(outputs.delta, rows);
      }
      loss += totalLoss(shards);
      tokens += step.tokens;
      if (step.offset === 0) sentences += step.count;
      const goOn = sweep + 1 === epoch.sweepsPerStep || between();
      if (!(goOn instanceof Promise ? await goOn : goOn)) return undefined;
    }
    const { learningRate, clip } = this.settings;
    return { loss, tokens, gradientNorm: descend(this.parameters, sum, { learningRate, clip, sentences }) };
  }

  private fill({ batches, words }: EpochData, index: number, { start, labels }: Dataset): readonly Shard<TrainingInput, TrainingOutput>[] {
    const step = batches.step(index);
    const sizes = shardSizes(step, start);
    const shards = this.program.prepare(sizes.T, sizes.B, sizes.shards);
    shards.forEach((shard, i) => fillShard(shard, step, i * sizes.B, sizes, { start, words }, this.state, labels));
    return shards;
  }

  /** Keeps the final states where the next step goes on with these sentences. */
  private carry({ batches }: EpochData, index: number, { start }: Dataset, shards: readonly Shard<TrainingInput, TrainingOutput>[]): void {
    const step = batches.step(index);
    if (!shardSizes(step, start).goesOn) return;
    this.state = carryStates(shards, step, this.parameters.H);
  }
}

function totalLoss(shards: readonly Shard<TrainingInput, TrainingOutput>[]): number {
  let total = 0;
  for (const { outputs } of shards) for (let r = 0; r < outputs.loss.length; r++) total += outputs.loss[r];
  return total;
}

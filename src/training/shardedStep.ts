import type { Dataset } from '../corpus/dataset';
import type { Descent, DescentRecipe } from '../kernels/kernels';
import { GradientSum, WordColumns } from '../model/gradients';
import { trainingProgram, trainingShapes } from '../model/network';
import type { TrainingInput, TrainingOutput } from '../model/network';
import { descend } from '../model/optimiser';
import type { Parameters } from '../model/parameters';
import type { TrainingSettings } from '../model/settings';
import { fillShard, shardSizes } from '../model/shard';
import type { EpochData } from './epochData';
import type { GradientStep, StepResult } from './gradientStep';

type CreateDescent = (recipe: DescentRecipe<TrainingInput, TrainingOutput>) => Descent<TrainingInput, TrainingOutput>;

/** Steps that the device does whole, in shards: the host only says which words they are of. */
export class ShardedStep implements GradientStep {
  /** See {@link GradientStep.state}. */
  state = new Float64Array(0);
  private readonly descent: Descent<TrainingInput, TrainingOutput>;
  /** Where the whole training set is one step: the sum of its chunks. */
  private readonly sum: GradientSum | undefined;

  constructor(
    create: CreateDescent,
    private readonly parameters: Parameters,
    private readonly settings: TrainingSettings,
  ) {
    const { K, H, L, U, V, W, b, c } = parameters;
    this.descent = create({
      program: trainingProgram(settings.activation),
      shapes: (T, B) => trainingShapes({ H, L }, T, B),
      parameters: { U: { values: U, gradient: 'dU' }, V: { values: V, gradient: 'dV' }, b: { values: b, gradient: 'db' }, c: { values: c, gradient: 'dc' } },
      // ∂E/∂W = Σ_t δ_t ⊗ x_t: δ_t is the gradient of the row W x_t.
      table: { input: 'Wx', values: W, gradient: 'delta' },
    });
    this.sum = settings.batch === 0 ? new GradientSum(parameters, new WordColumns(K, H)) : undefined;
  }

  async run(epoch: EpochData, index: number, data: Dataset, between: () => boolean | Promise<boolean>): Promise<StepResult | undefined> {
    if (this.sum) return this.runWhole(this.sum, epoch, data, between);
    const step = epoch.batches.step(index);
    const shards = this.fill(epoch, index, data);
    const { learningRate, clip } = this.settings;
    const gradientNorm = this.descent.descend({ learningRate, clip, sentences: step.count });
    this.carry(epoch, index, data, shards);
    return { loss: totalLoss(shards), tokens: step.tokens, gradientNorm };
  }

  dispose(): void {
    this.descent.dispose();
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
      this.descent.run();
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

  private fill({ batches, words }: EpochData, index: number, { start, labels }: Dataset): ReturnType<typeof this.descent.prepare> {
    const step = batches.step(index);
    const sizes = shardSizes(step, start);
    const shards = this.descent.prepare(sizes.T, sizes.B, sizes.shards);
    shards.forEach((shard, i) => fillShard(shard, step, i * sizes.B, sizes, { start, words }, labels, this.state));
    return shards;
  }

  /** Keeps the final states where the next step goes on with these sentences. */
  private carry({ batches }: EpochData, index: number, { start }: Dataset, shards: ReturnType<typeof this.descent.prepare>): void {
    const step = batches.step(index);
    if (!shardSizes(step, start).goesOn) return;
    this.state = new Float64Array(step.sentences.length * this.parameters.H);
    let at = 0;
    for (const { outputs } of shards) {
      this.state.set(outputs.hLast.subarray(0, this.state.length - at), at);
      at += outputs.hLast.length;
    }
  }
}

function totalLoss(shards: readonly { readonly outputs: Readonly<Record<'loss', ArrayLike<number>>> }[]): number {
  let total = 0;
  for (const { outputs } of shards) for (let r = 0; r < outputs.loss.length; r++) total += outputs.loss[r];
  return total;
}

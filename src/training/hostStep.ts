import type { Dataset } from '../corpus/dataset';
import type { Device } from '../kernels/kernels';
import { GradientSum, WordColumns } from '../model/gradients';
import type { Gradients } from '../model/gradients';
import { Minibatch } from '../model/minibatch';
import { trainingProgram, trainingShapes } from '../model/network';
import type { TrainingInput, TrainingOutput } from '../model/network';
import { descend } from '../model/optimiser';
import type { Parameters } from '../model/parameters';
import { PlanCache } from '../model/planCache';
import type { TrainingSettings } from '../model/settings';
import type { EpochData } from './epochData';
import type { GradientStep, StepResult } from './gradientStep';

/** Compiled training plans: as many as there are lengths. */
const trainingPlans = 24;

/** Steps of which the device runs the program, and the host does the rest. */
export class HostStep implements GradientStep {
  private readonly minibatch: Minibatch;
  private readonly plans: PlanCache<TrainingInput, TrainingOutput>;
  private readonly dW: WordColumns;
  private readonly sum: GradientSum | undefined;

  constructor(
    device: Device,
    private readonly parameters: Parameters,
    private readonly settings: TrainingSettings,
  ) {
    this.minibatch = new Minibatch(device, parameters.H);
    this.plans = new PlanCache(device, trainingProgram(settings.activation), (T, B) => trainingShapes(parameters, T, B), trainingPlans);
    this.dW = new WordColumns(parameters.K, parameters.H);
    this.sum = settings.batch === 0 ? new GradientSum(parameters, this.dW) : undefined;
  }

  async run(epoch: EpochData, index: number, { start, labels }: Dataset, between: () => boolean | Promise<boolean>): Promise<StepResult | undefined> {
    const { parameters, dW, sum, minibatch } = this;
    const { W, U, V, b, c } = parameters;
    const { batches, sweepsPerStep, words } = epoch;
    let loss = 0;
    let tokens = 0;
    let sentences = 0;
    let gradients: Gradients | undefined = sum;
    dW.clear();
    sum?.clear();
    for (let sweep = index * sweepsPerStep, end = sweep + sweepsPerStep; sweep < end; sweep++) {
      const step = batches.step(sweep);
      const { Wx, y, mask, h0, words: rowWords } = minibatch.fill(step, { start, words }, W, labels);
      const cached = this.plans.get(step.length, step.sentences.length);
      const plan = cached instanceof Promise ? await cached : cached;
      const result = plan.run({ Wx, U, V, b, c, mask, h0, y });
      const outputs = result instanceof Promise ? await result : result;
      minibatch.carry(outputs.hLast);
      for (const E of outputs.loss) loss += E;
      tokens += step.tokens;
      // ∂E/∂W = Σ_t δ_t ⊗ x_t
      dW.add(outputs.delta, rowWords);
      if (!sum) {
        gradients = { ...outputs, dW };
        sentences = step.count;
        continue;
      }
      sum.add(outputs);
      if (step.offset === 0) sentences += step.count;
      const goOn = sweep + 1 === end || between();
      if (!(goOn instanceof Promise ? await goOn : goOn)) return undefined;
    }
    if (!gradients) return undefined;
    const { learningRate, clip } = this.settings;
    return { loss, tokens, gradientNorm: descend(parameters, gradients, { learningRate, clip, sentences }) };
  }

  get state(): Float64Array {
    return this.minibatch.state;
  }

  set state(carried: Float64Array) {
    this.minibatch.carry(carried);
  }

  dispose(): void {
    this.plans.dispose();
  }
}

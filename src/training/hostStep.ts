import type { Dataset } from '../corpus/dataset';
import type { Device } from '../kernels/kernels';
import { DropoutMasks } from '../model/dropout';
import { GradientSum, RowGradients, denseGradients, sumGradients } from '../model/gradients';
import type { Gradients } from '../model/gradients';
import { Minibatch } from '../model/minibatch';
import { trainingProgram, trainingShapes } from '../model/network';
import { update } from '../model/optimiser';
import { PlanCache } from '../model/planCache';
import type { EpochData } from './epochData';
import type { GradientStep, Learner, StepResult } from './gradientStep';

/** Compiled training plans: as many as there are lengths. */
const trainingPlans = 24;

/** Steps of which the device runs the program, and the host does the rest. */
export class HostStep implements GradientStep {
  private readonly minibatch: Minibatch;
  private readonly plans: PlanCache<string, string>;
  private readonly masks: DropoutMasks;
  private readonly rows: RowGradients;
  private readonly sum: GradientSum | undefined;

  constructor(
    device: Device,
    private readonly learner: Learner,
  ) {
    const { network, parameters, features, settings } = learner;
    this.minibatch = new Minibatch(device, network, parameters, features);
    this.plans = new PlanCache(
      device,
      trainingProgram(network),
      (T, B) => trainingShapes(network, T, B),
      trainingPlans,
    );
    this.masks = new DropoutMasks(network, settings);
    this.rows = new RowGradients(parameters.sizes);
    this.sum = settings.batch === 0 ? new GradientSum(parameters.sizes) : undefined;
  }

  async run(
    epoch: EpochData,
    index: number,
    { start, words, columns, labels }: Dataset,
    between: () => boolean | Promise<boolean>,
  ): Promise<StepResult | undefined> {
    const { sum, minibatch, rows, learner } = this;
    const { sizes } = learner.parameters;
    const { batches, sweepsPerStep, withheld } = epoch;
    let loss = 0;
    let tokens = 0;
    let sentences = 0;
    let gradients: Gradients | undefined = sum;
    sum?.clear();
    for (let sweep = index * sweepsPerStep, end = sweep + sweepsPerStep; sweep < end; sweep++) {
      const step = batches.step(sweep);
      const B = step.sentences.length;
      const inputs = minibatch.fill(
        step,
        { start, words, columns, withheld },
        trainingShapes(learner.network, step.length, B),
        labels,
      );
      this.masks.fill(inputs, epoch.number, sweep, 0);
      const cached = this.plans.get(step.length, B);
      const plan = cached instanceof Promise ? await cached : cached;
      const result = plan.run(inputs);
      const outputs = result instanceof Promise ? await result : result;
      minibatch.carried.keep([outputs], B);
      for (const E of outputs.loss) loss += E;
      tokens += step.tokens;
      const { starts, ids } = minibatch.rows;
      if (!sum) {
        rows.clear();
        rows.add(sumGradients(outputs, sizes), starts, ids);
        gradients = { dense: denseGradients(outputs, sizes), rows };
        sentences = step.count;
        continue;
      }
      sum.add(outputs, starts, ids);
      if (step.offset === 0) sentences += step.count;
      const goOn = sweep + 1 === end || between();
      if (!(goOn instanceof Promise ? await goOn : goOn)) return undefined;
    }
    if (!gradients) return undefined;
    return {
      loss,
      tokens,
      gradientNorm: update(
        learner.parameters,
        gradients,
        learner.optimiser.moments,
        learner.nextUpdate(sentences),
      ),
    };
  }

  get state(): Float64Array<ArrayBuffer> {
    return this.minibatch.carried.all;
  }

  set state(carried: Float64Array<ArrayBuffer>) {
    this.minibatch.carried.all = carried;
  }

  dispose(): void {
    this.plans.dispose();
  }
}

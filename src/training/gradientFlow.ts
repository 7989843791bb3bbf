import type { Dataset } from '../corpus/dataset';
import type { Device, Plan } from '../kernels/kernels';
import { flowProgram, flowShapes, readFlow, rounded } from '../model/gradientFlow';
import type { SweepFlow } from '../model/gradientFlow';
import { Minibatch } from '../model/minibatch';
import type { NormSums } from '../model/trainingState';
import type { GradientFlow } from '../run/epochRecord';
import { FlowSampler, sampledSentences } from './flowSample';
import type { Learner } from './gradientStep';

const none: NormSums = { steps: 0, sum: 0, largest: 0 };

/**
 * So many rows go through the measurement for each that is trained on, at most. A row of it costs half of one
 * of training, so this is 2 % of the time: in a corpus of under 13,000 tokens, where an epoch is short, not
 * every epoch is measured.
 */
const rowsPerTrainedToken = 0.04;

/**
 * Measures how the gradient flows, with the weights as they are at the end of an epoch. It changes nothing of
 * the run.
 */
export class FlowMeter {
  /** Of the epoch under way. */
  norms: NormSums = none;
  private readonly sampler: FlowSampler;
  private readonly minibatch: Minibatch;
  private readonly everyEpochs: number;
  private plan: Plan<string, string> | undefined;

  constructor(
    private readonly device: Device,
    private readonly learner: Learner,
    private readonly training: Dataset,
  ) {
    const { network, parameters, features, settings } = learner;
    this.sampler = new FlowSampler(training.start, settings.seed);
    this.minibatch = new Minibatch(device, network, parameters, features);
    this.everyEpochs = Math.max(
      1,
      Math.ceil((this.sampler.length * sampledSentences) / (rowsPerTrainedToken * training.tokens)),
    );
  }

  /** After each step. */
  add(gradientNorm: number): void {
    const { steps, sum, largest } = this.norms;
    this.norms = { steps: steps + 1, sum: sum + gradientNorm, largest: Math.max(largest, gradientNorm) };
  }

  /** At the end of an epoch, by its number from 1; the next one's norms begin anew. */
  async endEpoch(epoch: number): Promise<GradientFlow> {
    const { steps, sum, largest } = this.norms;
    this.norms = none;
    const sweeps = (epoch - 1) % this.everyEpochs === 0 ? await this.measure(epoch) : [];
    return { gradientNorm: { mean: rounded(sum / Math.max(1, steps)), largest: rounded(largest) }, sweeps };
  }

  dispose(): void {
    this.plan?.dispose();
  }

  private async measure(epoch: number): Promise<SweepFlow[]> {
    const { network, parameters } = this.learner;
    const { start, words, columns, labels } = this.training;
    const { step, ...sentences } = this.sampler.sample(epoch);
    const shapes = flowShapes(network, step.length, sampledSentences);
    const inputs = this.minibatch.fill(step, { start, words, columns }, shapes, labels);
    inputs.at.fill(0);
    sentences.at.forEach((t, beta) => {
      if (sentences.lengths[beta] > 0) inputs.at[t * sampledSentences + beta] = 1;
    });
    this.plan ??= await this.device.compile(flowProgram(network), shapes);
    return readFlow(await this.plan.run(inputs), network, parameters, sentences);
  }
}

import type { Dataset } from '../corpus/dataset';
import type { Device } from '../kernels/device';
import { openSession } from '../kernels/openSession';
import { fillErrors, readFlow, rounded } from '../model/network/gradientFlow';
import type { SweepFlow } from '../model/network/gradientFlow';
import { flowRecipe } from '../model/sessionRecipes';
import type { FlowSession, FlowShard } from '../model/sessionRecipes';
import { SweepFiller } from '../model/sweepFiller';
import type { NormSums } from '../model/trainingState';
import type { GradientFlow } from '../run/epochRecord';
import { FlowSampler, sampledSentences } from './flowSample';
import type { Learner } from './learner';

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
  private readonly everyEpochs: number;
  private session: FlowSession | undefined;

  constructor(
    private readonly device: Device,
    private readonly learner: Learner,
    private readonly training: Dataset,
  ) {
    this.sampler = new FlowSampler(training.start, learner.settings.seed);
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
    this.session?.dispose();
  }

  private async measure(epoch: number): Promise<SweepFlow[]> {
    const { network, parameters, features } = this.learner;
    const { start, words, columns, labels } = this.training;
    const { sweep, ...sentences } = this.sampler.sample(epoch);
    const session = (this.session ??= openSession(this.device, flowRecipe(parameters, network)));
    const filler = new SweepFiller<FlowShard>(session, network, features);
    const [shard] = filler.fill(sweep, { start, words, columns }, labels).shards;
    fillErrors(shard.batch.at, sentences);
    await session.run();
    return readFlow(shard.outputs.results, network, parameters, sentences);
  }
}

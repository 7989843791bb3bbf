import { windowLength } from '../corpus/windowLength';
import type { Device } from '../kernels/device';
import type { MatrixData } from '../kernels/kernels';
import { openSession } from '../kernels/openSession';
import { lengthGrid, planBatches } from './batches';
import type { Sweep } from './batches';
import type { NetworkParameters } from './parameters';
import { forwardRecipe } from './sessionRecipes';
import type { ForwardSession, ForwardShard } from './sessionRecipes';
import type { Network } from './sizes';
import { SweepFiller } from './sweepFiller';
import type { FilledSweep } from './sweepFiller';
import type { FeatureSource, Sentences } from './tokenRows';

/** Sentences that go forward together; fewer than {@link fewSentences} go one by one. */
const sentencesTogether = 16;
const fewSentences = 4;
/** With more labels sentences go one by one too: ŷ alone would be hundreds of megabytes. */
const manyLabels = 2048;

/** Fewer lengths than in training: a forward pass costs a third of a step, and a plan as much. */
const fewLengths = lengthGrid(windowLength, 12);
const allLengths = Array.from({ length: windowLength }, (_, i) => i + 1);

/**
 * At most this many plans at once, of minibatches and of single sentences: with the training's 24, a device
 * has 40.
 */
const forwardPlans = 16;

/** Takes one token's ŷ, the L numbers of `yHat` from `offset`. They hold until the call returns. */
export type TokenVisitor = (token: number, yHat: MatrixData, offset: number) => void;

/** The forward program over any sentences, of any length and number, in minibatches. */
export class ForwardPass {
  readonly precision: Device['precision'];
  private readonly session: ForwardSession;
  private readonly filler: SweepFiller<ForwardShard>;
  private readonly L: number;

  /**
   * The parameters lie in the device's memory, and may change from one {@link run} to the next. `plans`: how
   * many compiled plans to keep, on a device that has any.
   */
  constructor(
    device: Device,
    parameters: NetworkParameters<MatrixData>,
    network: Network,
    features: FeatureSource,
    plans = forwardPlans,
  ) {
    this.session = openSession(device, forwardRecipe(parameters, network, plans));
    this.filler = new SweepFiller(this.session, network, features);
    this.L = network.L;
    this.precision = device.precision;
  }

  /**
   * Visits each token once, not in order. A token's ŷ does not depend on the sentences beside its own.
   * `between` is asked after each minibatch whether to go on; returns false where it said no.
   */
  async run(
    sentences: Sentences,
    visit: TokenVisitor,
    between: () => boolean | Promise<boolean> = () => true,
  ): Promise<boolean> {
    const { session, filler } = this;
    const { start } = sentences;
    const together = start.length - 1 < fewSentences || this.L > manyLabels ? 1 : sentencesTogether;
    const batches = planBatches(start, together, session.exactLengths ? allLengths : fewLengths);
    for (let n = 0; n < batches.sweeps; n++) {
      const sweep = batches.sweep(n);
      const filled = filler.fill(sweep, sentences);
      const done = session.run();
      if (done) await done;
      this.visit(sweep, filled, start, visit);
      const goOn = between();
      if (!(goOn instanceof Promise ? await goOn : goOn)) return false;
    }
    return true;
  }

  dispose(): void {
    this.session.dispose();
  }

  private visit(
    sweep: Sweep,
    { shards, B, goesOn }: FilledSweep<ForwardShard>,
    start: Uint32Array,
    visit: TokenVisitor,
  ): void {
    const { L } = this;
    const results = shards.map(({ outputs }) => outputs.results);
    if (goesOn)
      this.filler.carried.keep(
        results.map(({ hLast }) => hLast),
        sweep.sentences.length,
      );
    results.forEach(({ yHat }, index) => {
      const first = index * B;
      const end = Math.min(B, sweep.sentences.length - first);
      for (let beta = 0; beta < end; beta++) {
        const sentence = sweep.sentences[first + beta];
        if (sentence < 0) continue;
        const from = start[sentence] + sweep.offset;
        const tokens = Math.min(sweep.length, start[sentence + 1] - from);
        for (let t = 0; t < tokens; t++) visit(from + t, yHat, (t * B + beta) * L);
      }
    });
  }
}

import { lengthGrid, planBatches } from '../corpus/batches';
import type { Activation, Device, MatrixData } from '../kernels/kernels';
import { Minibatch } from './minibatch';
import type { Sentences } from './minibatch';
import { forwardProgram, forwardShapes } from './network';
import type { ForwardInput, ForwardOutput } from './network';
import type { Parameters } from './parameters';
import { PlanCache } from './planCache';

/** Sentences that go forward together; fewer than {@link fewSentences} go one by one. */
const sentencesTogether = 16;
const fewSentences = 4;

/** Fewer lengths than in training: a forward pass costs a third of a step, and a plan as much. */
const grid = lengthGrid(512, 12);

/** At most this many plans at once: one for each length, of minibatches and of single sentences. */
export const forwardPlans = 2 * 12;

/** Takes one token's ŷ, the L numbers of `yHat` from `offset`. They hold until the call returns. */
export type TokenVisitor = (token: number, yHat: MatrixData, offset: number) => void;

/** The forward program over any sentences, of any length and number, in minibatches. */
export class ForwardPass {
  private readonly plans: PlanCache<ForwardInput, ForwardOutput>;
  private readonly minibatch: Minibatch;

  /** The parameters may change from one {@link run} to the next. `plans`: how many compiled plans to keep. */
  constructor(
    device: Device,
    private readonly parameters: Parameters,
    activation: Activation,
    plans = forwardPlans,
  ) {
    this.plans = new PlanCache(device, forwardProgram(activation), (T, B) => forwardShapes(parameters, T, B), plans);
    this.minibatch = new Minibatch(device, parameters.H);
  }

  /**
   * Visits each token once, not in order. A token's ŷ does not depend on the sentences beside its own. `between` is asked
   * after each minibatch whether to go on; returns false where it said no.
   */
  async run(sentences: Sentences, visit: TokenVisitor, between: () => boolean | Promise<boolean> = () => true): Promise<boolean> {
    const { W, U, V, b, c, L } = this.parameters;
    const { start } = sentences;
    const batches = planBatches(start, start.length - 1 < fewSentences ? 1 : sentencesTogether, grid);
    for (let n = 0; n < batches.steps; n++) {
      const step = batches.step(n);
      const B = step.sentences.length;
      const { Wx, mask, h0 } = this.minibatch.fill(step, sentences, W);
      const cached = this.plans.get(step.length, B);
      const plan = cached instanceof Promise ? await cached : cached;
      const result = plan.run({ Wx, U, V, b, c, mask, h0 });
      const { yHat, hLast } = result instanceof Promise ? await result : result;
      this.minibatch.carry(hLast);
      for (let beta = 0; beta < B; beta++) {
        const sentence = step.sentences[beta];
        if (sentence < 0) continue;
        const first = start[sentence] + step.offset;
        const tokens = Math.min(step.length, start[sentence + 1] - first);
        for (let t = 0; t < tokens; t++) visit(first + t, yHat, (t * B + beta) * L);
      }
      const goOn = between();
      if (!(goOn instanceof Promise ? await goOn : goOn)) return false;
    }
    return true;
  }

  dispose(): void {
    this.plans.dispose();
  }
}

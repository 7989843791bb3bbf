import { windowLength } from '../corpus/windowLength';
import type { Device, MatrixData, ShardedProgram } from '../kernels/kernels';
import { lengthGrid, planBatches } from './batches';
import type { BatchStep } from './batches';
import { CarriedStates } from './carriedStates';
import { Minibatch } from './minibatch';
import { forwardProgram, forwardShapes } from './network';
import type { Network } from './network';
import type { Parameters } from './parameters';
import { PlanCache } from './planCache';
import { ShardFiller, forwardRecipe, shardSizes } from './shard';
import type { FeatureSource, Sentences } from './windowRows';

/** Sentences that go forward together; fewer than {@link fewSentences} go one by one. */
const sentencesTogether = 16;
const fewSentences = 4;

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

/** ŷ of B sentences of a step, from its sentence number `first` on: row t·B + β. */
type StepVisitor = (yHat: MatrixData, B: number, first: number) => void;

/** Runs steps of a forward pass, one after the other. */
interface Stepper {
  readonly lengths: readonly number[];
  run(step: BatchStep, sentences: Sentences, visit: StepVisitor): void | Promise<void>;
  dispose(): void;
}

/** The forward program over any sentences, of any length and number, in minibatches. */
export class ForwardPass {
  private readonly stepper: Stepper;
  readonly precision: Device['precision'];
  private readonly L: number;

  /**
   * The parameters lie in the device's memory, and may change from one {@link run} to the next. `plans`: how
   * many compiled plans to keep.
   */
  constructor(
    device: Device,
    parameters: Parameters,
    network: Network,
    features: FeatureSource,
    plans = forwardPlans,
  ) {
    this.stepper = device.shard
      ? new ShardStepper(device.shard(forwardRecipe(parameters, network)), network, features)
      : new PlanStepper(device, parameters, network, features, plans);
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
    const { stepper, L } = this;
    const { start } = sentences;
    const batches = planBatches(
      start,
      start.length - 1 < fewSentences ? 1 : sentencesTogether,
      stepper.lengths,
    );
    for (let n = 0; n < batches.steps; n++) {
      const step = batches.step(n);
      const done = stepper.run(step, sentences, (yHat, B, first) => {
        const end = Math.min(B, step.sentences.length - first);
        for (let beta = 0; beta < end; beta++) {
          const sentence = step.sentences[first + beta];
          if (sentence < 0) continue;
          const from = start[sentence] + step.offset;
          const tokens = Math.min(step.length, start[sentence + 1] - from);
          for (let t = 0; t < tokens; t++) visit(from + t, yHat, (t * B + beta) * L);
        }
      });
      if (done) await done;
      const goOn = between();
      if (!(goOn instanceof Promise ? await goOn : goOn)) return false;
    }
    return true;
  }

  dispose(): void {
    this.stepper.dispose();
  }
}

/** By plans, one for each of a few lengths. */
class PlanStepper implements Stepper {
  readonly lengths = fewLengths;
  private readonly plans: PlanCache<string, string>;
  private readonly minibatch: Minibatch;

  constructor(
    device: Device,
    parameters: Parameters,
    private readonly network: Network,
    features: FeatureSource,
    plans: number,
  ) {
    this.plans = new PlanCache(
      device,
      forwardProgram(network),
      (T, B) => forwardShapes(network, T, B),
      plans,
    );
    this.minibatch = new Minibatch(device, network, parameters, features);
  }

  async run(step: BatchStep, sentences: Sentences, visit: StepVisitor): Promise<void> {
    const B = step.sentences.length;
    const inputs = this.minibatch.fill(step, sentences, forwardShapes(this.network, step.length, B));
    const cached = this.plans.get(step.length, B);
    const plan = cached instanceof Promise ? await cached : cached;
    const result = plan.run(inputs);
    const outputs = result instanceof Promise ? await result : result;
    this.minibatch.carried.keep([outputs], B);
    visit(outputs.yHat, B, 0);
  }

  dispose(): void {
    this.plans.dispose();
  }
}

/** By shards, without padding beyond a step's longest sentence. */
class ShardStepper implements Stepper {
  readonly lengths = allLengths;
  private readonly carried: CarriedStates;
  private readonly filler: ShardFiller;

  constructor(
    private readonly program: ShardedProgram<string, string>,
    network: Network,
    features: FeatureSource,
  ) {
    this.carried = new CarriedStates(network);
    this.filler = new ShardFiller(program, features, this.carried);
  }

  run(step: BatchStep, sentences: Sentences, visit: StepVisitor): void {
    const sizes = shardSizes(step, sentences.start);
    const shards = this.filler.fill(step, sizes, sentences);
    this.program.run();
    if (sizes.goesOn)
      this.carried.keep(
        shards.map(({ outputs }) => outputs),
        step.sentences.length,
      );
    shards.forEach(({ outputs }, i) => visit(outputs.yHat, sizes.B, i * sizes.B));
  }

  dispose(): void {
    this.program.dispose();
  }
}

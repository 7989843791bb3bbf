/** The training loop: epochs of steps, development scores, checkpoints, and an end. */
import { InputError } from '../common/problem';
import type { TrainingCorpus } from '../corpus/dataset';
import type { Device } from '../kernels/kernels';
import { ForwardPass } from '../model/forwardPass';
import { initialParameters } from '../model/initialise';
import { writeModel } from '../model/modelFile';
import type { TaggerModel } from '../model/modelFile';
import { mostLabels } from '../model/modelMetadata';
import { areFinite, assignParameters, copyParameters } from '../model/parameters';
import type { Parameters } from '../model/parameters';
import type { TrainingState } from '../model/trainingState';
import { DivergenceGuard } from './divergence';
import { epochData, fingerprint } from './epochData';
import type { EpochData } from './epochData';
import { evaluate } from './evaluate';
import { GradientStep } from './gradientStep';
import type { EpochRecord } from './history';
import { ProgressReporter } from './progress';
import type { TrainingProgress } from './progress';
import { checkResumable } from './resume';
import { isBetter } from './scores';
import type { Scores } from './scores';
import type { TrainingSettings } from './settings';
import { Stopwatch } from './stopwatch';

/** What a run tells, and whom it asks whether to go on. */
export interface TrainerHooks {
  /** Once, before the first step. */
  started?(facts: { stepsPerEpoch: number; epoch: number; step: number }): void;
  /** At most ten times a second. */
  progress(progress: TrainingProgress): void;
  /** After each epoch and its evaluation, before its checkpoint. */
  epoch(record: EpochRecord): void;
  /**
   * A model file with the state to go on from: after each epoch, at least every 5 s (the first after 1 s) and when stopped.
   * Its parameters are finite. `best`: the best on development data so far, or the last where there is none. A run that
   * gets to its end gives one more, the best model without a state.
   */
  checkpoint(bytes: Uint8Array<ArrayBuffer>, at: { epoch: number; step: number; best: boolean }): void;
  /** Called between steps whenever 15 ms have passed: lets messages in, waits while paused. */
  breathe(): Promise<'continue' | 'stop'> | 'continue' | 'stop';
  /** Milliseconds since any moment. */
  now(): number;
}

export interface TrainingOptions {
  readonly corpus: TrainingCorpus;
  readonly names: { readonly corpus: string; readonly corpusName: string; readonly column: string };
  readonly settings: TrainingSettings;
  readonly device: Device;
  /** Where to go on from. */
  readonly checkpoint?: TaggerModel;
  readonly hooks: TrainerHooks;
}

export interface TrainingResult {
  readonly reason: 'done' | 'stopped' | 'diverged';
  /** For `diverged`: what happened and what to change. */
  readonly message?: string;
  readonly epoch: number;
  readonly step: number;
  /** Training time since the run began: gathering, compiling, computing, updating. Pauses, evaluations and checkpoints are left out. */
  readonly seconds: number;
  /** Tokens trained on in that time. */
  readonly tokensPerSecond: number;
  /** Of the model. */
  readonly development?: Scores;
  /** Of the model, where the run is done and there is test data. */
  readonly test?: Scores;
  /** The best on development data so far. Without such: the last, and for a run that diverged the last that was sound. */
  readonly model: TaggerModel;
}

const breatheEveryMs = 15;
const checkpointEveryMs = 5000;
const firstCheckpointMs = 1000;

/**
 * Trains until the epochs are over, it is stopped, or it diverges. For a corpus, settings and device the result is the same
 * to the bit each time, and so it is where a run goes on from any of its checkpoints.
 * @throws {InputError} where the checkpoint does not fit corpus or settings.
 * @throws {DeviceLostError} where the device is gone: go on elsewhere from the last checkpoint.
 */
export async function train(options: TrainingOptions): Promise<TrainingResult> {
  const trainer = new Trainer(options);
  try {
    return await trainer.run();
  } finally {
    trainer.dispose();
  }
}

type Ending = Pick<TrainingResult, 'reason' | 'message'>;

class Trainer {
  private readonly parameters: Parameters;
  private readonly gradientStep: GradientStep;
  private readonly forward: ForwardPass;
  private readonly guard: DivergenceGuard;
  private readonly stopwatch: Stopwatch;
  private readonly reporter: ProgressReporter;
  private readonly created: string;
  private readonly fingerprint: number;

  private epoch = 1;
  private stepInEpoch = 0;
  private step = 0;
  private epochLoss = 0;
  private epochTokens = 0;
  private tokens = 0;
  private best: { epoch: number; scores?: Scores; readonly parameters: Parameters } | undefined;

  private epochData: EpochData;
  private stepsPerEpoch: number;
  private evaluationSeconds = 0;
  private lastBreathMs: number;
  private nextCheckpointMs: number;

  constructor(private readonly options: TrainingOptions) {
    const { corpus, settings, device, checkpoint, hooks } = options;
    if (corpus.labels.length > mostLabels) {
      throw new InputError(`The column has ${corpus.labels.length} different labels; at most ${mostLabels} can be learned.`, { hint: 'Choose another column.' });
    }
    const allocate = (length: number) => device.allocate(length);
    const sizes = { K: corpus.vocabulary.size, H: settings.hidden, L: corpus.labels.length };
    this.fingerprint = fingerprint(corpus);
    const state = checkpoint && checkResumable(checkpoint, settings, this.fingerprint);
    this.parameters = checkpoint ? copyParameters(checkpoint.parameters, allocate) : initialParameters(sizes, settings.activation, settings.seed, allocate);
    this.gradientStep = new GradientStep(device, this.parameters, settings);
    this.forward = new ForwardPass(device, this.parameters, settings.activation);
    this.guard = new DivergenceGuard(settings, state);
    this.stopwatch = new Stopwatch(hooks.now, state?.seconds);
    this.reporter = new ProgressReporter(hooks.now, (progress) => hooks.progress(progress));
    this.created = checkpoint?.created ?? new Date().toISOString();
    if (state) this.restore(state);
    this.reporter.begin(this.tokens, this.stopwatch.seconds);
    this.lastBreathMs = hooks.now();
    this.nextCheckpointMs = hooks.now() + firstCheckpointMs;
    this.epochData = epochData(corpus, settings, this.epoch);
    this.stepsPerEpoch = this.epochData.batches.steps / this.epochData.sweepsPerStep;
  }

  private restore(state: TrainingState): void {
    ({ epoch: this.epoch, stepInEpoch: this.stepInEpoch, step: this.step } = state);
    ({ epochLoss: this.epochLoss, epochTokens: this.epochTokens, tokens: this.tokens } = state);
    if (state.carried) this.gradientStep.minibatch.carry(state.carried);
    if (state.best) this.best = { ...state.best, parameters: this.snapshot(state.best.parameters ?? this.parameters) };
  }

  async run(): Promise<TrainingResult> {
    const { corpus, settings, hooks } = this.options;
    hooks.started?.({ stepsPerEpoch: this.stepsPerEpoch, epoch: this.epoch, step: this.step });
    while (this.epoch <= settings.epochs) {
      const ending = (await this.runEpoch()) ?? (await this.endEpoch());
      if (ending) return this.end(ending);
      if (this.epoch <= settings.epochs) this.epochData = epochData(corpus, settings, this.epoch);
    }
    return this.end({ reason: 'done' });
  }
}

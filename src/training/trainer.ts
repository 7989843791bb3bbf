/** The training loop: epochs of steps, development scores, checkpoints, and an end. */
import { InputError } from '../common/errors';
import type { FeatureLists } from '../corpus/features/lists';
import type { MatrixData } from '../kernels/kernels';
import { ForwardPass } from '../model/forwardPass';
import { initialParameters } from '../model/initialise';
import { Labelling } from '../model/labelling';
import { writeModel } from '../model/modelFile';
import type { TaggerModel } from '../model/modelFile';
import { mostLabels } from '../model/modelMetadata';
import { areFinite, assignParameters, copyParameters, plainArrays } from '../model/parameters';
import type { NetworkParameters } from '../model/parameters';
import { networkOf, sizesOf } from '../model/settings';
import type { TrainingState } from '../model/trainingState';
import { CheckpointPace } from './checkpointPace';
import { DivergenceGuard } from './divergence';
import { epochData, fingerprint } from './epochData';
import type { EpochData } from './epochData';
import { evaluate } from './evaluate';
import { encoderOf, featuresOf } from './features';
import { finish } from './finish';
import { FlowMeter } from './gradientFlow';
import { GradientStep } from './gradientStep';
import { Learner } from './learner';
import { ProgressReporter } from './progress';
import { checkResumable } from './resume';
import type { TrainingOptions, TrainingResult } from './run';
import { isBetter } from './scores';
import type { Scores } from './scores';
import { settle, settlingFacts } from './settle';
import { Stopwatch } from './stopwatch';
import { WeightAverage } from './weightAverage';

export type { TrainerHooks, TrainingOptions, TrainingResult } from './run';

const breatheEveryMs = 15;

/**
 * Trains until the epochs are over, it is stopped, or it diverges. For a corpus, settings and device the
 * result is the same to the bit each time, and so it is where a run goes on from any of its checkpoints.
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

/** Why a run ends. */
type Ending = Pick<TrainingResult, 'reason' | 'message'>;

/** NetworkParameters to end up with, copied, and where they come from. Scores: on development data. */
interface Kept {
  readonly epoch: number;
  readonly step: number;
  readonly scores?: Scores;
  readonly parameters: NetworkParameters<MatrixData>;
}

class Trainer {
  private readonly features: FeatureLists;
  /** What is trained. */
  private readonly weights: NetworkParameters<MatrixData>;
  private readonly learner: Learner;
  private readonly average: WeightAverage | undefined;
  private readonly gradientStep: GradientStep;
  private readonly forward: ForwardPass;
  private readonly flow: FlowMeter;
  private readonly guard: DivergenceGuard;
  private readonly stopwatch: Stopwatch;
  private readonly reporter: ProgressReporter;
  private readonly pace: CheckpointPace;
  private readonly fingerprint: number;
  private readonly created: string;

  /** Where the run stands. */
  private readonly at = { epoch: 1, stepInEpoch: 0, step: 0, epochLoss: 0, epochTokens: 0, tokens: 0 };
  private data: EpochData;
  /** The best on development data, or while there is none, those of the last checkpoint. */
  private kept: Kept;
  private evaluated: { readonly step: number; readonly scores: Scores } | undefined;
  private evaluationSeconds = 0;
  private lastBreathMs: number;

  private readonly options: TrainingOptions;

  constructor(options: TrainingOptions) {
    this.options = { ...options, settings: settle(options.settings, settlingFacts(options.corpus)) };
    const { corpus, settings, device, checkpoint, hooks } = this.options;
    if (corpus.labels.length > mostLabels) {
      throw new InputError(
        `There are ${corpus.labels.length} different labels; at most ${mostLabels} can be learned.`,
        { hint: 'Choose another column.' },
      );
    }
    const allocate = (length: number): MatrixData => device.allocate(length);
    this.fingerprint = fingerprint(corpus);
    const state = checkpoint && checkResumable(checkpoint, settings, this.fingerprint);
    this.features = checkpoint?.features ?? featuresOf(corpus, settings);
    const encoder = encoderOf(corpus, this.features);
    const network = networkOf(settings, corpus.labels.length);
    this.weights = checkpoint
      ? copyParameters(state?.weights ?? checkpoint.parameters, allocate)
      : initialParameters(sizesOf(network, encoder.rows), settings.activation, settings.seed, allocate);
    this.created = checkpoint?.created ?? new Date().toISOString();
    this.data = epochData(corpus, settings, state?.epoch ?? 1);
    this.learner = new Learner(device, this.weights, encoder, settings, this.stepsPerEpoch * settings.epochs);
    this.average = settings.averaging
      ? new WeightAverage(this.weights, this.stepsPerEpoch, allocate)
      : undefined;
    if (state && this.average) this.average.restore(checkpoint.parameters, state.averaged);
    this.gradientStep = new GradientStep(device, this.learner);
    this.forward = new ForwardPass(device, this.average?.parameters ?? this.weights, network, encoder);
    this.flow = new FlowMeter(device, this.learner, corpus.splits.training);
    this.guard = new DivergenceGuard(settings, state);
    this.stopwatch = new Stopwatch(() => hooks.now(), state?.seconds);
    this.reporter = new ProgressReporter(
      () => hooks.now(),
      (progress) => hooks.progress(progress),
    );
    this.kept = this.keep();
    if (state) this.restore(state);
    this.reporter.begin(this.at.tokens, this.stopwatch.seconds);
    this.lastBreathMs = hooks.now();
    this.pace = new CheckpointPace(() => hooks.now());
  }

  private restore({
    epoch,
    stepInEpoch,
    step,
    epochLoss,
    epochTokens,
    tokens,
    norms,
    updates,
    moments,
    carried,
    best,
  }: TrainingState): void {
    Object.assign(this.at, { epoch, stepInEpoch, step, epochLoss, epochTokens, tokens });
    const { optimiser } = this.learner;
    optimiser.steps = updates;
    moments?.forEach((moment, index) => assignParameters(optimiser.moments[index], moment));
    if (norms) this.flow.norms = norms;
    if (carried) this.gradientStep.state = carried;
    this.kept = best ? this.keep(best.scores, best.epoch, best.parameters) : this.keep();
  }

  async run(): Promise<TrainingResult> {
    const { corpus, settings, hooks } = this.options;
    hooks.started?.({
      stepsPerEpoch: this.stepsPerEpoch,
      epoch: Math.min(this.at.epoch, settings.epochs),
      step: this.at.step,
    });
    let over = this.over;
    while (!over) {
      const ending = (await this.runSteps()) ?? (await this.endEpoch());
      if (ending) return this.end(ending);
      over = this.over;
      if (!over) this.data = epochData(corpus, settings, this.at.epoch);
    }
    return this.end(over!);
  }

  dispose(): void {
    this.gradientStep.dispose();
    this.forward.dispose();
    this.flow.dispose();
  }

  /**
   * Between epochs: how the run ends, where none is left, or `patience` of them in a row have not done
   * better.
   */
  private get over(): Ending | undefined {
    const { at, kept } = this;
    const { epochs, patience } = this.options.settings;
    if (at.epoch > epochs) return { reason: 'done' };
    const inVain = kept.scores ? at.epoch - 1 - kept.epoch : 0;
    if (patience === 0 || inVain < patience) return undefined;
    return {
      reason: 'done',
      message: `Training ended early: ${inVain === 1 ? 'an epoch' : `${inVain} epochs in a row`} brought no better score on development data.`,
    };
  }

  /** The labels that the parameters give as they are now. */
  private labelling(outsideBias = 0): Labelling {
    const { labels, scheme } = this.options.corpus;
    return new Labelling(this.forward, labels, scheme, this.parameters.A, outsideBias);
  }

  /** The weights, or their average: what is scored, and goes into the model. */
  private get parameters(): NetworkParameters<MatrixData> {
    return this.average?.current ?? this.weights;
  }

  private get stepsPerEpoch(): number {
    return this.data.batches.sweeps / this.data.sweepsPerStep;
  }

  /** Over the whole run. */
  private get tokensPerSecond(): number {
    const { seconds } = this.stopwatch;
    return seconds > 0 ? this.at.tokens / seconds : 0;
  }

  /** The steps of the epoch that are still to do. */
  private async runSteps(): Promise<Ending | undefined> {
    const { at, stopwatch, guard } = this;
    const { corpus } = this.options;
    const goOn = () => this.goOn();
    while (at.stepInEpoch < this.stepsPerEpoch) {
      const before = goOn();
      if (!(before instanceof Promise ? await before : before)) return { reason: 'stopped' };
      stopwatch.start();
      const result = await this.gradientStep.run(this.data, at.stepInEpoch, corpus.splits.training, goOn);
      if (result) this.average?.add(at.step + 1);
      stopwatch.stop();
      if (!result) return { reason: 'stopped' };
      const { loss, tokens, gradientNorm } = result;
      at.step++;
      at.stepInEpoch++;
      at.tokens += tokens;
      at.epochTokens += tokens;
      at.epochLoss += loss;
      const message = guard.check(loss / tokens, tokens, gradientNorm, at);
      if (message !== undefined) return { reason: 'diverged', message };
      this.flow.add(gradientNorm);
      this.reporter.add(at.step, loss / tokens);
      if (this.reporter.due) this.report();
      if (this.pace.due && !guard.doubtful && !this.checkpoint()) return this.overflow();
    }
    return undefined;
  }

  /** Scores the epoch on development data, tells of it, and goes on to the next. */
  private async endEpoch(): Promise<Ending | undefined> {
    const { at, stopwatch } = this;
    const { corpus, hooks } = this.options;
    if (!areFinite(this.weights)) return this.overflow();
    const { epoch, step } = at;
    let development: Scores | undefined;
    if (corpus.splits.development.tokens > 0) {
      const beganMs = hooks.now();
      development = await evaluate(this.labelling(), corpus.splits.development, corpus, () => this.goOn());
      if (!development) return { reason: 'stopped' };
      this.evaluationSeconds = (hooks.now() - beganMs) / 1000;
      this.evaluated = { step, scores: development };
    }
    const best = !development || !this.kept.scores || isBetter(development, this.kept.scores);
    if (best) this.kept = this.keep(development);
    const { seconds } = stopwatch;
    const { tokensPerSecond } = this;
    const flow = await this.flow.endEpoch(epoch);
    hooks.epoch({
      epoch,
      step,
      loss: at.epochLoss / at.epochTokens,
      ...(development && { development }),
      flow,
      tokensPerSecond,
      seconds,
    });
    Object.assign(at, { epoch: epoch + 1, stepInEpoch: 0, epochLoss: 0, epochTokens: 0 });
    if (this.pace.affordable || this.over) this.checkpoint(best);
    // Without a state it is a fraction of the size.
    else if (best)
      hooks.checkpoint(writeModel(this.model(this.parameters, development)), {
        epoch,
        step,
        best,
        latest: false,
      });
    return undefined;
  }

  private async end({ reason, message }: Ending): Promise<TrainingResult> {
    const { at, kept, stopwatch } = this;
    this.report(reason === 'done' ? 0 : this.epochsLeft);
    const goesOn = reason === 'stopped' && this.checkpoint();
    const keepsCurrent = goesOn && !kept.scores;
    const development = keepsCurrent ? undefined : kept.scores;
    const model = this.model(keepsCurrent ? this.snapshot() : kept.parameters, development);
    if (reason === 'done') assignParameters(this.parameters, kept.parameters);
    const last = { epoch: this.lastEpoch, step: at.step };
    const finished =
      reason === 'done'
        ? await finish(model, this.labelling(model.outsideBias), this.options, last, () => this.goOn())
        : { model };
    return {
      reason,
      ...(message !== undefined && { message }),
      ...last,
      seconds: stopwatch.seconds,
      tokensPerSecond: this.tokensPerSecond,
      ...(development && { development }),
      ...finished,
    };
  }

  private overflow(): Ending {
    return { reason: 'diverged', message: this.guard.overflow(this.at) };
  }

  /** The epoch of the last step. */
  private get lastEpoch(): number {
    return Math.max(1, this.at.stepInEpoch > 0 ? this.at.epoch : this.at.epoch - 1);
  }

  /** Asks the hooks, if it is time, whether to go on. Time in them is not training time. */
  private goOn(): boolean | Promise<boolean> {
    const { stopwatch } = this;
    const { hooks } = this.options;
    if (hooks.now() - this.lastBreathMs < breatheEveryMs) return true;
    const { running } = stopwatch;
    stopwatch.stop();
    const resume = (answer: 'continue' | 'stop'): boolean => {
      this.lastBreathMs = hooks.now();
      if (running) stopwatch.start();
      return answer === 'continue';
    };
    const answer = hooks.breathe();
    return answer instanceof Promise ? answer.then(resume) : resume(answer);
  }

  /** Epochs whose end is still to come, where patience does not end the run before. */
  private get epochsLeft(): number {
    return this.options.settings.epochs - this.at.epoch + 1;
  }

  private report(epochsLeft = this.epochsLeft): void {
    const { at, stopwatch } = this;
    const { corpus } = this.options;
    this.reporter.flush({
      epoch: this.lastEpoch,
      step: at.step,
      tokens: at.tokens,
      seconds: stopwatch.seconds,
      tokensLeft: epochsLeft * corpus.splits.training.tokens - at.epochTokens,
      evaluationSeconds: this.evaluationSeconds * epochsLeft,
    });
  }

  /**
   * Gives the parameters and the state to the hooks; false, and nothing given, where a parameter is not
   * finite.
   */
  private checkpoint(best = false): boolean {
    const { at, evaluated } = this;
    const { hooks } = this.options;
    return this.pace.make(() => {
      if (!areFinite(this.weights)) return false;
      if (!this.kept.scores) this.kept = this.keep();
      const model = this.model(this.parameters, evaluated?.step === at.step ? evaluated.scores : undefined);
      hooks.checkpoint(writeModel({ ...model, state: this.state() }), {
        epoch: this.lastEpoch,
        step: at.step,
        best,
        latest: true,
      });
      return true;
    });
  }

  private state(): TrainingState {
    const { at, kept, data, guard } = this;
    const next = at.stepInEpoch * data.sweepsPerStep;
    const inSentence = next < data.batches.sweeps && data.batches.sweep(next).offset > 0;
    return {
      ...at,
      seconds: this.stopwatch.seconds,
      startLoss: guard.startLoss,
      smoothedLoss: guard.smoothedLoss,
      norms: this.flow.norms,
      fingerprint: this.fingerprint,
      updates: this.learner.optimiser.steps,
      averaged: this.average?.count ?? 0,
      ...(this.average && { weights: this.weights }),
      ...(this.learner.optimiser.moments.length > 0 && { moments: this.learner.optimiser.moments }),
      ...(inSentence && { carried: this.gradientStep.state }),
      ...(kept.scores && {
        best: {
          epoch: kept.epoch,
          scores: kept.scores,
          ...(kept.step !== at.step && { parameters: kept.parameters }),
        },
      }),
    };
  }

  private model(parameters: NetworkParameters<MatrixData>, development: Scores | undefined): TaggerModel {
    const { settings, names, corpus } = this.options;
    const { labels, scheme, layout, characters } = corpus;
    const { created, features } = this;
    const outsideBias = (development ?? this.kept.scores)?.outsideBias ?? 0;
    return {
      parameters,
      settings,
      features,
      outsideBias,
      labels,
      scheme,
      layout,
      characters,
      ...names,
      created,
      ...(development && { development }),
    };
  }

  /** The parameters as they are; where others are given, those, of a step past. */
  private keep(scores?: Scores, epoch = this.at.epoch, parameters?: NetworkParameters<MatrixData>): Kept {
    const step = parameters ? -1 : this.at.step;
    return { epoch, step, ...(scores && { scores }), parameters: parameters ?? this.snapshot() };
  }

  /** A copy of the parameters outside the device's memory. */
  private snapshot(): NetworkParameters<MatrixData> {
    const { precision } = this.options.device;
    return copyParameters(this.parameters, plainArrays(precision));
  }
}

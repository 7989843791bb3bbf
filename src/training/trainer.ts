/** The training loop: epochs of steps, development scores, checkpoints, and an end. */
import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import type { MatrixData } from '../kernels/kernels';
import { mostLabels } from '../model/labelLimits';
import { writeModel } from '../model/modelFile';
import type { NetworkParameters } from '../model/parameters';
import type { TaggerModel } from '../model/taggerModel';
import type { LabelF1 } from '../run/epochRecord';
import type { RunAdjustments } from '../run/runAdjustments';
import { CheckpointSchedule } from './checkpointSchedule';
import { DivergenceGuard } from './divergence';
import { epochData, fingerprint } from './epochData';
import type { EpochData } from './epochData';
import { evaluate } from './evaluate';
import { finish } from './finish';
import { FlowMeter } from './gradientFlow';
import { HostTurns } from './hostTurns';
import { KeptParameters } from './keptParameters';
import { ModelInTraining } from './modelInTraining';
import { RunPosition } from './position';
import { ProgressReporter } from './progress';
import { checkResumable } from './resume';
import type { TrainingOptions, TrainingResult } from './run';
import { isBetter } from './scores';
import type { Scores } from './scores';
import { restoreSnapshot, takeSnapshot } from './snapshot';
import type { RunInProgress } from './snapshot';
import { Stopwatch } from './stopwatch';

export type { TrainerHooks, TrainingOptions, TrainingResult } from './run';

/**
 * Trains until the epochs are done, it is stopped, or it diverges. For a corpus, settings and device the
 * result is the same to the bit each time, and so it is where a run goes on from any of its checkpoints.
 * @throws {InputError} where the checkpoint does not fit corpus or settings.
 * @throws {DeviceLostError} where the device is gone: go on elsewhere from the last checkpoint.
 */
export async function train(options: TrainingOptions): Promise<TrainingResult> {
  const trainer = new Trainer(options);
  let result: TrainingResult;
  try {
    result = await trainer.run();
  } finally {
    trainer.dispose();
  }
  const { model: _, ...end } = result;
  options.hooks.emit({ type: 'ended', ...end });
  return result;
}

/** Why a run ends. */
type Ending = Pick<TrainingResult, 'reason' | 'message'>;

class Trainer implements RunInProgress {
  readonly position: RunPosition;
  readonly model: ModelInTraining;
  readonly kept: KeptParameters;
  readonly guard: DivergenceGuard;
  readonly stopwatch: Stopwatch;
  readonly flow: FlowMeter;
  readonly fingerprint: number;
  /** The epoch under way. */
  data: EpochData;

  private readonly reporter: ProgressReporter;
  private readonly turns: HostTurns;
  private readonly schedule: CheckpointSchedule;
  /** The last scores on development data, and their step. */
  private evaluated: { readonly step: number; readonly scores: Scores } | undefined;
  private evaluationSeconds = 0;
  /** In which it began, or went on. */
  private readonly firstEpoch: number;

  constructor(private readonly options: TrainingOptions) {
    const { corpus, settings, device, checkpoint, hooks } = options;
    if (corpus.labels.length > mostLabels) {
      throw new InputError(
        l10n.t(
          'There are {0} different labels; at most {1} can be learned.',
          corpus.labels.length,
          mostLabels,
        ),
        { hint: l10n.t('Choose another column.') },
      );
    }
    const now = (): number => hooks.now();
    this.fingerprint = fingerprint(corpus);
    const state = checkpoint && checkResumable(checkpoint, settings, this.fingerprint);
    this.position = new RunPosition(state);
    this.firstEpoch = this.position.current.epoch;
    this.data = epochData(corpus, settings, this.position.current.epoch);
    this.model = new ModelInTraining(options, state, this.stepsPerEpoch);
    this.flow = new FlowMeter(device, this.model.learner, corpus.splits.training);
    this.guard = new DivergenceGuard(settings, state);
    this.stopwatch = new Stopwatch(now, state?.seconds);
    this.reporter = new ProgressReporter(now, (progress) => hooks.emit({ type: 'progress', ...progress }));
    if (state) restoreSnapshot(this, state);
    this.kept = new KeptParameters(this.model, this.position.current, state?.best);
    this.reporter.begin(this.position.current.tokens, this.stopwatch.seconds);
    this.turns = new HostTurns(hooks, this.stopwatch);
    this.schedule = new CheckpointSchedule(now);
  }

  async run(): Promise<TrainingResult> {
    const { corpus, settings } = this.options;
    this.start();
    let ending = this.endingBetweenEpochs;
    while (!ending) {
      ending = (await this.runSteps()) ?? (await this.endEpoch());
      if (ending) break;
      ending = this.endingBetweenEpochs;
      if (!ending) this.data = epochData(corpus, settings, this.position.current.epoch);
    }
    return this.end(ending);
  }

  dispose(): void {
    this.model.dispose();
    this.flow.dispose();
  }

  private start(): void {
    const { facts, settings, device, hooks } = this.options;
    const { epochs } = settings;
    const { epoch, step } = this.position.current;
    hooks.emit({
      type: 'started',
      facts: {
        ...facts,
        device: device.name,
        deviceDescription: device.description,
        stepsPerEpoch: this.stepsPerEpoch,
        epochs,
      },
      epoch: Math.min(epoch, epochs),
      step,
    });
  }

  private get adjustments(): RunAdjustments {
    return this.options.hooks.adjustments?.() ?? {};
  }

  /** Takes the learning rate that a person has given since, and says so. */
  private takeLearningRate(): void {
    const { learner } = this.model;
    const { learningRate = learner.startRate } = this.adjustments;
    if (learningRate === learner.startRate) return;
    learner.startRate = learningRate;
    const { epoch, step } = this.position.current;
    this.options.hooks.emit({ type: 'learningRate', epoch, step, learningRate });
  }

  /**
   * How the run ends, where no epoch is left, a person asked for it, or `patience` epochs in a row have not done
   * better.
   */
  private get endingBetweenEpochs(): Ending | undefined {
    const { kept } = this;
    const { epoch } = this.position.current;
    const { epochs, patience } = this.options.settings;
    if (epoch > epochs) return { reason: 'done' };
    if (epoch > this.firstEpoch && this.adjustments.stopAfterEpoch) return { reason: 'stopped' };
    const inVain = kept.scores ? epoch - 1 - kept.epoch : 0;
    if (patience === 0 || inVain < patience) return undefined;
    return {
      reason: 'done',
      message:
        inVain === 1
          ? l10n.t('Training ended early: an epoch brought no better score on development data.')
          : l10n.t(
              'Training ended early: {0} epochs in a row brought no better score on development data.',
              inVain,
            ),
    };
  }

  private get stepsPerEpoch(): number {
    return this.data.batches.sweeps / this.data.sweepsPerStep;
  }

  private get makesCheckpoints(): boolean {
    return this.options.checkpoints ?? true;
  }

  /** Over the whole run. */
  private get tokensPerSecond(): number {
    const { seconds } = this.stopwatch;
    return seconds > 0 ? this.position.current.tokens / seconds : 0;
  }

  /** The steps of the epoch that are still to do. */
  private async runSteps(): Promise<Ending | undefined> {
    const { model, position, stopwatch, guard } = this;
    const { training } = this.options.corpus.splits;
    const { goOn } = this.turns;
    while (position.current.stepInEpoch < this.stepsPerEpoch) {
      const before = goOn();
      if (!(before instanceof Promise ? await before : before)) return { reason: 'stopped' };
      this.takeLearningRate();
      stopwatch.start();
      const result = await model.gradientStep.run(this.data, position.current.stepInEpoch, training, goOn);
      if (result) model.average?.add(position.current.step + 1);
      stopwatch.stop();
      if (!result) return { reason: 'stopped' };
      position.addStep(result);
      const { loss, tokens, gradientNorm } = result;
      const at = position.current;
      const message = guard.check(loss / tokens, tokens, gradientNorm, at);
      if (message !== undefined) return { reason: 'diverged', message };
      this.flow.add(gradientNorm);
      this.reporter.add(at.step, loss / tokens);
      if (this.reporter.due) this.report();
      if (this.schedule.due && !guard.doubtful && !this.checkpoint()) return this.overflow();
    }
    return undefined;
  }

  /** Scores the epoch on development data, emits its record, and goes on to the next. */
  private async endEpoch(): Promise<Ending | undefined> {
    const { model, kept, position, stopwatch, turns } = this;
    const { corpus, hooks } = this.options;
    if (!model.finite) return this.overflow();
    const at = position.current;
    const { epoch, step } = at;
    let development: Scores | undefined;
    let labels: readonly LabelF1[] | undefined;
    if (corpus.splits.development.tokens > 0) {
      const beganMs = hooks.now();
      const evaluation = await evaluate(model.labelling(), corpus.splits.development, corpus, turns.goOn);
      if (!evaluation) return { reason: 'stopped' };
      ({ scores: development, labels } = evaluation);
      this.evaluationSeconds = (hooks.now() - beganMs) / 1000;
      this.evaluated = { step, scores: development };
    }
    const best = !development || !kept.scores || isBetter(development, kept.scores);
    if (best) kept.keep(at, development);
    const { seconds } = stopwatch;
    const { tokensPerSecond } = this;
    const flow = await this.flow.endEpoch(epoch);
    hooks.emit({
      type: 'epoch',
      epoch,
      step,
      loss: at.epochLoss / at.epochTokens,
      ...(development && { development, labels }),
      flow,
      tokensPerSecond,
      learningRate: model.learner.learningRate,
      seconds,
    });
    position.endEpoch();
    if (this.schedule.affordable || this.endingBetweenEpochs) this.checkpoint(best);
    // Without a state it is a fraction of the size.
    else if (best && this.makesCheckpoints) {
      const bytes = writeModel(this.modelOf(model.parameters, development));
      hooks.emit({ type: 'checkpoint', bytes, epoch, step, best, latest: false });
    }
    return undefined;
  }

  private async end({ reason, message }: Ending): Promise<TrainingResult> {
    const { model, kept, position, stopwatch, turns } = this;
    this.report(reason === 'done' ? 0 : this.epochsLeft);
    const goesOn = reason === 'stopped' && this.checkpoint();
    const keepsCurrent = goesOn && !kept.scores;
    const development = keepsCurrent ? undefined : kept.scores;
    const parameters = keepsCurrent ? model.snapshot() : kept.parameters;
    const found = this.modelOf(parameters, development);
    if (reason === 'done') model.assign(kept.parameters);
    const last = { epoch: position.lastEpoch, step: position.current.step };
    const finished =
      reason === 'done'
        ? await finish(found, model.labelling(found.outsideBias), this.options, last, turns.goOn)
        : { model: found };
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
    return { reason: 'diverged', message: this.guard.overflow(this.position.current) };
  }

  /** Epochs whose end is still to come, where patience does not end the run before. */
  private get epochsLeft(): number {
    return this.options.settings.epochs - this.position.current.epoch + 1;
  }

  private report(epochsLeft = this.epochsLeft): void {
    const { position, stopwatch } = this;
    const { step, tokens, epochTokens } = position.current;
    this.reporter.flush({
      epoch: position.lastEpoch,
      step,
      tokens,
      seconds: stopwatch.seconds,
      tokensLeft: epochsLeft * this.options.corpus.splits.training.tokens - epochTokens,
      evaluationSeconds: this.evaluationSeconds * epochsLeft,
    });
  }

  /** Emits the parameters with the state; false, and nothing emitted, where a parameter is not finite. */
  private checkpoint(best = false): boolean {
    const { model, kept, position, evaluated } = this;
    return this.schedule.make(() => {
      if (!model.finite) return false;
      const at = position.current;
      if (!kept.scores) kept.keep(at);
      if (!this.makesCheckpoints) return true;
      const development = evaluated?.step === at.step ? evaluated.scores : undefined;
      const whole = this.modelOf(model.parameters, development);
      const bytes = writeModel({ ...whole, state: takeSnapshot(this) });
      const last = { epoch: position.lastEpoch, step: at.step };
      this.options.hooks.emit({ type: 'checkpoint', bytes, ...last, best, latest: true });
      return true;
    });
  }

  /** The tagger of given parameters. */
  private modelOf(parameters: NetworkParameters<MatrixData>, development: Scores | undefined): TaggerModel {
    const outsideBias = (development ?? this.kept.scores)?.outsideBias ?? 0;
    return this.model.model(parameters, outsideBias, development);
  }
}

import type { FeatureLists } from '../corpus/features/lists';
import type { MatrixData } from '../kernels/kernels';
import { ForwardPass } from '../model/forwardPass';
import { initialParameters } from '../model/initialise';
import { Labelling } from '../model/labelling';
import { areFinite, assignParameters, copyParameters, plainArrays } from '../model/parameters';
import type { NetworkParameters } from '../model/parameters';
import { networkOf, sizesOf } from '../model/settings/networkOf';
import type { TaggerModel } from '../model/taggerModel';
import type { TrainingState } from '../model/trainingState';
import { encoderOf, featuresOf } from './features';
import { GradientStep } from './gradientStep';
import { Learner } from './learner';
import type { TrainingOptions } from './run';
import type { Scores } from './scores';
import { WeightAverage } from './weightAverage';

type Options = Pick<TrainingOptions, 'corpus' | 'names' | 'settings' | 'device' | 'checkpoint'>;

/** A model while it is trained: the weights, what changes them, and what they give. */
export class ModelInTraining {
  readonly learner: Learner;
  readonly average: WeightAverage | undefined;
  readonly gradientStep: GradientStep;
  private readonly features: FeatureLists;
  private readonly forward: ForwardPass;
  private readonly created: string;

  /** @param state where the checkpoint's run stood. */
  constructor(
    private readonly options: Options,
    state: TrainingState | undefined,
    stepsPerEpoch: number,
  ) {
    const { corpus, settings, device, checkpoint } = options;
    const allocate = (length: number): MatrixData => device.allocate(length);
    this.features = checkpoint?.features ?? featuresOf(corpus, settings);
    const encoder = encoderOf(corpus, this.features);
    const network = networkOf(settings, corpus.labels.length);
    const weights = checkpoint
      ? copyParameters(state?.weights ?? checkpoint.parameters, allocate)
      : initialParameters(sizesOf(network, encoder.rows), settings.activation, settings.seed, allocate);
    this.created = checkpoint?.created ?? new Date().toISOString();
    this.learner = new Learner(device, weights, encoder, settings, stepsPerEpoch * settings.epochs);
    this.average = settings.averaging ? new WeightAverage(weights, stepsPerEpoch, allocate) : undefined;
    if (state && checkpoint && this.average) this.average.restore(checkpoint.parameters, state.averaged);
    this.gradientStep = new GradientStep(device, this.learner);
    this.forward = new ForwardPass(device, this.average?.parameters ?? weights, network, encoder);
  }

  /** What is trained. */
  get weights(): NetworkParameters<MatrixData> {
    return this.learner.parameters;
  }

  /** The weights, or their average: what is scored, and goes into the model. */
  get parameters(): NetworkParameters<MatrixData> {
    return this.average?.current ?? this.weights;
  }

  get finite(): boolean {
    return areFinite(this.weights);
  }

  /** A copy of the parameters outside the device's memory. */
  snapshot(): NetworkParameters<MatrixData> {
    const { precision } = this.options.device;
    return copyParameters(this.parameters, plainArrays(precision));
  }

  /** Puts other parameters in the place of those that are scored. */
  assign(parameters: NetworkParameters<MatrixData>): void {
    assignParameters(this.parameters, parameters);
  }

  /** The labels that the parameters give as they are now. */
  labelling(outsideBias = 0): Labelling {
    const { labels, scheme } = this.options.corpus;
    return new Labelling(this.forward, labels, scheme, this.parameters.A, outsideBias);
  }

  /** The model with given parameters, and its scores on development data. */
  model(
    parameters: NetworkParameters<MatrixData>,
    outsideBias: number,
    development: Scores | undefined,
  ): TaggerModel {
    const { settings, names, corpus } = this.options;
    const { labels, scheme, layout, characters, conventions } = corpus;
    const { created, features } = this;
    return {
      parameters,
      settings,
      features,
      outsideBias,
      labels,
      scheme,
      layout,
      characters,
      ...(conventions && { conventions }),
      ...names,
      created,
      ...(development && { development }),
    };
  }

  dispose(): void {
    this.gradientStep.dispose();
    this.forward.dispose();
  }
}

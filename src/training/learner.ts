import type { Device } from '../kernels/device';
import type { MatrixData } from '../kernels/kernels';
import type { UpdateOptions } from '../kernels/update';
import { createOptimiserState } from '../model/optimiser';
import type { OptimiserState } from '../model/optimiser';
import type { NetworkParameters } from '../model/parameters';
import { networkOf } from '../model/settings/networkOf';
import type { ResolvedSettings } from '../model/settings/settings';
import type { Network } from '../model/sizes';
import type { FeatureSource } from '../model/tokenRows';

/** β₁, β₂ and ε of Adam as its authors have them; β₁ is momentum's as well. */
const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** At the end of a linear schedule, the share of λ that is left. */
const leastRate = 0.02;

/** What learns: the parameters and what changes them. */
export class Learner {
  readonly network: Network;
  readonly optimiser: OptimiserState;
  /** λ before its schedule. A person may change it from one update to the next. */
  startRate: number;

  /** `updates`: how many there are in the whole run. The parameters lie in the device's memory. */
  constructor(
    device: Device,
    readonly parameters: NetworkParameters<MatrixData>,
    readonly features: FeatureSource,
    readonly settings: ResolvedSettings,
    private readonly updates: number,
  ) {
    this.network = networkOf(settings, parameters.c.length);
    this.startRate = settings.learningRate;
    this.optimiser = createOptimiserState(parameters, settings.optimizer, (length) =>
      device.allocate(length),
    );
  }

  /** λ of the last update; before the first, of that. */
  get learningRate(): number {
    const before = Math.max(0, this.optimiser.steps - 1);
    const share = this.settings.schedule === 'linear' ? Math.max(leastRate, 1 - before / this.updates) : 1;
    return this.startRate * share;
  }

  /** How the next update goes, of gradients summed over so many sentences. */
  nextUpdate(sentences: number): UpdateOptions {
    const { optimizer, tableRate, clip } = this.settings;
    const step = ++this.optimiser.steps;
    const rate = this.learningRate;
    return {
      method: optimizer,
      learningRate: rate,
      tableRate: rate * tableRate,
      clip,
      sentences,
      beta1,
      beta2,
      epsilon,
      step,
    };
  }
}

import type { LabelScheme, SplitName } from '../corpus/corpus';
import type { DeviceName } from '../kernels/registry';

/** What is known of a training corpus once it was read. */
export interface CorpusFacts {
  readonly labels: readonly string[];
  readonly scheme: LabelScheme;
  /**
   * Words of the training set, the unknown one included; and rows of the table of a model that looks at more
   * than words.
   */
  readonly vocabulary: number;
  readonly features: number;
  readonly tokens: Readonly<Record<SplitName, number>>;
  readonly sentences: Readonly<Record<SplitName, number>>;
  /** Tokens of the longest sentence for training. */
  readonly longest: number;
  /** Sentences for training that are longer than a window (512 tokens): they are trained in windows. */
  readonly longSentences: number;
  /** The file names gave no development set, so a seeded tenth of the documents is held out. */
  readonly heldOut: boolean;
}

/** What is known of a run once it trains. */
export interface RunFacts extends CorpusFacts {
  readonly device: DeviceName;
  readonly deviceDescription: string;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
}

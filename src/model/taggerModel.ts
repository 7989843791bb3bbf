import type { CorpusLayout, LabelScheme } from '../corpus/corpus';
import type { FeatureLists } from '../corpus/features/lists';
import type { TextConventions } from '../corpus/text/conventions';
import type { MatrixData } from '../kernels/kernels';
import type { Calibration } from './decoding/calibration';
import type { NetworkParameters } from './parameters';
import type { LabelScores, Scores } from './scores';
import type { ResolvedSettings } from './settings/settings';
import type { TrainingState } from './trainingState';

/** A tagger: the network's parameters, and all that it takes to use them and to know where they come from. */
export interface TaggerModel {
  readonly parameters: NetworkParameters<MatrixData>;
  readonly settings: ResolvedSettings;
  readonly features: FeatureLists;
  /** By number. */
  readonly labels: readonly string[];
  readonly scheme: LabelScheme;
  /** How the corpus is written that it was trained on. */
  readonly layout: CorpusLayout;
  /** Tokens are single characters. */
  readonly characters: boolean;
  /** How the training data cuts text; without them text is cut as English treebanks cut it. */
  readonly conventions?: TextConventions;
  /** The {@link OutsideBias} that was the best on development data; 0 where there was none to fit it on. */
  readonly outsideBias: number;
  /** The corpus by its id and by its name, and the label column. */
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  /** When training began, ISO 8601. */
  readonly created: string;
  /** Of these parameters. */
  readonly development?: Scores;
  /** How far its probabilities can be trusted, measured on development data once training is done. */
  readonly calibration?: Calibration;
  /** The same label by label, once training is done. */
  readonly developmentLabels?: readonly LabelScores[];
  /** Checkpoints only: where training stands. */
  readonly state?: TrainingState;
}

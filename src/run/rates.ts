import { formatFactor, formatRate } from '../common/figures';
import * as l10n from '../common/l10n';
import type { EpochRecord, GradientFlow } from './epochRecord';

/** What of an epoch these figures are read from. */
export interface RatedEpoch extends Partial<Pick<EpochRecord, 'learningRate' | 'tokensPerSecond'>> {
  readonly flow?: Pick<GradientFlow, 'gradientNorm'>;
}

/** A curve of figures of epochs. */
interface RateCurve {
  readonly name: string;
  /** What it looks like: a line, or a dashed one. */
  readonly look: 'training' | 'development';
  readonly figure: (record: RatedEpoch) => number | undefined;
}

/** A chart of what else is known of each epoch. */
export interface Rate {
  /** Also the name of its file. */
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly curves: readonly RateCurve[];
  readonly format: (value: number | null | undefined) => string;
  /** What stands in place of the chart where no epoch has such a figure. */
  readonly missing: string;
}

/** Gradient norm, learning rate and speed. */
export const rates: readonly Rate[] = [
  {
    id: 'gradient-norm',
    title: l10n.t('Gradient norm'),
    unit: l10n.t('before clipping, over the steps of an epoch'),
    curves: [
      { name: l10n.t('Mean'), look: 'training', figure: ({ flow }) => flow?.gradientNorm.mean },
      { name: l10n.t('Largest'), look: 'development', figure: ({ flow }) => flow?.gradientNorm.largest },
    ],
    format: formatFactor,
    missing: l10n.t('No epoch says how large the gradient was.'),
  },
  {
    id: 'learning-rate',
    title: l10n.t('Learning rate'),
    unit: l10n.t('at the end of an epoch'),
    curves: [{ name: l10n.t('Learning rate'), look: 'training', figure: ({ learningRate }) => learningRate }],
    format: formatFactor,
    missing: l10n.t('Runs of earlier versions do not say their learning rate by epoch.'),
  },
  {
    id: 'speed',
    title: l10n.t('Speed'),
    unit: l10n.t('tokens per second, over the run so far'),
    curves: [
      {
        name: l10n.t('Tokens per second'),
        look: 'training',
        figure: ({ tokensPerSecond }) => tokensPerSecond,
      },
    ],
    format: (value) => formatRate(value ?? undefined),
    missing: l10n.t('The first figure comes with the end of the first epoch.'),
  },
];

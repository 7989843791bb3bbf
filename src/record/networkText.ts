/** A run's network and its steps, in a line each. */
import { formatCount } from '../common/figures';
import * as l10n from '../common/l10n';
import { shownName } from '../common/shownText';
import { activations } from '../kernels/activation';
import type { OptimizerName, TrainingSettings } from '../model/settings/settings';
import { resolveLoss } from '../training/resolveSettings';

const inputs: Readonly<Record<TrainingSettings['input'], string>> = {
  features: l10n.t('features'),
  'one-hot': l10n.t('one-hot words'),
};
const optimizers: Readonly<Record<OptimizerName, string>> = {
  sgd: 'SGD',
  momentum: l10n.t('momentum'),
  adam: 'Adam',
};

/** The settings of a run or of a model that the line tells of. */
export type NetworkSettings = Pick<
  TrainingSettings,
  'input' | 'columns' | 'layers' | 'hidden' | 'bidirectional' | 'activation' | 'loss' | 'optimizer'
>;

/**
 * What matters of a network and its training: "features · 2 layers × 128 units × 2 directions · ReLU · CRF ·
 * Adam".
 * @param spans whether its labels make spans.
 * @param labels how many there are; undefined as long as that is not known.
 */
export function networkText(settings: NetworkSettings, spans: boolean, labels?: number): string {
  const { input, columns, layers, hidden, bidirectional, activation, optimizer } = settings;
  const size = [
    ...(layers > 1 ? [l10n.t('{0} layers', layers)] : []),
    hidden === 1 ? l10n.t('1 unit') : l10n.t('{0} units', formatCount(hidden)),
    ...(bidirectional ? [l10n.t('2 directions')] : []),
  ];
  const loss = resolveLoss(settings.loss, spans, labels) === 'crf' ? ['CRF'] : [];
  return [
    [inputs[input], ...columns.map((name) => shownName(name))].join(' + '),
    size.join(' × '),
    activations[activation].title,
    ...loss,
    optimizers[optimizer],
  ].join(' · ');
}

/** The settings of a run's steps that the line tells of. */
export type StepSettings = Pick<TrainingSettings, 'learningRate' | 'schedule' | 'batch' | 'clip' | 'seed'>;

/** How a run steps: "learning rate 0.002, falling · 32 sentences a step · clipping at 5 · seed 1". */
export function stepsText({ learningRate, schedule, batch, clip, seed }: StepSettings): string {
  return [
    schedule === 'linear'
      ? l10n.t('learning rate {0}, falling', learningRate)
      : l10n.t('learning rate {0}', learningRate),
    batch === 0
      ? l10n.t('all sentences in one step')
      : batch === 1
        ? l10n.t('1 sentence a step')
        : l10n.t('{0} sentences a step', formatCount(batch)),
    clip > 0 ? l10n.t('clipping at {0}', clip) : l10n.t('no clipping'),
    l10n.t('seed {0}', seed),
  ].join(' · ');
}

/** A run's network in a line. */
import { formatCount } from '../common/figures';
import { shownName } from '../common/shownText';
import { activations } from '../kernels/activation';
import type { OptimizerName, TrainingSettings } from '../model/settings/settings';
import { resolveLoss } from '../training/resolveSettings';

const inputs: Readonly<Record<TrainingSettings['input'], string>> = {
  features: 'features',
  'one-hot': 'one-hot words',
};
const optimizers: Readonly<Record<OptimizerName, string>> = {
  sgd: 'SGD',
  momentum: 'momentum',
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
    ...(layers > 1 ? [`${layers} layers`] : []),
    `${formatCount(hidden)} ${hidden === 1 ? 'unit' : 'units'}`,
    ...(bidirectional ? ['2 directions'] : []),
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

/** An epoch of a run as a file has it. What is damaged in it is left out, not the epoch. */
import { mostLabelsOfEpoch } from '../run/epochRecord';
import type { EpochRecord, GradientFlow, LabelF1 } from '../run/epochRecord';
import { fieldsOf, isAmount } from './keptFields';
import type { Fields } from './keptFields';
import { scoresOf } from './scoreFields';

/** An epoch whose place is sound. */
export function epochOf(fields: Fields): { readonly record: EpochRecord; readonly damaged: boolean } {
  const { flow, development, learningRate, labels, ...rest } = fields;
  const figures = { loss: fields.loss, tokensPerSecond: fields.tokensPerSecond, seconds: fields.seconds };
  const shown = Object.entries(figures).map(([name, value]) => [name, Number.isFinite(value) ? value : NaN]);
  const scores = scoresOf(development);
  const soundLabels = areLabels(labels);
  const soundFlow = isGradientFlow(flow);
  return {
    record: {
      ...(rest as unknown as EpochRecord),
      ...(Object.fromEntries(shown) as typeof figures),
      development: scores,
      ...(soundFlow && { flow }),
      ...(isAmount(learningRate) && { learningRate }),
      ...(soundLabels && { labels }),
    } as EpochRecord,
    damaged:
      Object.values(figures).some((value) => value !== null && !Number.isFinite(value)) ||
      (development !== undefined && !scores) ||
      (flow !== undefined && !soundFlow) ||
      (labels !== undefined && !soundLabels) ||
      (learningRate !== undefined && !isAmount(learningRate)),
  };
}

/** Whether what is said of an epoch's gradient can be shown. */
function isGradientFlow(value: unknown): value is GradientFlow {
  const { gradientNorm, sweeps } = fieldsOf(value);
  const { mean, largest } = fieldsOf(gradientNorm);
  return isAmount(mean) && isAmount(largest) && Array.isArray(sweeps) && sweeps.every(isSweep);
}

/** F1 by label, of no more labels than are kept. */
function areLabels(value: unknown): value is readonly LabelF1[] {
  return Array.isArray(value) && value.length <= mostLabelsOfEpoch && value.every(isLabelF1);
}

function isLabelF1(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [label, f1] = value as unknown[];
  return typeof label === 'string' && isAmount(f1) && f1 <= 1;
}

function isSweep(value: unknown): boolean {
  const { layer, direction, norms, bound, saturated } = fieldsOf(value);
  const named = Number.isInteger(layer) && (direction === 'leftToRight' || direction === 'rightToLeft');
  return named && Array.isArray(norms) && norms.every(isAmount) && isAmount(bound) && isAmount(saturated);
}

/**
 * Reads what a folder holds of a run besides the facts of its record: its curves, scores and notices. What is
 * damaged there is left out, not the run.
 */
import type { EpochRecord, GradientFlow } from '../run/epochRecord';
import type { History } from '../run/history';
import type { RunNotice } from '../run/runNotice';
import type { Scores } from '../training/scores';
import { fieldsOf, isAmount } from './keptFields';
import type { Fields } from './keptFields';

/** Curves that were read, and whether something in them was damaged and left out. */
export interface ReadHistory {
  readonly history: History;
  readonly damaged: boolean;
}

/**
 * Reads `history.json`. Points and epochs that cannot be drawn where they stand are left out; a loss that was
 * not finite is `null` in JSON.
 * @throws {Error} where it is no JSON.
 */
export function parseHistory(text: string): ReadHistory {
  const { steps, losses, epochs } = fieldsOf(JSON.parse(text));
  const points = pointsOf(steps, losses);
  const records = epochsOf(epochs);
  return {
    history: { steps: points.steps, losses: points.losses, epochs: records.epochs },
    damaged: points.damaged || records.damaged,
  };
}

function pointsOf(steps: unknown, losses: unknown): Omit<History, 'epochs'> & { readonly damaged: boolean } {
  if (!Array.isArray(steps) || !Array.isArray(losses)) return { steps: [], losses: [], damaged: true };
  const sound = { steps: [] as number[], losses: [] as number[] };
  let damaged = steps.length !== losses.length;
  for (let i = 0; i < Math.min(steps.length, losses.length); i++) {
    if (!isPlace(steps[i], sound.steps.at(-1), steps[i + 1])) damaged = true;
    else if (Number.isFinite(losses[i])) {
      sound.steps.push(steps[i]);
      sound.losses.push(losses[i]);
    } else damaged ||= losses[i] !== null;
  }
  return { ...sound, damaged };
}

function epochsOf(values: unknown): { readonly epochs: EpochRecord[]; readonly damaged: boolean } {
  if (!Array.isArray(values)) return { epochs: [], damaged: true };
  const epochs: EpochRecord[] = [];
  let damaged = false;
  values.forEach((value: unknown, i) => {
    const { epoch, step } = fieldsOf(value);
    const next = fieldsOf(values[i + 1]);
    const last = epochs.at(-1);
    if (isPlace(epoch, last?.epoch, next.epoch) && isPlace(step, last?.step, next.step)) {
      const read = epochOf(fieldsOf(value));
      epochs.push(read.record);
      damaged ||= read.damaged;
    } else damaged = true;
  });
  return { epochs, damaged };
}

/** An epoch whose place is sound. */
function epochOf(fields: Fields): { readonly record: EpochRecord; readonly damaged: boolean } {
  const { flow, development, ...rest } = fields;
  const figures = { loss: fields.loss, tokensPerSecond: fields.tokensPerSecond, seconds: fields.seconds };
  const shown = Object.entries(figures).map(([name, value]) => [name, Number.isFinite(value) ? value : NaN]);
  const scores = scoresOf(development);
  const soundFlow = isGradientFlow(flow);
  return {
    record: {
      ...(rest as unknown as EpochRecord),
      ...(Object.fromEntries(shown) as typeof figures),
      development: scores,
      ...(soundFlow && { flow }),
    } as EpochRecord,
    damaged:
      Object.values(figures).some((value) => value !== null && !Number.isFinite(value)) ||
      (development !== undefined && !scores) ||
      (flow !== undefined && !soundFlow),
  };
}

/** Whether a step or an epoch stands where it should: charts take them in their order. */
function isPlace(value: unknown, before: number | undefined, next: unknown): value is number {
  if (!isAmount(value) || value <= (before ?? -1)) return false;
  return !isAmount(next) || next <= (before ?? -1) || value < next;
}

/** Scores of a record; undefined where they are damaged. A loss that was not finite is `null` in JSON. */
export function scoresOf(value: unknown): Scores | undefined {
  const scores = fieldsOf(value);
  const { tokens, sentences, accuracy, loss, spans, outsideBias } = scores;
  if (![tokens, sentences, accuracy].every(isAmount)) return undefined;
  if (spans !== undefined && !isMatchScores(spans)) return undefined;
  return {
    ...(scores as unknown as Scores),
    loss: Number.isFinite(loss) ? (loss as number) : NaN,
    ...(outsideBias !== undefined && !Number.isFinite(outsideBias) && { outsideBias: undefined }),
  };
}

function isMatchScores(value: unknown): boolean {
  const { precision, recall, f1, gold, predicted, correct } = fieldsOf(value);
  return [precision, recall, f1, gold, predicted, correct].every(isAmount);
}

/**
 * Notices of a record, those that are sound; earlier versions kept them in words. Undefined where they are
 * none.
 * @param leftOut called where one is damaged.
 */
export function parseNotices(value: unknown, leftOut: () => void): readonly RunNotice[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const notices = value.map((notice: unknown) =>
    typeof notice === 'string' ? { type: 'text', text: notice } : notice,
  );
  const sound = notices.filter(isNotice);
  if (sound.length < notices.length) leftOut();
  return sound;
}

function isNotice(value: unknown): value is RunNotice {
  const { type, text, count, from, to, why } = fieldsOf(value);
  switch (type) {
    case 'heldOut':
      return true;
    case 'longSentences':
      return Number.isInteger(count);
    case 'moved':
      return [from, to, why].every((word) => typeof word === 'string');
    case 'text':
      return typeof text === 'string';
    default:
      return false;
  }
}

/** Whether what is said of an epoch's gradient can be shown. */
function isGradientFlow(value: unknown): value is GradientFlow {
  const { gradientNorm, sweeps } = fieldsOf(value);
  const { mean, largest } = fieldsOf(gradientNorm);
  return isAmount(mean) && isAmount(largest) && Array.isArray(sweeps) && sweeps.every(isSweep);
}

function isSweep(value: unknown): boolean {
  const { layer, direction, norms, bound, saturated } = fieldsOf(value);
  const named = Number.isInteger(layer) && (direction === 'leftToRight' || direction === 'rightToLeft');
  return named && Array.isArray(norms) && norms.every(isAmount) && isAmount(bound) && isAmount(saturated);
}

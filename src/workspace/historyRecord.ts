/**
 * Reads what a folder holds of a run besides the facts of its record: its curves, scores and notices. What is
 * damaged there is left out, not the run.
 */
import type { EpochRecord, GradientFlow } from '../run/epochRecord';
import type { History } from '../run/history';
import type { RunNotice } from '../run/runNotice';
import type { Scores } from '../training/scores';

/**
 * Reads `history.json`; rows that are no numbers (a loss that was not finite is `null` in JSON) are left out.
 * @throws Error where it is no history at all.
 */
export function parseHistory(text: string): History {
  const { steps, losses, epochs } = fieldsOf(JSON.parse(text));
  if (!Array.isArray(steps) || !Array.isArray(losses) || !Array.isArray(epochs))
    throw new Error('it lacks steps, losses or epochs');
  const whole = (i: number): boolean => Number.isFinite(steps[i]) && Number.isFinite(losses[i]);
  return {
    steps: steps.filter((_, i) => whole(i)),
    losses: losses.filter((_, i) => whole(i)),
    epochs: epochs.filter(isEpoch).map((epoch): EpochRecord => {
      const { flow, development, ...record } = epoch;
      return {
        ...record,
        development: scoresOf(development),
        ...(isGradientFlow(flow) && { flow }),
      };
    }),
  };
}

export function scoresOf(value: unknown): Scores | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const scores = value as Scores;
  const whole = [scores.tokens, scores.sentences, scores.accuracy].every(Number.isFinite);
  return whole && (scores.spans === undefined || Number.isFinite(scores.spans.f1)) ? scores : undefined;
}

/** Notices of a record; earlier versions kept them in words. */
export function parseNotices(value: unknown): readonly RunNotice[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const notices = value.map((notice: unknown) =>
    typeof notice === 'string' ? { type: 'text', text: notice } : notice,
  );
  return notices.every(isNotice) ? notices : undefined;
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

function isEpoch(value: unknown): value is EpochRecord {
  const { epoch, step, loss, tokensPerSecond, seconds } = fieldsOf(value);
  return [epoch, step, loss, tokensPerSecond, seconds].every(Number.isFinite);
}

/** Whether what is said of an epoch's gradient can be shown. */
function isGradientFlow(value: unknown): value is GradientFlow {
  const { gradientNorm, sweeps } = fieldsOf(value);
  const { mean, largest } = fieldsOf(gradientNorm);
  return isNumber(mean) && isNumber(largest) && Array.isArray(sweeps) && sweeps.every(isSweep);
}

function isSweep(value: unknown): boolean {
  const { layer, direction, norms, bound, saturated } = fieldsOf(value);
  const named = Number.isInteger(layer) && (direction === 'leftToRight' || direction === 'rightToLeft');
  return named && Array.isArray(norms) && norms.every(isNumber) && isNumber(bound) && isNumber(saturated);
}

/** A number from 0: all that is told of a gradient are. */
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Scores and notices of a run as a file has them. What is damaged there is left out, not the run. */
import type { RunNotice } from '../run/runNotice';
import type { MatchScores, Scores } from '../training/scores';
import { fieldsOf, isAmount } from './keptFields';

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

export function isMatchScores(value: unknown): value is MatchScores {
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
  const { type, text, count, from, to, why, step, learningRate } = fieldsOf(value);
  switch (type) {
    case 'heldOut':
      return true;
    case 'longSentences':
      return Number.isInteger(count);
    case 'moved':
      return [from, to, why].every((word) => typeof word === 'string');
    case 'learningRate':
      return Number.isInteger(step) && typeof learningRate === 'number';
    case 'text':
      return typeof text === 'string';
    default:
      return false;
  }
}

/**
 * Makes probabilities mean what they say: temperature scaling (Guo, Pleiss, Sun and Weinberger 2017, "On
 * calibration of modern neural networks"), where softmax(z) becomes softmax(z/T). The temperature T is over 1
 * for a model that is too sure of itself; which label is the most probable stays as it was.
 */
import type { MatrixData } from '../../kernels/kernels';
import { largest } from './largest';
import { logProbability } from './logProbability';

/** Probabilities with what is known of their tokens. */
export interface LabelledProbabilities {
  /** ŷ, or a chain's marginals: N×L. */
  readonly yHat: MatrixData;
  readonly L: number;
  /** N: the number of each token's gold label; −1 for one that the model does not know. */
  readonly gold: ArrayLike<number>;
  /** Where each sentence starts among the tokens, and N at the end. */
  readonly sentenceStart: ArrayLike<number>;
  /** N: the labels that the model gives, where they are not each token's most probable one. */
  readonly chosen?: ArrayLike<number>;
}

/** What calibration found on a development set. */
export interface Calibration {
  readonly temperature: number;
  /**
   * Expected calibration error, from 0 to 1, with that temperature and without, on sentences that it was not
   * fitted on.
   */
  readonly ece: number;
  readonly eceUncalibrated: number;
}

/**
 * The temperature is looked for from here to here: small sets without a mistake would make it as low as can
 * be.
 */
const leastTemperature = 0.1;
const mostTemperature = 10;

/**
 * Fits the temperature on the sentences with even numbers, from 0, and measures on the others. A token with a
 * gold label that the model does not know is left out of the fit and counts as wrong. Undefined where one
 * half has no tokens to go by.
 */
export function calibrate(set: LabelledProbabilities): Calibration | undefined {
  const { yHat, L, gold } = set;
  const fitted = tokensOf(set.sentenceStart, 0).filter((n) => gold[n] >= 0);
  const held = tokensOf(set.sentenceStart, 1);
  if (fitted.length === 0 || held.length === 0) return undefined;
  return errorsAt(set, fitTemperature(yHat, L, gold, fitted), held);
}

/**
 * The errors of a temperature that was fitted elsewhere, on all tokens of a set. Undefined where there are
 * none.
 */
export function calibrationAt(set: LabelledProbabilities, temperature: number): Calibration | undefined {
  const { length } = set.gold;
  return length === 0
    ? undefined
    : errorsAt(
        set,
        temperature,
        Uint32Array.from({ length }, (_, n) => n),
      );
}

/** What a model is sure of, and whether it is right. */
export interface Confidences {
  /** The probability of each token's label, with a temperature. */
  readonly confidence: Float64Array;
  /** Without it. */
  readonly uncalibrated: Float64Array;
  /** 1 where the label is the gold one, else 0. */
  readonly correct: Uint8Array;
}

/** The tokens that {@link calibrate} measures on: of the sentences that it does not fit the temperature on. */
export function heldConfidences(set: LabelledProbabilities, temperature: number): Confidences {
  return confidencesOf(set, temperature, tokensOf(set.sentenceStart, 1));
}

function confidencesOf(
  { yHat, L, gold, chosen }: LabelledProbabilities,
  temperature: number,
  tokens: Uint32Array,
): Confidences {
  const row = new Float64Array(L);
  const uncalibrated = new Float64Array(tokens.length);
  const confidence = new Float64Array(tokens.length);
  const correct = new Uint8Array(tokens.length);
  tokens.forEach((n, i) => {
    const label = chosen?.[n] ?? largest(yHat, n * L, L);
    for (let l = 0; l < L; l++) row[l] = yHat[n * L + l];
    uncalibrated[i] = row[label];
    applyTemperature(row, 0, L, temperature);
    confidence[i] = row[label];
    correct[i] = Number(label === gold[n]);
  });
  return { confidence, uncalibrated, correct };
}

function errorsAt(set: LabelledProbabilities, temperature: number, tokens: Uint32Array): Calibration {
  const { confidence, uncalibrated, correct } = confidencesOf(set, temperature, tokens);
  return {
    temperature,
    ece: expectedCalibrationError(confidence, correct),
    eceUncalibrated: expectedCalibrationError(uncalibrated, correct),
  };
}

/** The tokens of the sentences whose number is even (`odd` 0) or odd (1). */
function tokensOf(sentenceStart: ArrayLike<number>, odd: 0 | 1): Uint32Array {
  const tokens: number[] = [];
  for (let s: number = odd; s + 1 < sentenceStart.length; s += 2)
    for (let n = sentenceStart[s]; n < sentenceStart[s + 1]; n++) tokens.push(n);
  return Uint32Array.from(tokens);
}

/**
 * The T that minimises Σ −log softmax(log ŷ/T) of the gold labels over the given tokens. The sum is convex in
 * 1/T: Newton's method, and bisection where that would leave the interval in which the derivative changes its
 * sign.
 */
export function fitTemperature(
  yHat: MatrixData,
  L: number,
  gold: ArrayLike<number>,
  tokens: ArrayLike<number>,
): number {
  let low = 1 / mostTemperature;
  let high = 1 / leastTemperature;
  let inverse = 1;
  for (let turn = 0; turn < 60; turn++) {
    const { slope, curvature } = lossAlong(inverse, yHat, L, gold, tokens);
    if (slope > 0) high = inverse;
    else low = inverse;
    const newton = inverse - slope / curvature;
    // Without curvature every row is flat, and any temperature does.
    const next = curvature <= 0 ? inverse : newton > low && newton < high ? newton : Math.sqrt(low * high);
    if (Math.abs(next - inverse) <= 1e-7 * inverse) break;
    inverse = next;
  }
  return 1 / inverse;
}

/**
 * First and second derivative of the loss by 1/T: with a = log ŷ, the sums over tokens of E[a] − a_gold and
 * Var[a] under softmax(a/T).
 */
function lossAlong(
  inverse: number,
  yHat: MatrixData,
  L: number,
  gold: ArrayLike<number>,
  tokens: ArrayLike<number>,
): { slope: number; curvature: number } {
  const logs = new Float64Array(L);
  let slope = 0;
  let curvature = 0;
  for (let i = 0; i < tokens.length; i++) {
    const n = tokens[i];
    for (let l = 0; l < L; l++) logs[l] = logProbability(yHat[n * L + l]);
    const most = logs[largest(logs, 0, L)];
    let total = 0;
    let sum = 0;
    let squares = 0;
    for (let l = 0; l < L; l++) {
      const below = logs[l] - most;
      const weight = Math.exp(below * inverse);
      total += weight;
      sum += weight * below;
      squares += weight * below * below;
    }
    slope += sum / total - (logs[gold[n]] - most);
    curvature += squares / total - (sum / total) ** 2;
  }
  return { slope, curvature };
}

/**
 * Takes L probabilities, `row[offset]` on, to the temperature T, in place: each to the power of 1/T, and all
 * to a sum of 1.
 */
export function applyTemperature(row: MatrixData, offset: number, L: number, temperature: number): void {
  const most = row[offset + largest(row, offset, L)];
  // At 1 nothing changes, to the bit; and what is no distribution stays as it is.
  if (temperature === 1 || !(most > 0)) return;
  let total = 0;
  for (let l = 0; l < L; l++) {
    const scaled = (row[offset + l] / most) ** (1 / temperature);
    row[offset + l] = scaled;
    total += scaled;
  }
  for (let l = 0; l < L; l++) row[offset + l] /= total;
}

export const calibrationBins = 15;

/**
 * The mean, over tokens, of how far the share of right answers is from the mean confidence, in bins of equal
 * width (Naeini, Cooper and Hauskrecht 2015). 0 without tokens. `correct`: 1 or 0 for each confidence.
 */
export function expectedCalibrationError(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
  bins = calibrationBins,
): number {
  if (confidence.length === 0) return 0;
  const gap = new Float64Array(bins);
  for (let n = 0; n < confidence.length; n++) gap[binOf(confidence[n], bins)] += correct[n] - confidence[n];
  return gap.reduce((sum, one) => sum + Math.abs(one), 0) / confidence.length;
}

/** The bin of a confidence among bins of equal width. One holds its upper bound; 0 belongs to the first. */
export function binOf(confidence: number, bins: number): number {
  return Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
}

/** Probabilities below count as this: float32's smallest number. */
const leastProbability = 2 ** -149;

/** log ŷ, at least −103.3: finite where float32 has lost a probability to 0. */
export function logProbability(probability: number): number {
  return Math.log(Math.max(probability, leastProbability));
}

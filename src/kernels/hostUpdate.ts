import { globalNorm } from './gradients';
import type { Gradients } from './gradients';
import type { MatrixData } from './kernels';
import type { Learned } from './session';
import { leavesOf } from './tree';
import type { UpdateOptions } from './update';

/** What one parameter, or one row of a table, is updated with. */
type Rule = (
  parameter: MatrixData,
  first: number,
  length: number,
  gradient: ArrayLike<number>,
  from: number,
  moments: readonly MatrixData[],
  rate: number,
) => void;

/**
 * One update: θ := θ − λ ∂E/∂θ and its kin; of the tables only the rows of features that occurred, with a
 * rate of their own. The gradients are sums over sentences and are divided by their number: one by one, it is
 * the derivation's SGD, whose sum over t is taken as it is. Where the norm of all gradients together is over
 * `clip`, they are scaled down to it (Pascanu, Mikolov and Bengio 2013, "On the difficulty of training
 * recurrent neural networks").
 *
 * Momentum: v := β₁ v + g, θ := θ − λ v (Polyak 1964). Adam (Kingma and Ba 2015, "Adam: a method for
 * stochastic optimization"): m := β₁ m + (1 − β₁) g, v := β₂ v + (1 − β₂) g², θ := θ − λ m̂ / (√v̂ + ε), with
 * m̂ = m/(1 − β₁ⁿ) and v̂ = v/(1 − β₂ⁿ) in step n; rows that did not occur keep their moments ("lazy").
 *
 * Returns the norm before clipping. Where it is not a finite number, the parameters are left alone.
 */
export function updateOnHost(
  learned: Learned<unknown>,
  gradients: Gradients,
  moments: readonly Learned<unknown>[],
  options: UpdateOptions,
): number {
  const { learningRate, tableRate, clip, sentences } = options;
  const norm = globalNorm(gradients) / sentences;
  if (!Number.isFinite(norm)) return norm;
  const scale = (clip > 0 && norm > clip ? clip / norm : 1) / sentences;
  const rule = ruleOf(options, scale);
  const weightMoments = moments.map(({ weights }) => leavesOf<MatrixData>(weights));
  leavesOf<MatrixData>(learned.weights).forEach((values, index) => {
    const sets = weightMoments.map((set) => set[index]);
    rule(values, 0, values.length, gradients.weights[index], 0, sets, learningRate);
  });
  const { rows } = gradients;
  learned.tables.forEach(({ values, width }, table) => {
    const sets = moments.map(({ tables }) => tables[table].values);
    for (let n = 0; n < rows.count; n++)
      rule(values, rows.ids[n] * width, width, rows.values[table], n * width, sets, tableRate);
  });
  return norm;
}

function ruleOf({ method, beta1, beta2, epsilon, step }: UpdateOptions, scale: number): Rule {
  switch (method) {
    case 'sgd':
      return (parameter, first, length, gradient, from, _, rate) => {
        for (let i = 0; i < length; i++) parameter[first + i] -= rate * scale * gradient[from + i];
      };
    case 'momentum':
      return (parameter, first, length, gradient, from, [v], rate) => {
        for (let i = 0; i < length; i++) {
          v[first + i] = beta1 * v[first + i] + scale * gradient[from + i];
          parameter[first + i] -= rate * v[first + i];
        }
      };
    case 'adam': {
      const correct1 = 1 / (1 - beta1 ** step);
      const correct2 = 1 / Math.sqrt(1 - beta2 ** step);
      return (parameter, first, length, gradient, from, [m, v], rate) => {
        for (let i = 0; i < length; i++) {
          const g = scale * gradient[from + i];
          m[first + i] = beta1 * m[first + i] + (1 - beta1) * g;
          v[first + i] = beta2 * v[first + i] + (1 - beta2) * g * g;
          parameter[first + i] -=
            (rate * correct1 * m[first + i]) / (correct2 * Math.sqrt(v[first + i]) + epsilon);
        }
      };
    }
  }
}

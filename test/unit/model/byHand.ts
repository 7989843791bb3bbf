/** The derivation's formulas for one sentence, one number at a time, without any kernel. */
import { activations } from '../../../src/kernels/activation';
import type { MatrixData } from '../../../src/kernels/kernels';
import type { NetworkParameters } from '../../../src/model/parameters';
import type { Network } from '../../../src/model/sizes';
import { named } from './named';
import type { LabelledSentence } from './tiny';

/** h_t of each layer and direction, by `1>`, `1<` and so on. */
type States = Readonly<Record<string, readonly (readonly number[])[]>>;

/**
 * s_t of all layers, h_t, z_t, ŷ_t and E. `held`: states that count as constant where a block of truncated
 * BPTT begins: they take the place of h there.
 */
export function byHand(
  parameters: NetworkParameters<MatrixData>,
  network: Network,
  { features, labels, drops = {} }: LabelledSentence,
  held?: States,
) {
  const { E, H, L, layers, directions } = network;
  const values = named(parameters);
  const { truncation } = network;
  const { f } = activations[network.activation];
  const T = labels.length;
  const zeros = (length: number): number[] => new Array<number>(length).fill(0);
  /** sum += M x, M being rows of x's length. */
  const add = (sum: number[], M: ArrayLike<number>, x: readonly number[]): void => {
    for (let i = 0; i < sum.length; i++)
      for (let j = 0; j < x.length; j++) sum[i] += M[i * x.length + j] * x[j];
  };
  const dropped = (rows: readonly (readonly number[])[], mask: MatrixData | undefined): number[][] => {
    return rows.map((row, t) => row.map((value, i) => value * (mask?.[t * row.length + i] ?? 1)));
  };
  const rowSum = (table: ArrayLike<number>, width: number, t: number): number[] => {
    const sum = zeros(width);
    for (const feature of features[t]) for (let i = 0; i < width; i++) sum[i] += table[feature * width + i];
    return sum;
  };
  const s: number[] = [];
  const states: Record<string, number[][]> = {};
  // x_t of the layer by the arrow of the direction that it comes from.
  let below: Record<string, number[][]> =
    E > 0
      ? {
          '': dropped(
            features.map((_, t) => rowSum(values.table, E, t)),
            drops.e,
          ),
        }
      : {};
  for (let layer = 1; layer <= layers; layer++) {
    const above: Record<string, number[][]> = {};
    for (const direction of directions) {
      const leftToRight = direction === 'leftToRight';
      const name = `${layer}${leftToRight ? '>' : '<'}`;
      const h: number[][] = [];
      let last = zeros(H);
      for (let step = 0; step < T; step++) {
        const t = leftToRight ? step : T - 1 - step;
        const before = leftToRight ? t - 1 : t + 1;
        const begins =
          truncation > 0 && step > 0 && Math.floor(t / truncation) !== Math.floor(before / truncation);
        if (held && begins) last = [...held[name][before]];
        const sum = Array.from(values[`b${name}`]);
        if (layer === 1 && E === 0) rowSum(values[`W${name}`], H, t).forEach((value, i) => (sum[i] += value));
        for (const [from, x] of Object.entries(below)) add(sum, values[`W${name}${from}`], x[t]);
        add(sum, values[`U${name}`], last);
        s.push(...sum);
        last = sum.map(f);
        h[t] = last;
      }
      states[name] = h;
      above[name.at(-1)!] = dropped(h, drops.h?.[layer - 1][direction]);
    }
    below = above;
  }
  const z = labels.map((_, t) => {
    const sum = Array.from(values.c);
    for (const [from, x] of Object.entries(below)) add(sum, values[`V${from}`], x[t]);
    return sum;
  });
  const yHat = z.map(softmax);
  const cross = yHat.map((row, t) => -Math.log(row[labels[t]]));
  return {
    s,
    states,
    z,
    yHat,
    E: network.transitions ? chainLoss(z, labels, values.A, L) : cross.reduce((sum, loss) => sum + loss, 0),
  };
}

function softmax(z: readonly number[]): number[] {
  const exponentials = z.map(Math.exp);
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

/** −log p(y | z) of a linear-chain CRF: the score of all sequences, label by label, less that of the one. */
function chainLoss(
  z: readonly (readonly number[])[],
  y: readonly number[],
  A: ArrayLike<number>,
  L: number,
): number {
  const score = (from: number, to: number): number => A[from * L + to];
  let own = score(L, y[0]) + score(L + 1, y[y.length - 1]);
  y.forEach((label, t) => (own += z[t][label] + (t > 0 ? score(y[t - 1], label) : 0)));
  let ending = z[0].map((value, l) => Math.exp(value + score(L, l)));
  for (const row of z.slice(1))
    ending = row.map((value, to) =>
      ending.reduce((sum, e, from) => sum + e * Math.exp(score(from, to) + value), 0),
    );
  return Math.log(ending.reduce((sum, e, l) => sum + e * Math.exp(score(L + 1, l)), 0)) - own;
}

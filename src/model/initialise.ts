/**
 * The parameters before training, from a seed. Only sums, products and square roots of counter-based draws
 * are used, so that they are the same on every machine.
 */
import { uniform } from '../common/random';
import { activations } from '../kernels/activation';
import type { ActivationFunction, Activation } from '../kernels/activation';
import type { MatrixData } from '../kernels/kernels';
import { mapParameters, parameterShapes } from './parameters';
import type { Allocate, NetworkParameters } from './parameters';
import type { Sizes } from './sizes';

/** Sets the streams of draws apart: one for each parameter, from these on. */
const stream = { U: 101, V: 102, W: 103, table: 104, next: 1000 };

/**
 * U is orthogonal (Saxe, McClelland and Ganguli 2014, "Exact solutions to the nonlinear dynamics of learning
 * in deep linear neural networks"), times a gain; for ReLU it is the identity (Le, Jaitly and Hinton 2015, "A
 * simple way to initialize recurrent networks of rectified linear units"), times a gain below 1, without
 * which long sentences explode. V and W are uniform with variance gain²/n (LeCun, Bottou, Orr and Müller
 * 1998, "Efficient BackProp"), n being the inputs of an output unit, those of all directions together; for
 * one-hot W (one input of x_t is 1) n = H, the units over which a word is spread. b, c and A are 0. The gains
 * were chosen by measuring development scores after training.
 */
export function initialParameters(
  sizes: Sizes,
  activation: Activation,
  seed: number,
  allocate: Allocate,
): NetworkParameters<MatrixData> {
  const { E, H, directions } = sizes;
  const { recurrent, gain } = activations[activation].initial;
  const fanIn = directions.length * H;
  return mapParameters(
    parameterShapes(sizes),
    ({ rows, columns }, { symbol, layer = 1, direction, from }) => {
      const values = allocate(rows * columns);
      const index = direction === 'rightToLeft' ? 1 : 0;
      // The first layer, left to right, has the streams of the network that has nothing else.
      const own = (first: number): number => first + stream.next * (2 * (layer - 1) + index);
      if (symbol === 'table') fillUniform(values, rowDeviation, seed, stream.table);
      if (symbol === 'U') fillRecurrent(values, H, recurrent, gain.U, seed, own(stream.U));
      if (symbol === 'V')
        fillUniform(values, gain.V / Math.sqrt(fanIn), seed, stream.V + stream.next * index);
      if (symbol === 'W') {
        const below = from === 'rightToLeft' ? 1 : 0;
        const deviation = from
          ? gain.V / Math.sqrt(fanIn)
          : E > 0
            ? inputGain / Math.sqrt(E)
            : gain.W / Math.sqrt(H);
        fillUniform(values, deviation, seed, own(stream.W) + 10 * below);
      }
      return values;
    },
  );
}

const inputGain = 1;

/** Of a feature's row. */
const rowDeviation = 0.1;

function fillRecurrent(
  U: MatrixData,
  H: number,
  recurrent: ActivationFunction['initial']['recurrent'],
  gain: number,
  seed: number,
  from: number,
): void {
  if (recurrent === 'identity') {
    for (let i = 0; i < H; i++) U[i * H + i] = gain;
    return;
  }
  const orthogonal = randomOrthogonal(H, seed, from);
  for (let i = 0; i < H * H; i++) U[i] = gain * orthogonal[i];
}

/** Uniform with mean 0 and the given standard deviation. */
function fillUniform(target: MatrixData, deviation: number, seed: number, from: number): void {
  const bound = deviation * Math.sqrt(3);
  for (let i = 0; i < target.length; i++) target[i] = bound * (2 * uniform(seed, from, i) - 1);
}

/**
 * H×H with orthonormal rows: rows of nearly normal draws, each made orthogonal to those before it (Gram and
 * Schmidt, twice).
 */
export function randomOrthogonal(H: number, seed: number, from = stream.U): Float64Array {
  const Q = new Float64Array(H * H);
  for (let i = 0; i < H; i++) {
    for (let j = 0; j < H; j++) {
      // The sum of twelve uniform draws less 6 has mean 0 and variance 1 and is close to normal.
      let sum = -6;
      for (let n = 0; n < 12; n++) sum += uniform(seed, from, i * H + j, n);
      Q[i * H + j] = sum;
    }
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < i; k++) {
        let dot = 0;
        for (let j = 0; j < H; j++) dot += Q[i * H + j] * Q[k * H + j];
        for (let j = 0; j < H; j++) Q[i * H + j] -= dot * Q[k * H + j];
      }
    }
    let square = 0;
    for (let j = 0; j < H; j++) square += Q[i * H + j] ** 2;
    const length = Math.sqrt(square);
    for (let j = 0; j < H; j++) Q[i * H + j] /= length;
  }
  return Q;
}

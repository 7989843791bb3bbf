/** What a run takes of the machine's memory, estimated before anything is allocated. */
import type { Shape } from '../kernels/kernels';
import { listParameters, parameterShapes, tablesOf, withoutTables } from './parameters';
import type { NetworkParameters } from './parameters';
import type { Sizes } from './sizes';

/** Bytes. */
export interface MemoryEstimate {
  /** All that is learned, and what the optimiser remembers of it. */
  readonly parameters: number;
  /** Their gradients: of tables only the rows that occur in a batch. */
  readonly gradients: number;
  /** The matrices of a batch: W x_t, h, δ and the like, R×H, and z, ŷ and ∂E/∂z, R×L. */
  readonly batch: number;
  /**
   * The best parameters so far, and checkpoints: the one being written, and the one that was written last.
   */
  readonly copies: number;
  /** With a CRF, the tables by which labels are decoded: numbers for each pair of labels. */
  readonly decoding: number;
  readonly total: number;
}

/** The batch's shape: B sentences of T steps (a window at most), on a device of so many bytes to a number. */
export interface BatchMemory {
  readonly B: number;
  readonly T: number;
  readonly numberBytes: 4 | 8;
}

/** Matrices of R×H in the training program for each layer and direction, of R×E, and of R×L. */
const hiddenMatrices = 7;
const inputMatrices = 4;
const labelMatrices = 4;

/** Gradients are summed in float64 on the host, and are there once more as the device gives them. */
const sumBytes = 8;

/** Features of a token, about. */
const featuresOfToken = 30;

/**
 * A checkpoint holds the parameters, the best ones and what the optimiser remembers, in the device's numbers.
 */
const setsInCheckpoint = 2;
/** Scores of label pairs, once more by column, and their exponentials by row and column, in float64: see `decoding/`. */
const pairTables = 4;
const pairBytes = 8;
/** One is being written while the one before it is still being kept. */
const checkpoints = 2;

/**
 * The sums are of the largest arrays only; what grows with neither K, H, E, L, B nor T is left out.
 * `moments`: sets that the optimiser keeps, averages included.
 */
export function trainingMemory(
  sizes: Sizes,
  moments: number,
  { B, T, numberBytes }: BatchMemory,
): MemoryEstimate {
  const { K, E, H, L, layers, directions, transitions } = sizes;
  const R = B * T;
  const count = ({ rows, columns }: Shape): number => rows * columns;
  const sum = (shapes: NetworkParameters<Shape>): number =>
    listParameters(shapes).reduce((total, { leaf }) => total + count(leaf), 0);
  const shapes = parameterShapes(sizes);
  const dense = sum(withoutTables(shapes));
  const numbers = sum(shapes);
  const width = tablesOf(shapes).reduce((total, { columns }) => total + columns, 0);
  const parameters = numbers * (1 + moments) * numberBytes;
  const gradients =
    dense * (numberBytes + sumBytes) + Math.min(K, E > 0 ? R * featuresOfToken : R) * width * sumBytes;
  const batch =
    R *
    (hiddenMatrices * layers * directions.length * H + inputMatrices * E + labelMatrices * L) *
    numberBytes;
  const copies = numbers * numberBytes * (1 + checkpoints * (setsInCheckpoint + moments));
  const decoding = transitions ? L * L * pairTables * pairBytes : 0;
  const total = parameters + gradients + batch + copies + decoding;
  return { parameters, gradients, batch, copies, decoding, total };
}

/** "49 GB", "3.2 GB", "640 MB": decimal, as memory is sold and shown. */
export function sizeText(bytes: number): string {
  const [unit, name] = bytes >= 1e12 ? [1e12, 'TB'] : bytes >= 1e9 ? [1e9, 'GB'] : [1e6, 'MB'];
  const amount = bytes / unit;
  return `${amount < 10 && unit > 1e6 ? amount.toFixed(1) : Math.max(1, Math.round(amount)).toLocaleString('en')} ${name}`;
}

/** What a run takes of the machine's memory, estimated before anything is allocated. */
import type { Sizes } from './parameters';

/** Bytes. */
export interface MemoryEstimate {
  /** U, V, W, b and c. */
  readonly parameters: number;
  /** Their gradients: of W only the columns of the words of a batch. */
  readonly gradients: number;
  /** The matrices of a batch: W x_t, h, δ and the like, R×H, and z, ŷ and ∂E/∂z, R×L. */
  readonly batch: number;
  /** The best parameters so far, and checkpoints: the one being written, and the one that was written last. */
  readonly copies: number;
  readonly total: number;
}

/** The batch's shape: B sentences of T steps (a window at most), on a device of so many bytes to a number. */
export interface BatchMemory {
  readonly B: number;
  readonly T: number;
  readonly numberBytes: 4 | 8;
}

/** Matrices of R×H, and of R×L, in the training program. */
const hiddenMatrices = 7;
const labelMatrices = 4;

/** Gradients are summed in float64 on the host, and are there once more as the device gives them. */
const sumBytes = 8;

/** A checkpoint holds the parameters and the best ones, in the device's numbers. */
const setsInCheckpoint = 2;
/** One is being written while the one before it is still being kept. */
const checkpoints = 2;

/** The sums are of the largest arrays only; what grows with neither K, H, L, B nor T is left out. */
export function trainingMemory({ K, H, L }: Sizes, { B, T, numberBytes }: BatchMemory): MemoryEstimate {
  const R = B * T;
  const dense = H * H + L * H + H + L;
  const numbers = dense + K * H;
  const parameters = numbers * numberBytes;
  const gradients = dense * (numberBytes + sumBytes) + Math.min(K, R) * H * sumBytes;
  const batch = R * (hiddenMatrices * H + labelMatrices * L) * numberBytes;
  const copies = numbers * numberBytes * (1 + checkpoints * setsInCheckpoint);
  return { parameters, gradients, batch, copies, total: parameters + gradients + batch + copies };
}

/** "49 GB", "3.2 GB", "640 MB": decimal, as memory is sold and shown. */
export function sizeText(bytes: number): string {
  const [unit, name] = bytes >= 1e12 ? [1e12, 'TB'] : bytes >= 1e9 ? [1e9, 'GB'] : [1e6, 'MB'];
  const amount = bytes / unit;
  return `${amount < 10 && unit > 1e6 ? amount.toFixed(1) : Math.max(1, Math.round(amount)).toLocaleString('en')} ${name}`;
}

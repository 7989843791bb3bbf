import { hash32 } from '../../common/random';
import type { MatrixData } from '../../kernels/kernels';
import { listDirections } from '../parameters';
import type { DropoutMasks } from './programShapes';

/** Draws are copied in pieces of so many numbers, each from somewhere else in the pool. */
const pieceLength = 1024;
const poolLength = 2 ** 18;

/**
 * Dropout masks: each entry is 0 with probability p, else 1/(1 − p), so that the expected input stays the
 * same (Srivastava and others 2014, "Dropout: a simple way to prevent neural networks from overfitting"). A
 * pool is drawn once from the seed; a mask's pieces are copied from where seed, step and mask say.
 */
export class DropoutDraws {
  private readonly seed: number;
  private readonly input: Float32Array;
  private readonly states: Float32Array;

  constructor({
    inputDropout,
    dropout,
    seed,
  }: {
    readonly inputDropout: number;
    readonly dropout: number;
    readonly seed: number;
  }) {
    this.seed = seed;
    this.input = pool(inputDropout, seed, 1);
    this.states = pool(dropout, seed, 2);
  }

  /** Fills the masks of a shard. `epoch`, `sweep` and `shard` tell it from all others. */
  fill({ e, h }: DropoutMasks<MatrixData>, epoch: number, sweep: number, shard: number): void {
    let index = 64 * shard;
    if (e) this.draw(e, this.input, hash32(this.seed, epoch, sweep, index++));
    for (const layer of h ?? [])
      for (const mask of listDirections(layer))
        this.draw(mask, this.states, hash32(this.seed, epoch, sweep, index++));
  }

  private draw(mask: MatrixData, pool: Float32Array, stream: number): void {
    for (let from = 0, piece = 0; from < mask.length; from += pieceLength, piece++) {
      const at = hash32(stream, piece) % (poolLength - pieceLength);
      mask.set(pool.subarray(at, at + Math.min(pieceLength, mask.length - from)), from);
    }
  }
}

function pool(rate: number, seed: number, stream: number): Float32Array {
  if (rate === 0) return new Float32Array(0);
  const threshold = rate * 2 ** 32;
  return Float32Array.from({ length: poolLength }, (_, i) =>
    hash32(seed, 77, stream, i) < threshold ? 0 : 1 / (1 - rate),
  );
}

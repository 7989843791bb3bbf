import { hash32 } from '../common/random';
import type { MatrixData } from '../kernels/kernels';
import { dropoutInputs } from './network';
import type { Network } from './network';

/** Draws are copied in pieces of so many numbers, each from a place of its own in the pool. */
const pieceLength = 1024;
const poolLength = 2 ** 18;

/**
 * Dropout masks: each entry is 0 with probability p, else 1/(1 − p), so that the expected input stays the
 * same (Srivastava and others 2014, "Dropout: a simple way to prevent neural networks from overfitting"). A
 * pool is drawn once from the seed; a mask's pieces are copied from places that seed, step and mask fix.
 */
export class DropoutMasks {
  private readonly seed: number;
  private readonly masks: readonly { readonly name: string; readonly pool: Float32Array }[];

  constructor(
    network: Network,
    {
      inputDropout,
      dropout,
      seed,
    }: { readonly inputDropout: number; readonly dropout: number; readonly seed: number },
  ) {
    this.seed = seed;
    const pools = { input: pool(inputDropout, seed, 1), states: pool(dropout, seed, 2) };
    this.masks = dropoutInputs(network).map(({ name, of }) => ({ name, pool: pools[of] }));
  }

  /** Fills the masks among a step's inputs. `epoch`, `sweep` and `part` tell it from all others. */
  fill(inputs: Readonly<Record<string, MatrixData>>, epoch: number, sweep: number, part: number): void {
    this.masks.forEach(({ name, pool }, index) => {
      const mask = inputs[name];
      const stream = hash32(this.seed, epoch, sweep, 64 * part + index);
      for (let from = 0, piece = 0; from < mask.length; from += pieceLength, piece++) {
        const place = hash32(stream, piece) % (poolLength - pieceLength);
        mask.set(pool.subarray(place, place + Math.min(pieceLength, mask.length - from)), from);
      }
    });
  }
}

function pool(rate: number, seed: number, stream: number): Float32Array {
  if (rate === 0) return new Float32Array(0);
  const threshold = rate * 2 ** 32;
  return Float32Array.from({ length: poolLength }, (_, i) =>
    hash32(seed, 77, stream, i) < threshold ? 0 : 1 / (1 - rate),
  );
}

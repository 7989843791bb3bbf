import type { MatrixData } from '../../kernels/kernels';
import type { Network } from '../sizes';
import type { ForwardBatch } from './programShapes';

/**
 * The states in which a sweep's sentences ended, left to right, for the windows that go on from them: B×H for
 * each layer, one layer after the other. From right to left, each window begins anew.
 */
export class CarriedStates {
  private states: Float64Array<ArrayBuffer> = new Float64Array(0);

  constructor(private readonly network: Pick<Network, 'layers' | 'H'>) {}

  /** A copy, for a checkpoint in the middle of a long sentence. */
  get all(): Float64Array<ArrayBuffer> {
    return this.states.slice();
  }

  set all(states: Float64Array<ArrayBuffer>) {
    this.states = states;
  }

  /**
   * Fills h_0 of a shard of `B` sentences, from the sweep's sentence `first` on, of a window that begins at
   * token `offset` of its sentences.
   */
  fill({ h0, zeros }: ForwardBatch<MatrixData>, offset: number, first: number, B: number): void {
    const { layers, H } = this.network;
    const size = this.states.length / layers;
    h0.forEach((states, layer) => {
      states.fill(0);
      if (offset === 0) return;
      const end = Math.min(size, (first + B) * H);
      states.set(this.states.subarray(layer * size + first * H, layer * size + end));
    });
    zeros?.fill(0);
  }

  /**
   * Keeps the final states of a sweep's `sentences` sentences: those of its shards, in their order, by layer.
   */
  keep(shards: readonly (readonly MatrixData[])[], sentences: number): void {
    const { layers, H } = this.network;
    const size = sentences * H;
    const states = new Float64Array(layers * size);
    for (let layer = 0; layer < layers; layer++) {
      let at = 0;
      for (const hLast of shards) {
        states.set(hLast[layer].subarray(0, size - at), layer * size + at);
        at += hLast[layer].length;
      }
    }
    this.states = states;
  }
}

import type { MatrixData } from '../kernels/kernels';
import type { Network } from './network';

/**
 * The states in which a step's sentences ended, left to right, for the windows that go on from them: B×H for
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
   * Fills h0.1, … (`B` sentences, from the step's sentence `first` on) of a window that begins at token
   * `offset` of its sentences.
   */
  fill(inputs: Readonly<Record<string, MatrixData>>, offset: number, first: number, B: number): void {
    const { layers, H } = this.network;
    const size = this.states.length / layers;
    for (let layer = 1; layer <= layers; layer++) {
      const h0 = inputs[`h0.${layer}`];
      h0.fill(0);
      if (offset > 0)
        h0.set(
          this.states.subarray(
            (layer - 1) * size + first * H,
            (layer - 1) * size + Math.min(size, (first + B) * H),
          ),
        );
    }
    inputs.zeros?.fill(0);
  }

  /** Keeps the final states of a step's `sentences` sentences: hLast.1, … of its parts, in their order. */
  keep(parts: readonly Readonly<Record<string, MatrixData>>[], sentences: number): void {
    const { layers, H } = this.network;
    const size = sentences * H;
    const states = new Float64Array(layers * size);
    for (let layer = 1; layer <= layers; layer++) {
      let at = 0;
      for (const outputs of parts) {
        const last = outputs[`hLast.${layer}`];
        states.set(last.subarray(0, size - at), (layer - 1) * size + at);
        at += last.length;
      }
    }
    this.states = states;
  }
}

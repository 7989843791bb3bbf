import type { Direction } from '../../kernels/kernels';
import type { Network, Sizes } from '../sizes';
import type { ResolvedSettings } from './settings';

/** The network that settings describe, for L labels. */
export function networkOf(settings: ResolvedSettings, L: number): Network {
  const {
    input,
    embedding,
    hidden,
    layers,
    bidirectional,
    activation,
    loss,
    truncation,
    inputDropout,
    dropout,
  } = settings;
  const directions: readonly Direction[] = bidirectional ? ['leftToRight', 'rightToLeft'] : ['leftToRight'];
  const E = input === 'one-hot' ? 0 : embedding;
  return {
    E,
    H: hidden,
    L,
    layers,
    directions,
    transitions: loss === 'crf',
    activation,
    truncation,
    dropsInput: inputDropout > 0 && E > 0,
    dropsStates: dropout > 0,
  };
}

/** The sizes of its parameters over K features. */
export function sizesOf({ E, H, L, layers, directions, transitions }: Network, K: number): Sizes {
  return { K, E, H, L, layers, directions, transitions };
}

import { uniform } from '../../../src/common/random';
import type { Activation } from '../../../src/kernels/activation';
import type { Device } from '../../../src/kernels/device';
import type { MatrixData } from '../../../src/kernels/kernels';
import { openSession } from '../../../src/kernels/openSession';
import { mapLeaves } from '../../../src/kernels/tree';
import { fillErrors, readFlow } from '../../../src/model/network/gradientFlow';
import type { FlowResults, SweepFlow } from '../../../src/model/network/gradientFlow';
import { copyParameters } from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import { flowRecipe } from '../../../src/model/sessionRecipes';
import type { Network } from '../../../src/model/sizes';
import { SweepFiller } from '../../../src/model/sweepFiller';
import type { FeatureSource } from '../../../src/model/tokenRows';
import { sizesIn } from './named';

/** The word itself is the only feature. */
const oneHot: FeatureSource = {
  write(words, _first, _end, at, out, to) {
    out[to] = words[at];
    return to + 1;
  },
  roomFor: (_words, first, end) => end - first,
};

export function networkWith(
  parameters: NetworkParameters<MatrixData>,
  activation: Activation,
  more: Partial<Network> = {},
): Network {
  const { E, H, L, layers, directions, transitions } = sizesIn(parameters);
  return {
    E,
    H,
    L,
    layers,
    directions,
    transitions,
    activation,
    truncation: 0,
    dropsInput: false,
    dropsStates: false,
    ...more,
  };
}

export interface Drawn {
  readonly words: readonly number[];
  readonly labels: readonly number[];
  /** Where the error is. */
  readonly t: number;
}

export function drawSentence(K: number, L: number, T: number, t: number, seed: number): Drawn {
  const draw = (n: number, stream: number): number[] =>
    Array.from({ length: T }, (_, k) => Math.floor(n * uniform(seed, k, stream)));
  return { words: draw(K, 1), labels: draw(L, 2), t };
}

/** The program over sentences side by side, padded to T steps; one that is missing is padding only. */
export async function runFlow(
  device: Device,
  given: NetworkParameters<MatrixData>,
  network: Network,
  sentences: readonly (Drawn | undefined)[],
  T: number,
): Promise<{ results: FlowResults<number[]>; sweeps: SweepFlow[] }> {
  const B = sentences.length;
  const parameters = copyParameters(given, (length) => device.allocate(length));
  const start = new Uint32Array(B + 1);
  sentences.forEach((sentence, s) => (start[s + 1] = start[s] + (sentence?.words.length ?? 0)));
  const words = Uint32Array.from(sentences.flatMap((sentence) => sentence?.words ?? []));
  const labels = Int32Array.from(sentences.flatMap((sentence) => sentence?.labels ?? []));
  const sweep = {
    sentences: Int32Array.from(sentences, (sentence, s) => (sentence ? s : -1)),
    count: sentences.filter(Boolean).length,
    offset: 0,
    length: T,
    tokens: words.length,
  };
  const lengths = Int32Array.from(sentences, (sentence) => sentence?.words.length ?? 0);
  const errors = { lengths, at: Int32Array.from(sentences, (sentence) => sentence?.t ?? 0) };
  const session = openSession(device, flowRecipe(parameters, network));
  const [shard] = new SweepFiller(session, network, oneHot).fill(sweep, { start, words }, labels).shards;
  fillErrors(shard.batch.at, errors);
  await session.run();
  const { results } = shard.outputs;
  return {
    results: mapLeaves(results, (values: MatrixData) => [...values]),
    sweeps: readFlow(results, network, parameters, errors),
  };
}

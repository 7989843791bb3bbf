import { uniform } from '../../../src/common/random';
import type { Activation, Device } from '../../../src/kernels/kernels';
import { flowProgram, flowShapes, readFlow } from '../../../src/model/gradientFlow';
import type { SweepFlow } from '../../../src/model/gradientFlow';
import { Minibatch } from '../../../src/model/minibatch';
import type { Network } from '../../../src/model/network';
import { copyParameters } from '../../../src/model/parameters';
import type { Parameters } from '../../../src/model/parameters';
import type { FeatureSource } from '../../../src/model/windowRows';

/** The word itself is the only feature. */
const oneHot: FeatureSource = {
  write(words, _first, _end, at, out, to) {
    out[to] = words[at];
    return to + 1;
  },
  roomFor: (_words, first, end) => end - first,
};

export function networkWith(
  { sizes }: Parameters,
  activation: Activation,
  more: Partial<Network> = {},
): Network {
  const { E, H, L, layers, directions, transitions } = sizes;
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
  given: Parameters,
  network: Network,
  sentences: readonly (Drawn | undefined)[],
  T: number,
): Promise<{ outputs: Record<string, number[]>; sweeps: SweepFlow[] }> {
  const B = sentences.length;
  const parameters = copyParameters(given, (length) => device.allocate(length));
  const start = new Uint32Array(B + 1);
  sentences.forEach((sentence, s) => (start[s + 1] = start[s] + (sentence?.words.length ?? 0)));
  const words = Uint32Array.from(sentences.flatMap((sentence) => sentence?.words ?? []));
  const labels = Int32Array.from(sentences.flatMap((sentence) => sentence?.labels ?? []));
  const step = {
    sentences: Int32Array.from(sentences, (sentence, s) => (sentence ? s : -1)),
    count: sentences.filter(Boolean).length,
    offset: 0,
    length: T,
    tokens: words.length,
  };
  const shapes = flowShapes(network, T, B);
  const inputs = new Minibatch(device, network, parameters, oneHot).fill(
    step,
    { start, words },
    shapes,
    labels,
  );
  inputs.at.fill(0);
  sentences.forEach((sentence, beta) => sentence && (inputs.at[sentence.t * B + beta] = 1));
  const plan = await device.compile(flowProgram(network), shapes);
  const outputs = await plan.run(inputs);
  const lengths = Int32Array.from(sentences, (sentence) => sentence?.words.length ?? 0);
  const sweeps = readFlow(outputs, network, parameters, {
    lengths,
    at: Int32Array.from(sentences, (sentence) => sentence?.t ?? 0),
  });
  return {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, values]) => [name, [...values]])),
    sweeps,
  };
}

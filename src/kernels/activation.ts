/**
 * The activations: f of the derivation and all that is known of each. A new one is an entry here, its number
 * in `simd/assembly/activations.ts`, and a line each for f and f′ in `simd/assembly/functions.ts`.
 */

export interface ActivationFunction {
  /** What a person reads: "ReLU". */
  readonly title: string;
  /** f(s). */
  f(s: number): number;
  /** f′(s), written in h = f(s). */
  derivative(h: number): number;
  /** max f′. With ‖U‖₂ it bounds how fast a gradient can grow through time. */
  readonly largestDerivative: number;
  /** |f| stays below some number. Where it does not, states can grow from step to step. */
  readonly bounded: boolean;
  /** What the weights begin with, chosen by measuring development scores after training. */
  readonly initial: {
    /** What U is, times its gain. */
    readonly recurrent: 'orthogonal' | 'identity';
    /** By what the weights are multiplied; see `model/initialise.ts`. */
    readonly gain: { readonly U: number; readonly V: number; readonly W: number };
  };
  /**
   * The same f and f′ as source text for gpu.js: an expression, given that of its argument, which may be a sum:
   * put brackets around it.
   */
  readonly source: { f(s: string): string; derivative(h: string): string };
}

export const activations = {
  tanh: {
    title: 'tanh',
    f: (s) => Math.tanh(s),
    derivative: (h) => 1 - h * h,
    largestDerivative: 1,
    bounded: true,
    initial: { recurrent: 'orthogonal', gain: { U: 0.5, V: 1, W: 0.25 } },
    source: {
      // On GPUs tanh and exp overflow to NaN. Beyond the bounds f is constant in float32 anyway.
      f: (s) => `Math.tanh(Math.min(Math.max(${s}, -15), 15))`,
      derivative: (h) => `1 - ${h} * ${h}`,
    },
  },
  sigmoid: {
    title: 'sigmoid',
    f: (s) => 1 / (1 + Math.exp(-s)),
    derivative: (h) => h * (1 - h),
    largestDerivative: 1 / 4,
    bounded: true,
    initial: { recurrent: 'orthogonal', gain: { U: 2, V: 2, W: 0.5 } },
    source: {
      f: (s) => `1 / (1 + Math.exp(-Math.min(Math.max(${s}, -30), 30)))`,
      derivative: (h) => `${h} * (1 - ${h})`,
    },
  },
  relu: {
    title: 'ReLU',
    f: (s) => Math.max(s, 0),
    derivative: (h) => (h > 0 ? 1 : 0),
    largestDerivative: 1,
    bounded: false,
    initial: { recurrent: 'identity', gain: { U: 0.25, V: 1, W: 0.25 } },
    source: {
      f: (s) => `Math.max(${s}, 0)`,
      derivative: (h) => `Math.sign(${h})`,
    },
  },
} as const satisfies Readonly<Record<string, ActivationFunction>>;

/** An activation by name. */
export type Activation = keyof typeof activations;

/** In the order in which they are on offer. */
export const activationNames = Object.keys(activations) as Activation[];

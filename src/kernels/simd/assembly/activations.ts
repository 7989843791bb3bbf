/**
 * The activations by number. Both sides read this file: what computes them, and what compiles programs. The
 * names are those of `kernels/activation.ts`.
 */
export enum ActivationNumber {
  tanh,
  sigmoid,
  relu,
}

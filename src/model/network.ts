/**
 * The Elman network, forward and back, in the symbols and the order of the derivation (BPTT through a recurrent network
 * with a softmax at each step). Rows of a matrix are tokens, so that W x_t of all t is one matrix, and so on:
 *
 *     s_t = U h_{t-1} + W x_t + b      h_t = f(s_t)      z_t = V h_t + c      ŷ_t = softmax(z_t)
 *     E_t = −y_tᵀ log ŷ_t              E = Σ_t E_t
 *
 * R = T·B rows, K words, H hidden units, L labels. x_t is one-hot: W x_t is a column of W, looked up on the host.
 */
import type { Activation, Program, Shape } from '../kernels/kernels';
import type { Sizes } from './parameters';

/** Wx R×H (W x_t), U H×H, V L×H, b 1×H, c 1×L, mask R×1 (0: padding), h0 B×H. */
export type ForwardInput = 'Wx' | 'U' | 'V' | 'b' | 'c' | 'mask' | 'h0';

/** yHat R×L (ŷ_t), hLast B×H (the state after the last step: h0 of the sentence's next window). */
export type ForwardOutput = 'yHat' | 'hLast';

/** Besides those of the forward pass: y R×1, the number of each token's label (any in padding). */
export type TrainingInput = ForwardInput | 'y';

/** dU H×H, dV L×H, db 1×H, dc 1×L: ∂E/∂U and so on; delta R×H (δ_t); loss R×1 (E_t); hLast B×H. */
export type TrainingOutput = 'dU' | 'dV' | 'db' | 'dc' | 'delta' | 'loss' | 'hLast';

/** From W x_t to ŷ_t. */
export function forwardProgram(activation: Activation): Program<ForwardInput, ForwardOutput> {
  return (kernels, { Wx, U, V, b, c, mask, h0 }) => {
    // s_t = U h_{t-1} + W x_t + b, h_t = f(s_t)
    const { h, hLast } = kernels.recur(kernels.add(Wx, b), U, h0, mask, { activation, direction: 'leftToRight' });
    // z_t = V h_t + c
    const z = kernels.affine(h, V, c);
    // ŷ_t = softmax(z_t)
    const yHat = kernels.softmax(z);
    return { yHat, hLast };
  };
}

/**
 * From W x_t and y_t to the gradients of E, summed over all rows:
 *
 *     ∂E/∂z_t = ŷ_t − y_t              ∂E/∂V = Σ_t (ŷ_t − y_t) ⊗ h_t      ∂E/∂c = Σ_t (ŷ_t − y_t)
 *     δ_T = Vᵀ(ŷ_T − y_T) ∘ f′(s_T)    δ_t = (Vᵀ(ŷ_t − y_t) + Uᵀ δ_{t+1}) ∘ f′(s_t)
 *     ∂E/∂U = Σ_t δ_t ⊗ h_{t-1}        ∂E/∂b = Σ_t δ_t                    ∂E/∂W = Σ_t δ_t ⊗ x_t
 *
 * δ_t is ∂E/∂s_t: the derivation's δ_k summed over the errors of all later steps, so that one sweep is enough. x_t being
 * one-hot, δ_t ⊗ x_t adds δ_t to the column of W of the token's word: the host does that with `delta`.
 */
export function trainingProgram(activation: Activation): Program<TrainingInput, TrainingOutput> {
  return (kernels, { Wx, U, V, b, c, mask, h0, y }) => {
    // s_t = U h_{t-1} + W x_t + b, h_t = f(s_t)
    const { h, hLast, tape } = kernels.recur(kernels.add(Wx, b), U, h0, mask, { activation, direction: 'leftToRight' });
    // z_t = V h_t + c
    const z = kernels.affine(h, V, c);
    // ŷ_t = softmax(z_t), E_t = −y_tᵀ log ŷ_t, ∂E/∂z_t = ŷ_t − y_t
    const { dz, loss } = kernels.softmaxCrossEntropy(z, y, mask);
    // ∂E/∂V = Σ_t (ŷ_t − y_t) ⊗ h_t
    const dV = kernels.outerSum(dz, h);
    // ∂E/∂c = Σ_t (ŷ_t − y_t)
    const dc = kernels.columnSums(dz);
    // Vᵀ(ŷ_t − y_t)
    const dh = kernels.product(dz, V);
    // δ_t = (Vᵀ(ŷ_t − y_t) + Uᵀ δ_{t+1}) ∘ f′(s_t)
    const delta = kernels.recurBackward(dh, tape);
    // ∂E/∂U = Σ_t δ_t ⊗ h_{t-1}
    const dU = kernels.outerSum(delta, kernels.previous(tape));
    // ∂E/∂b = Σ_t δ_t
    const db = kernels.columnSums(delta);
    return { dU, dV, db, dc, delta, loss, hLast };
  };
}

/** The shapes of the forward program's inputs for T steps of B sentences. */
export function forwardShapes({ H, L }: Omit<Sizes, 'K'>, T: number, B: number): Record<ForwardInput, Shape> {
  const R = T * B;
  return {
    Wx: { rows: R, columns: H },
    U: { rows: H, columns: H },
    V: { rows: L, columns: H },
    b: { rows: 1, columns: H },
    c: { rows: 1, columns: L },
    mask: { rows: R, columns: 1 },
    h0: { rows: B, columns: H },
  };
}

/** The shapes of the training program's inputs for T steps of B sentences. */
export function trainingShapes(sizes: Omit<Sizes, 'K'>, T: number, B: number): Record<TrainingInput, Shape> {
  return { ...forwardShapes(sizes, T, B), y: { rows: T * B, columns: 1 } };
}

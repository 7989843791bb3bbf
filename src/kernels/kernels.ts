/**
 * The matrix kernels: one interface that every device implements and that the model is written over, once.
 *
 * A matrix is opaque and row-major. The rows of a minibatch are time-major: token t of sentence β is row t·B
 * + β, so a matrix of R = T·B rows holds T steps of B sentences. Operations have the size of a sweep over all
 * T steps, not of a step, so that each device can do them its own way. A device compiles a program over them
 * (`program.ts`, `device.ts`) and runs it over minibatches (`session.ts`).
 */
import type { Activation } from './activation';

/** Rows × columns of a matrix. */
export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

/** A matrix on a device, of known shape and unknown content. */
export type Matrix = Shape & { readonly __matrix?: never };

/**
 * What the backward sweep of a recurrence needs of the forward one: its h, f, mask, h₀ and weights. Opaque.
 */
export interface Tape {
  readonly __tape?: never;
}

/** The content of a matrix on the host, row-major. */
export type MatrixData = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** The order in which a sweep visits the tokens of a sentence. */
export type Direction = 'leftToRight' | 'rightToLeft';

export interface RecurrenceOptions {
  readonly activation: Activation;
  readonly direction: Direction;
  /**
   * τ of truncated BPTT; 0 or none: all steps. The tokens are cut into blocks of τ, from the first on, and
   * what comes back from a block stops at the step with which the sweep entered it: the state that it came
   * with counts as constant. The forward sweep is the same.
   */
  readonly truncation?: number;
}

/**
 * The forward sweep's result: h (R×H), the state after the sweep's last step (B×H), and the tape for the way
 * back.
 */
export interface Recurrence {
  readonly h: Matrix;
  readonly hLast: Matrix;
  readonly tape: Tape;
}

/** Softmax with cross-entropy, by rows. */
export interface SoftmaxCrossEntropy {
  /** ŷ = softmax(z), R×L. Rows of padding hold softmax(z) too; the mask does not touch them. */
  readonly yHat: Matrix;
  /** m ∘ (ŷ − y), R×L: ∂E/∂z. */
  readonly dz: Matrix;
  /** m ∘ (−log ŷ_y), R×1: E_t of each row. */
  readonly loss: Matrix;
}

/**
 * The loss of a linear-chain conditional random field: p(y | z) = exp(score of y) / Σ over all label
 * sequences of the same.
 */
export interface ConditionalRandomField {
  /** m ∘ (p(y_t = l | z) − [y_t is l]), R×L: ∂E/∂z. */
  readonly dz: Matrix;
  /** Expected minus observed transitions, summed over sentences, (L+2)×L: ∂E/∂A. */
  readonly dA: Matrix;
  /**
   * m_t · (−log p(y_t | y_{t-1}, z)), R×1: the sum over a sentence's rows is −log p(y | z). No row is below
   * 0.
   */
  readonly loss: Matrix;
}

/**
 * The operations. Each takes and gives matrices of one device; shapes are checked when a program is compiled.
 */
export interface Kernels {
  /**
   * x·Wᵀ + b. x R×N, W M×N, b 1×M, or R×M: then an affine of an affine sums over several inputs. Gives R×M.
   */
  affine(x: Matrix, W: Matrix, b: Matrix): Matrix;
  /** r·V. r R×M, V M×N; gives R×N (dh = r·V, dX = δ·W). */
  product(r: Matrix, V: Matrix): Matrix;
  /** a + b. Same shapes, or b one row that is added to each row of a. */
  add(a: Matrix, b: Matrix): Matrix;
  /** a ∘ b. Same shapes, or b one column that scales the rows of a (a mask). */
  multiply(a: Matrix, b: Matrix): Matrix;
  /**
   * All T steps of s_t = U h_{t-1} + p_t, h_t = m_t ∘ f(s_t), starting from h₀.
   * p R×H (its input part W x_t + b already summed), U H×H, h0 B×H, mask R×1 of zeros and ones; gives h R×H.
   */
  recur(p: Matrix, U: Matrix, h0: Matrix, mask: Matrix, options: RecurrenceOptions): Recurrence;
  /**
   * BPTT: δ_t = m_t ∘ (dh_t + Uᵀ δ_{t+1}) ∘ f′(s_t), from the sweep's last step to its first; without Uᵀ
   * δ_{t+1} at the last step of a block ({@link RecurrenceOptions.truncation}). dh R×H; gives δ R×H.
   */
  recurBackward(dh: Matrix, tape: Tape): Matrix;
  /** h_{t-1} for each row: h shifted by one step of the sweep, h₀ before its first. Gives R×H. */
  previous(tape: Tape): Matrix;
  /** Σ_r a_r ⊗ b_r = aᵀ·b. a R×M, b R×N; gives M×N (dU, dV, dW). */
  outerSum(a: Matrix, b: Matrix): Matrix;
  /** Σ_r a_r. a R×N; gives 1×N (db, dc). */
  columnSums(a: Matrix): Matrix;
  /** ‖a_r‖₂. a R×N; gives R×1. */
  rowNorms(a: Matrix): Matrix;
  /** z R×L, y R×1 of label numbers (whole, 0 ≤ y < L; any valid number in rows of padding), mask R×1. */
  softmaxCrossEntropy(z: Matrix, y: Matrix, mask: Matrix): SoftmaxCrossEntropy;
  /**
   * The score of a sentence's labels is Σ_t z_t[y_t], plus A[i][j] for each label j that follows a label i,
   * A[L][j] for the first label j and A[L+1][j] for the last. z R×L, y and mask as for {@link
   * softmaxCrossEntropy}, with a sentence's padding at its end (one of padding only costs and gives nothing);
   * A (L+2)×L; B sentences.
   */
  crf(z: Matrix, y: Matrix, mask: Matrix, A: Matrix, B: number): ConditionalRandomField;
  /** softmax(z) by rows. z R×L; gives R×L. */
  softmax(z: Matrix): Matrix;
}

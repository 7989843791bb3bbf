/**
 * The matrix kernels: one interface that every device implements and that the model is written over, once.
 *
 * A matrix is opaque and row-major. The rows of a minibatch are time-major: token t of sentence β is row t·B
 * + β, so a matrix of R = T·B rows holds T steps of B sentences. Operations have the size of a sweep over all
 * T steps, not of a step, so that each device can do them its own way.
 *
 * A {@link Program} is a pure, synchronous function over these operations that never looks inside a matrix. A
 * {@link Device} compiles it for given shapes into a {@link Plan} and then runs that, with one upload and one
 * readback.
 */
import type { Activation } from './activation';
import type { DeviceName } from './registry';

export type { Activation } from './activation';
export type { DeviceName } from './registry';

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

/**
 * Named matrices in, named matrices out. Deterministic, with no side effects: it is recorded once for each
 * shape.
 */
export type Program<In extends string, Out extends string> = (
  kernels: Kernels,
  inputs: Readonly<Record<In, Matrix>>,
) => Record<Out, Matrix>;

/** A program compiled for given shapes. */
export interface Plan<In extends string, Out extends string> {
  readonly inputShapes: Readonly<Record<In, Shape>>;
  readonly outputShapes: Readonly<Record<Out, Shape>>;
  /**
   * Uploads the inputs, runs the program, reads the outputs back. A result that is no promise is there at
   * once (a step on the CPU needs no await). The arrays returned are the plan's own: they hold until its next
   * run.
   * @throws {DeviceLostError} when the device is gone: the caller goes on elsewhere from its last checkpoint.
   */
  run(inputs: Readonly<Record<In, MatrixData>>): Record<Out, MatrixData> | Promise<Record<Out, MatrixData>>;
  dispose(): void;
}

/** A learned parameter of a sharded program. */
export interface Learned<Out extends string> {
  /** The output that is its gradient; of a table, the gradient of the sums of its rows. */
  readonly gradient: Out;
  /**
   * What the update remembers of it, arrays like the parameter's: none for SGD, one for momentum, two for
   * Adam.
   */
  readonly moments: readonly MatrixData[];
}

/** A program over a minibatch that is cut into shards, and where its inputs come from. */
export interface ShardedRecipe<In extends string, Out extends string> {
  readonly program: Program<In, Out>;
  /** The inputs' shapes for T steps of B sentences. */
  shapes(T: number, B: number): Readonly<Record<In, Shape>>;
  /** Inputs that all shards read. The arrays are the device's own ({@link Device.allocate}). */
  readonly shared: Readonly<Partial<Record<In, MatrixData>>>;
  /**
   * Inputs whose rows are sums of rows of a table: rows of the input's width, side by side, in an array of
   * the device's own.
   */
  readonly tables: readonly { readonly input: In; readonly values: MatrixData }[];
  /** What is learned, of the shared inputs and the tables'. */
  readonly learned?: Readonly<Partial<Record<In, Learned<Out>>>>;
}

/** A part of a minibatch: sentences that go through the program together. The arrays are to be filled in. */
export interface Shard<In extends string, Out extends string> {
  /**
   * Which rows of the tables are summed for each row of their inputs: `ids` from `starts[r]` up to `starts[r
   * + 1]`. None: zeros.
   */
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  /** The inputs that are neither shared nor looked up. */
  readonly inputs: Readonly<Record<In, MatrixData>>;
  /** Of the last run. */
  readonly outputs: Readonly<Record<Out, MatrixData>>;
}

export type UpdateMethod = 'sgd' | 'momentum' | 'adam';

/** See `model/optimiser.ts`, which does the same on the host. */
export interface UpdateOptions {
  readonly method: UpdateMethod;
  /** λ, and that of the tables. */
  readonly learningRate: number;
  readonly tableRate: number;
  /** Largest gradient norm; 0 does not clip. */
  readonly clip: number;
  /** What the sums of gradients are divided by. */
  readonly sentences: number;
  /**
   * β₁: what momentum and Adam keep of the gradients' mean; β₂: what Adam keeps of their squares' mean; ε.
   */
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The number of this update, from 1. */
  readonly step: number;
}

/**
 * A program over minibatches on a device that shares its memory with the host: several threads take the
 * shards. The shards are fixed and their gradients are summed in their order, so that the result does not
 * depend on the threads.
 */
export interface ShardedProgram<In extends string, Out extends string> {
  /**
   * Shards for T steps of B sentences each, with room for `ids` numbers of tables' rows in each. What was
   * given before is void.
   */
  prepare(T: number, B: number, shards: number, ids: number): readonly Shard<In, Out>[];
  /** Runs the program on each shard. @throws {DeviceLostError} when a thread was lost. */
  run(): void;
  /**
   * Runs the program, sums the gradients and updates what is learned; of the tables only the rows that
   * occurred. Returns the gradient's norm; where it is not finite, nothing was learned. @throws
   * {DeviceLostError} when a thread was lost.
   */
  update(options: UpdateOptions): number;
  dispose(): void;
}

/** A place where programs run. */
export interface Device {
  readonly name: DeviceName;
  /** What a person reads: "WebAssembly (gpu.js 2.24.1, 2 threads)". */
  readonly description: string;
  readonly precision: 'float32' | 'float64';
  /** A host array in this device's precision and, where it matters, in its memory. Zeros. */
  allocate(length: number): MatrixData;
  /**
   * Gives back an array that {@link allocate} gave: where it lay in the device's memory, something else may
   * lie now.
   */
  release(data: MatrixData): void;
  /** @throws {ShapeError} when the program's shapes do not fit. */
  compile<In extends string, Out extends string>(
    program: Program<In, Out>,
    shapes: Readonly<Record<In, Shape>>,
  ): Promise<Plan<In, Out>>;
  /** Only devices that share their memory with the host can. */
  shard?<In extends string, Out extends string>(recipe: ShardedRecipe<In, Out>): ShardedProgram<In, Out>;
  dispose(): void;
}

import type { Direction, Shape } from '../../kernels';
import type { GpuMatrix, Recorder } from '../recorder';
import { kernel, row } from '../source';
import { RowStack } from './rowStack';

/** What a sweep leaves: all steps' values (R×H), in the order of the sentence, and its last state. */
export interface Swept {
  readonly all: GpuMatrix;
  readonly last: GpuMatrix;
}

/**
 * One sweep: T calls of two kernels, one for its first step and one for the others. A state has B + 1 rows:
 * the step's values, and under them the number t of the step. A literal t would make each step a kernel of
 * its own for webasm.
 */
export class Sweep {
  private readonly B: number;
  private readonly T: number;
  /** t of the first step, and what comes to it with each step. */
  private readonly first: number;
  private readonly by: number;

  constructor(
    private readonly recorder: Recorder,
    private readonly shape: Shape,
    h0: Shape,
    direction: Direction,
    visits: 'forward' | 'backward',
  ) {
    this.B = h0.rows;
    this.T = shape.rows / h0.rows;
    const ascending = (direction === 'leftToRight') === (visits === 'forward');
    this.first = ascending ? 0 : this.T - 1;
    this.by = ascending ? 1 : -1;
  }

  /**
   * The source of a step. `step` gives the statements that compute `value` for row `r` of the whole matrix.
   * @param state the operand that holds the last step's state; none in the first step.
   */
  source(operands: readonly string[], state: string | undefined, step: string): string {
    const t = state === undefined ? `${this.first}` : `${state}[${this.B}][0] + ${this.by}`;
    const r = `t * ${this.B} + ${row}`;
    const inside = `const r = ${r}; ${step} result = value;`;
    return kernel(
      operands,
      `const t = ${t};`,
      'let result = t;',
      `if (${row} < ${this.B}) { ${inside} }`,
      'return result;',
    );
  }

  /** Calls each step, now: they are recorded in this order. `visit` counts them from 0. */
  run(
    first: (state: Shape) => GpuMatrix,
    next: (state: Shape, last: GpuMatrix, visit: number) => GpuMatrix,
  ): Swept {
    const stateShape = { rows: this.B + 1, columns: this.shape.columns };
    // Visited from the right, the steps come in the reverse of the sentence's order.
    const stack = new RowStack(
      this.recorder,
      this.shape.columns,
      this.by > 0 ? 'leftToRight' : 'rightToLeft',
    );
    let state = first(stateShape);
    void state.handle;
    stack.push(state, this.B);
    for (let visit = 1; visit < this.T; visit++) {
      state = next(stateShape, state, visit);
      void state.handle;
      stack.push(state, this.B);
    }
    return { all: stack.join(), last: state };
  }
}

import { activations } from '../activation';
import type { Kernels, RecurrenceOptions, Tape } from '../kernels';
import { shapeKernels } from '../shapes';
import type { TapeOfH } from '../shapes';
import { HostMatrix, fill, host, sum } from './matrix';

class HostTape implements TapeOfH {
  declare readonly __tape?: never;

  constructor(
    readonly h: HostMatrix,
    readonly h0: HostMatrix,
    readonly U: HostMatrix,
    readonly mask: HostMatrix,
    readonly options: RecurrenceOptions,
  ) {}

  get B(): number {
    return this.h0.rows;
  }

  /** The first row of each step, in the sweep's order. */
  get steps(): number[] {
    const rows = Array.from({ length: this.h.rows / this.B }, (_, t) => t * this.B);
    return this.options.direction === 'leftToRight' ? rows : rows.reverse();
  }
}

function hostTape(tape: Tape): HostTape {
  if (!(tape instanceof HostTape)) throw new TypeError('this tape belongs to another device');
  return tape;
}

/** The recurrence and its way back (BPTT), as their formulas read. */
export const recurrence: Pick<Kernels, 'recur' | 'recurBackward' | 'previous'> = {
  recur(p, U, h0, mask, options) {
    const shape = shapeKernels.recur(p, U, h0, mask, options);
    const P = host(p);
    const h = new HostMatrix(shape.h.rows, shape.h.columns);
    const tape = new HostTape(h, host(h0), host(U), host(mask), options);
    const { f } = activations[options.activation];
    let last = tape.h0;
    for (const row of tape.steps) {
      const before = last;
      last = fill(h0, (beta, i) => {
        const s = sum(h.columns, (j) => tape.U.at(i, j) * before.at(beta, j)) + P.at(row + beta, i);
        return tape.mask.at(row + beta, 0) * f(s);
      });
      h.values.set(last.values, row * h.columns);
    }
    return { h, hLast: last, tape };
  },
  recurBackward(dh, opaque) {
    shapeKernels.recurBackward(dh, opaque);
    const tape = hostTape(opaque);
    const dH = host(dh);
    const delta = new HostMatrix(dh.rows, dh.columns);
    const { activation, direction, truncation = 0 } = tape.options;
    const { derivative } = activations[activation];
    const nothing = new HostMatrix(tape.B, dh.columns);
    let next = nothing;
    for (const row of [...tape.steps].reverse()) {
      // Between this token and the one that the sweep came to after it.
      const border = row / tape.B + (direction === 'leftToRight' ? 1 : 0);
      const after = truncation > 0 && border % truncation === 0 ? nothing : next;
      next = fill(next, (beta, j) => {
        const reached = dH.at(row + beta, j) + sum(dh.columns, (i) => tape.U.at(i, j) * after.at(beta, i));
        return tape.mask.at(row + beta, 0) * reached * derivative(tape.h.at(row + beta, j));
      });
      delta.values.set(next.values, row * dh.columns);
    }
    return delta;
  },
  previous(opaque) {
    const { h, h0, B, options } = hostTape(opaque);
    const shift = options.direction === 'leftToRight' ? -B : B;
    return fill(h, (r, j) => {
      const before = r + shift;
      return before >= 0 && before < h.rows ? h.at(before, j) : h0.at(r % B, j);
    });
  },
};

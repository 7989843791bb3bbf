import { activations } from '../../activation';
import type { Kernels, RecurrenceOptions, Shape, Tape } from '../../kernels';
import { shapeKernels } from '../../shapes';
import type { TapeOfH } from '../../shapes';
import { GpuMatrix, onGpu } from '../recorder';
import type { Recorder } from '../recorder';
import { column, kernel, row } from '../source';
import { contract } from './contraction';
import { Sweep } from './sweep';
import type { Swept } from './sweep';

class GpuTape implements TapeOfH {
  declare readonly __tape?: never;

  constructor(
    readonly h: GpuMatrix,
    readonly h0: GpuMatrix,
    readonly U: GpuMatrix,
    readonly mask: GpuMatrix,
    readonly options: RecurrenceOptions,
  ) {}
}

function gpuTape(tape: Tape): GpuTape {
  if (!(tape instanceof GpuTape)) throw new TypeError('this tape belongs to another device');
  return tape;
}

/** The recurrence and its way back (BPTT). */
export function recurrence(recorder: Recorder): Pick<Kernels, 'recur' | 'recurBackward' | 'previous'> {
  return {
    recur(p, U, h0, mask, options) {
      const shape = shapeKernels.recur(p, U, h0, mask, options);
      const { activation, direction } = options;
      const { f } = activations[activation].source;
      const sweep = new Sweep(recorder, p, h0, direction, 'forward');
      const value = `const value = mask[r][0] * (${f(`s + p[r][${column}]`)});`;
      const operands = ['h', 'U', 'p', 'mask'];
      const call = (state: Shape, before: GpuMatrix, isFirst: boolean): GpuMatrix => {
        const left = { name: 'h', matrix: before, rows: 'entries' } as const;
        const s = contract(recorder, 's', p.columns, left, { name: 'U', matrix: onGpu(U), rows: 'entries' });
        const source = sweep.source(operands, isFirst ? undefined : 'h', `${s.code} ${value}`);
        return recorder.call(source, state, ...s.operands, onGpu(p), onGpu(mask));
      };
      let swept: Swept | undefined;
      const run = (): Swept => {
        swept ??= sweep.run(
          (state) => call(state, onGpu(h0), true),
          (state, last) => call(state, last, false),
        );
        return swept;
      };
      const h = new GpuMatrix(p.rows, p.columns, () => run().all.handle);
      // The last state without its row of t.
      const hLast = new GpuMatrix(h0.rows, h0.columns, () => {
        const { last } = run();
        return recorder.call(kernel(['h'], `return h[${row}][${column}];`), shape.hLast, last).handle;
      });
      return { h, hLast, tape: new GpuTape(h, onGpu(h0), onGpu(U), onGpu(mask), options) };
    },
    recurBackward(dh, opaque) {
      const shape = shapeKernels.recurBackward(dh, opaque);
      const { h, h0, U, mask, options } = gpuTape(opaque);
      const { activation, direction, truncation = 0 } = options;
      const { derivative } = activations[activation].source;
      const T = h.rows / h0.rows;
      const sweep = new Sweep(recorder, shape, h0, direction, 'backward');
      const value = `const value = mask[r][0] * reached * (${derivative(`h[r][${column}]`)});`;
      return new GpuMatrix(shape.rows, shape.columns, () => {
        const fixed = [onGpu(dh), h, mask];
        // The last step of all, and of any other block: nothing comes to it from the step after it but that
        // step's number.
        const last = `const reached = dh[r][${column}]; ${value}`;
        const first = sweep.source(['dh', 'h', 'mask'], undefined, last);
        const cut = sweep.source(['delta', 'dh', 'h', 'mask'], 'delta', last);
        const { all } = sweep.run(
          (state) => recorder.call(first, state, ...fixed),
          (state, after, visit) => {
            const border = direction === 'leftToRight' ? T - visit : visit;
            if (truncation > 0 && border % truncation === 0)
              return recorder.call(cut, state, after, ...fixed);
            const left = { name: 'delta', matrix: after, rows: 'entries' } as const;
            const s = contract(recorder, 's', dh.columns, left, { name: 'U', matrix: U, rows: 'terms' });
            const next = sweep.source(
              ['delta', 'U', 'dh', 'h', 'mask'],
              'delta',
              `${s.code} const reached = s + dh[r][${column}]; ${value}`,
            );
            return recorder.call(next, state, ...s.operands, ...fixed);
          },
        );
        return all.handle;
      });
    },
    previous(opaque) {
      const { h, h0, options } = gpuTape(opaque);
      const { direction } = options;
      const rest = h.rows - h0.rows;
      const before = direction === 'leftToRight' ? `${row} >= ${h0.rows}` : `${row} < ${rest}`;
      const step = direction === 'leftToRight' ? `${row} - ${h0.rows}` : `${row} + ${h0.rows}`;
      const start = direction === 'leftToRight' ? row : `${row} - ${rest}`;
      const source = kernel(
        ['h', 'h0'],
        `if (${before}) { return h[${step}][${column}]; }`,
        `return h0[${start}][${column}];`,
      );
      return recorder.call(source, shapeKernels.previous(opaque), h, h0);
    },
  };
}

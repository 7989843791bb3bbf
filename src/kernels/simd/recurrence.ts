import type { Kernels, RecurrenceOptions, Tape } from '../kernels';
import { shapeKernels } from '../shapes';
import type { TapeOfH } from '../shapes';
import { ActivationNumber } from './assembly/activations';
import { Opcode } from './assembly/opcodes';
import { SimdMatrix, blockBytes, newPanels, onSimd, panelsOf, rowBytes, wideBytes } from './matrix';
import type { Packed, Panels } from './matrix';
import { at } from './recorder';
import type { Place, Recorder } from './recorder';

/** h in panels of R + B rows: h₀'s rows stand where the sweep begins. */
interface States {
  readonly h: Panels;
  readonly before: Panels;
  readonly last: Panels;
}

class SimdTape implements TapeOfH {
  declare readonly __tape?: never;

  constructor(
    readonly h: SimdMatrix,
    readonly states: () => States,
    readonly U: SimdMatrix,
    readonly mask: SimdMatrix,
    readonly B: number,
    readonly options: RecurrenceOptions,
  ) {}
}

function simdTape(tape: Tape): SimdTape {
  if (!(tape instanceof SimdTape)) throw new TypeError('this tape belongs to another device');
  return tape;
}

function shifted(place: Place, bytes: number): Place {
  return { in: place.in, offset: place.offset + bytes };
}

/** What a sweep needs besides its matrices. */
class Workspace {
  /**
   * Room for each step's rows as tiles read them. Where B is whole fours, the rows of all steps are kept
   * there.
   */
  private readonly packed: Place;
  private readonly step: number;
  private readonly line: Place;

  constructor(recorder: Recorder, T: number, B: number, H: number) {
    this.line = at(recorder.room(2 * wideBytes(H)));
    const stepBytes = Math.ceil(B / 4) * blockBytes(H);
    this.step = B % 4 === 0 ? stepBytes : 0;
    this.packed = at(recorder.room(B % 4 === 0 ? (T + 1) * stepBytes : stepBytes));
  }

  /** The packed rows of all steps, from the given one on, where they are kept. */
  rows(H: number, fromStep: number): Packed | undefined {
    return this.step > 0
      ? { at: shifted(this.packed, fromStep * this.step), block: blockBytes(H) }
      : undefined;
  }

  get operands(): (number | Place)[] {
    return [this.packed, this.step, this.line];
  }
}

/** The recurrence and its way back (BPTT). */
export function recurrence(recorder: Recorder): Pick<Kernels, 'recur' | 'recurBackward' | 'previous'> {
  return {
    recur(p, U, h0, mask, options) {
      const shape = shapeKernels.recur(p, U, h0, mask, options);
      const { activation, direction } = options;
      const { rows: R, columns: H } = p;
      const B = h0.rows;
      const toRight = direction === 'leftToRight';
      let made: States | undefined;
      const states = (): States => {
        if (made) return made;
        const [input, start, m] = [onSimd(p).asPanels, onSimd(h0).asPanels, onSimd(mask).asRows];
        const weights = B > 1 ? onSimd(U).asTransposed : { at: onSimd(U).asWideTransposed, panel: 0 };
        const all = newPanels(recorder, { rows: R + B, columns: H });
        const place = (row: number): Panels => ({ at: shifted(all.at, row * rowBytes), panel: all.panel });
        const h = place(toRight ? B : 0);
        const workspace = new Workspace(recorder, R / B, B, H);
        recorder.emit(
          Opcode.copyRows,
          place(toRight ? 0 : R).at,
          all.panel,
          start.at,
          start.panel,
          B,
          panelsOf(H),
        );
        const sizes = [R / B, B, H, ActivationNumber[activation], toRight ? 1 : 0];
        recorder.emit(
          Opcode.recur,
          h.at,
          h.panel,
          input.at,
          input.panel,
          weights.at,
          weights.panel,
          m,
          ...workspace.operands,
          ...sizes,
        );
        const packed = workspace.rows(H, toRight ? 1 : 0);
        if (packed) hMatrix.isPacked(packed);
        made = { h, before: place(toRight ? 0 : B), last: place(toRight ? R : 0) };
        return made;
      };
      const hMatrix: SimdMatrix = new SimdMatrix(recorder, R, H, () => ({ panels: states().h }));
      const hLast = new SimdMatrix(recorder, shape.hLast.rows, H, () => ({ panels: states().last }));
      return { h: hMatrix, hLast, tape: new SimdTape(hMatrix, states, onSimd(U), onSimd(mask), B, options) };
    },
    recurBackward(dh, opaque) {
      const shape = shapeKernels.recurBackward(dh, opaque);
      const { states, U, mask, B, options } = simdTape(opaque);
      const { activation, direction, truncation = 0 } = options;
      const { rows: R, columns: H } = shape;
      const delta: SimdMatrix = new SimdMatrix(recorder, R, H, () => {
        const [reached, { h }, m] = [onSimd(dh).asPanels, states(), mask.asRows];
        const weights = B > 1 ? U.asPanels : { at: U.asWide, panel: 0 };
        const to = newPanels(recorder, shape);
        const workspace = new Workspace(recorder, R / B, B, H);
        const sizes = [
          R / B,
          B,
          H,
          ActivationNumber[activation],
          direction === 'leftToRight' ? 1 : 0,
          truncation,
        ];
        recorder.emit(
          Opcode.recurBackward,
          to.at,
          to.panel,
          reached.at,
          reached.panel,
          h.at,
          h.panel,
          weights.at,
          weights.panel,
          m,
          ...workspace.operands,
          ...sizes,
        );
        const packed = workspace.rows(H, 0);
        if (packed) delta.isPacked(packed);
        return { panels: to };
      });
      return delta;
    },
    previous(opaque) {
      const { states } = simdTape(opaque);
      const { rows, columns } = shapeKernels.previous(opaque);
      return new SimdMatrix(recorder, rows, columns, () => ({ panels: states().before }));
    },
  };
}

import type { Matrix, Shape } from '../kernels';
import { Opcode } from './assembly/opcodes';
import { at } from './recorder';
import type { Place, Recorder } from './recorder';

/** Bytes of a panel's row: 8 columns. */
export const rowBytes = 32;

export const panelsOf = (columns: number): number => Math.ceil(columns / 8);
const byFours = (count: number): number => Math.ceil(count / 4) * 4;

/** Panels of 8 columns, `panel` bytes from one to the next. */
export interface Panels {
  readonly at: Place;
  readonly panel: number;
}

/** Rows by fours, a column after the other: `block` bytes for four rows. */
export interface Packed {
  readonly at: Place;
  readonly block: number;
}

/** A form in which a matrix is computed first. */
export type Made = { readonly rows: Place } | { readonly panels: Panels };

/**
 * A matrix of a program that is recorded. It has the forms in which operations ask for it: rows as the host
 * has them (of a matrix of one column: its numbers side by side), panels, packed rows and so on; each is
 * recorded once, when it is first asked for, and so is the matrix itself: what a program does not use costs
 * nothing.
 */
export class SimdMatrix implements Matrix {
  private made: {
    rows?: Place;
    panels?: Panels;
    packed?: Packed;
    transposed?: Panels;
    wide?: Place;
    wideTransposed?: Place;
  } = {};
  private isMade = false;

  constructor(
    private readonly recorder: Recorder,
    readonly rows: number,
    readonly columns: number,
    private readonly make: () => Made,
  ) {}

  /** Sums of rows of a table: see `gather` in `assembly/layout.ts`. */
  static gathered(
    recorder: Recorder,
    rows: number,
    columns: number,
    table: Place,
    starts: Place,
    ids: Place,
  ): SimdMatrix {
    return new SimdMatrix(recorder, rows, columns, () => {
      const panels = newPanels(recorder, { rows, columns });
      recorder.emit(Opcode.gather, panels.at, panels.panel, table, starts, ids, rows, columns);
      return { panels };
    });
  }

  /** The rows, where the matrix has them already. */
  get besideRows(): Place | undefined {
    this.ensure();
    return this.made.rows;
  }

  /** Rows of `columns` numbers, side by side. */
  get asRows(): Place {
    this.ensure();
    if (!this.made.rows) {
      const { at: from, panel } = this.asPanels;
      this.made.rows = at(this.recorder.room(this.rows * this.columns * 4));
      this.recorder.emit(Opcode.exportRows, this.made.rows, from, panel, this.rows, this.columns);
    }
    return this.made.rows;
  }

  get asPanels(): Panels {
    this.ensure();
    if (!this.made.panels) {
      this.made.panels = newPanels(this.recorder, this);
      const { at: to, panel } = this.made.panels;
      this.recorder.emit(Opcode.importRows, to, panel, this.made.rows!, this.rows, this.columns);
    }
    return this.made.panels;
  }

  /** What a product reads as its left side. */
  get asPacked(): Packed {
    this.ensure();
    if (!this.made.packed) {
      const block = blockBytes(this.columns);
      const to = at(this.recorder.room((byFours(this.rows) / 4) * block));
      this.recorder.emit(Opcode.packRows, to, block, ...this.entries, this.rows, this.columns);
      this.made.packed = { at: to, block };
    }
    return this.made.packed;
  }

  /** The transpose, in panels. */
  get asTransposed(): Panels {
    this.ensure();
    if (!this.made.transposed) {
      const to = newPanels(this.recorder, { rows: this.columns, columns: this.rows });
      this.recorder.emit(Opcode.transpose, to.at, to.panel, ...this.entries, this.rows, this.columns);
      this.made.transposed = to;
    }
    return this.made.transposed;
  }

  /** Rows of 32 columns, for products of one row. */
  get asWide(): Place {
    this.ensure();
    if (!this.made.wide) {
      this.made.wide = at(this.recorder.room(this.rows * wideBytes(this.columns)));
      this.recorder.emit(Opcode.widen, this.made.wide, ...this.entries, this.rows, this.columns);
    }
    return this.made.wide;
  }

  /** The transpose, in rows of 32. */
  get asWideTransposed(): Place {
    this.ensure();
    if (!this.made.wideTransposed) {
      this.made.wideTransposed = at(this.recorder.room(this.columns * wideBytes(this.rows)));
      this.recorder.emit(
        Opcode.transposeWide,
        this.made.wideTransposed,
        ...this.entries,
        this.rows,
        this.columns,
      );
    }
    return this.made.wideTransposed;
  }

  /** Notes packed rows that another operation has left. */
  isPacked(packed: Packed): void {
    this.made.packed = packed;
  }

  /** Where its entries are, the bytes from 8 columns to the next 8, and those from a row to the next. */
  private get entries(): [Place, number, number] {
    if (this.made.panels) return [this.made.panels.at, this.made.panels.panel, rowBytes];
    return [this.made.rows!, rowBytes, this.columns * 4];
  }

  private ensure(): void {
    if (this.isMade) return;
    this.isMade = true;
    this.made = { ...this.made, ...this.make() };
  }
}

/** Room for panels of the given shape; tiles write rows by fours. */
export function newPanels(recorder: Recorder, { rows, columns }: Shape): Panels {
  const panel = byFours(rows) * rowBytes;
  return { at: at(recorder.room(panelsOf(columns) * panel)), panel };
}

/** Bytes of four packed rows. */
export function blockBytes(columns: number): number {
  return byFours(columns) * 16;
}

/** Bytes of a row of so many columns, by 32. */
export function wideBytes(columns: number): number {
  return Math.ceil(columns / 32) * 128;
}

/** The matrix behind an opaque one. */
export function onSimd(matrix: Matrix): SimdMatrix {
  if (!(matrix instanceof SimdMatrix)) throw new TypeError('this matrix belongs to another device');
  return matrix;
}

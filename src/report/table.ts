/** A table of a report, for HTML and Markdown. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The columns that are text, not figures: they begin at the left. The first always is. */
  readonly text?: readonly number[];
  /** The row that stands out. */
  readonly best?: number;
  /** Small curves, one for each row, behind the first column: where there are pictures. */
  readonly curves?: { readonly title: string; readonly rows: readonly RowCurve[] };
  /** What is to be known of it, below it. */
  readonly note?: string;
}

export interface RowCurve {
  /** From 0 to 1. */
  readonly shares: readonly (number | undefined)[];
  /** The curve in words. */
  readonly description: string;
}

/** By which column a table is sorted. */
export interface Sorting {
  readonly by: number;
  /** Undefined: as is best for the column. */
  readonly ascending?: boolean;
}

import type { Reaches } from './bars';
import type { Table } from './table';

/** What one benchmark gives: numbers for a program, and what it reached of what must be. */
export interface BenchmarkResult {
  readonly figures: Readonly<Record<string, unknown>>;
  readonly reached: Reaches;
}

/** How much is measured, and where its results go. */
export interface BenchmarkContext {
  readonly quick: boolean;
  /** Prints a table, as soon as there is one. */
  readonly show: (table: Table) => void;
  /** Says how far it is, to stderr. */
  readonly tell: (text: string) => void;
}

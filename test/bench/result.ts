import type { Reaches } from './bars';
import type { Table } from './table';

/** What one benchmark gives: tables for a person, numbers for a program, and what it reached of what must be. */
export interface BenchmarkResult {
  readonly tables: readonly Table[];
  readonly figures: Readonly<Record<string, unknown>>;
  readonly reached: Reaches;
}

/** How much is measured, and where it says how far it is. */
export interface BenchmarkContext {
  readonly quick: boolean;
  /** To stderr: how far it is, what is missing. */
  readonly tell: (text: string) => void;
}

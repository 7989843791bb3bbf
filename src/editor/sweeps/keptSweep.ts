import { settingsProblem } from '../../model/settings/settings';
import type { TrainingSettings } from '../../model/settings/settings';
import { isFields, isText } from '../../record/keptFields';

/** Runs that are trained one after the other. Kept as JSON. */
export interface Sweep {
  readonly id: string;
  /** A corpus, by id. */
  readonly corpus: string;
  readonly column: string;
  readonly allowLeftOut: boolean;
  /** The settings of all runs, in the order in which they are trained. */
  readonly planned: readonly TrainingSettings[];
  /** Ids of the runs that have begun. */
  readonly begun: readonly string[];
}

/** A sweep that was kept; undefined for what is none, or has settings of another version. */
export function parseSweep(value: unknown): Sweep | undefined {
  if (!isFields(value)) return undefined;
  const { id, corpus, column, allowLeftOut, planned, begun } = value;
  if (!isText(id) || !isText(corpus) || !isText(column) || typeof allowLeftOut !== 'boolean')
    return undefined;
  if (!Array.isArray(planned) || !planned.every(isSettings)) return undefined;
  if (!Array.isArray(begun) || !begun.every(isText) || begun.length > planned.length) return undefined;
  return { id, corpus, column, allowLeftOut, planned, begun };
}

const isSettings = (value: unknown): value is TrainingSettings =>
  isFields(value) && settingsProblem(value) === undefined;

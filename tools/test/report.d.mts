import type { Counts } from './scheduler.mjs';

/** A line for each stage. `counts` is undefined where the stage did not run. */
export function stageTable(
  rows: readonly { title: string; ms: number; counts: Counts | undefined }[],
): string;

/** What failed, stage by stage, the first lines of each; an empty text where nothing did. */
export function failureList(rows: readonly { title: string; counts: Counts | undefined }[]): string;

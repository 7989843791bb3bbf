/** One circle of imports for each group of files that reach each other. See importCycles.mjs. */
export function importCycles(imports: ReadonlyMap<string, readonly string[]>): string[][];

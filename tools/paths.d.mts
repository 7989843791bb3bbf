export const root: string;
/** Absolute path of a file of the project. */
export function inProject(...parts: string[]): string;

/** The licence texts of the packages that files among the inputs of bundles belong to. See notices.mjs. */
export function noticesOf(inputs: readonly string[], root: string): string;

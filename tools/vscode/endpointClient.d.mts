/**
 * Asks for one action of endpoint.mjs, with its options.
 * @returns what it gives. @throws {Error} with what went wrong in the window.
 */
export function askWorkbench(action: string, options: object): Promise<unknown>;

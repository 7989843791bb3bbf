/**
 * Kernels are strings: gpu.js parses a function's source, and a minifier may rename or inline what it needs.
 * Sizes are literals in them, so that every loop's bound is known (an unknown one is silently cut at 1,000
 * iterations).
 */

/** Row and column of the thread's entry. */
export const row = 'this.thread.y';
export const column = 'this.thread.x';

/**
 * An integer argument that each kernel of webasm has besides its operands, and may assign to. gpu.js makes
 * floats of variables, and turning those into indexes costs half a product's time (docs/gpujs.md).
 */
export const counter = 'at';

/** The source with the counter as its last argument. */
export function withCounter(source: string): string {
  return source.replace(')', `, ${counter})`);
}

/** A kernel of the given operands. */
export function kernel(operands: readonly string[], ...statements: readonly string[]): string {
  return `function (${operands.join(', ')}) { ${statements.join(' ')} }`;
}

/**
 * Σ_{k<n} term(k), declared as `name`. Four partial sums: four independent chains, and a smaller rounding
 * error.
 * @param after a statement to follow each term.
 */
export function sum(name: string, n: number, term: (k: string) => string, after = ''): string {
  const unrolled = n - (n % 4);
  const parts = [0, 1, 2, 3].map((part) => `${name}${part}`);
  const add = (part: string, k: string): string => `${part} += ${term(k)}; ${after}`;
  const lines = parts.map((part) => `let ${part} = 0.0;`);
  if (unrolled > 0)
    lines.push(
      `for (let k = 0; k < ${unrolled}; k += 4) { ${parts.map((part, i) => add(part, i === 0 ? 'k' : `k + ${i}`)).join(' ')} }`,
    );
  for (let k = unrolled; k < n; k++) lines.push(add(parts[k - unrolled], String(k)));
  return `${lines.join(' ')} const ${name} = (${parts[0]} + ${parts[1]}) + (${parts[2]} + ${parts[3]});`;
}

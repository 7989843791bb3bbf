/**
 * Kernels are strings: gpu.js parses a function's source, and a minifier may rename or inline what it needs. Sizes are
 * literals in them, so that every loop's bound is known (an unknown one is silently cut at 1,000 iterations).
 */

/** Row and column of the thread's entry, in each kernel. Locals: JavaScript engines read them faster than this.thread. */
export const row = 'row';
export const column = 'column';

/** A kernel of the given operands. */
export function kernel(operands: readonly string[], ...statements: readonly string[]): string {
  const entry = `const ${column} = this.thread.x; const ${row} = this.thread.y;`;
  return `function (${operands.join(', ')}) { ${entry} ${statements.join(' ')} }`;
}

/** Σ_{k<n} term(k), declared as `name`. Four partial sums: four independent chains, and a smaller rounding error. */
export function sum(name: string, n: number, term: (k: string) => string): string {
  const unrolled = n - (n % 4);
  const parts = [0, 1, 2, 3].map((part) => `${name}${part}`);
  const lines = parts.map((part) => `let ${part} = 0.0;`);
  const step = parts.map((part, i) => `${part} += ${term(i === 0 ? 'k' : `k + ${i}`)};`);
  if (unrolled > 0) lines.push(`for (let k = 0; k < ${unrolled}; k += 4) { ${step.join(' ')} }`);
  for (let k = unrolled; k < n; k++) lines.push(`${parts[k - unrolled]} += ${term(String(k))};`);
  return `${lines.join(' ')} const ${name} = (${parts[0]} + ${parts[1]}) + (${parts[2]} + ${parts[3]});`;
}

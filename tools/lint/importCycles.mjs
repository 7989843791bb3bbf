// Finds imports that go in a circle. Imports of types count: two files that need each other's types are one
// thing in two places. (The rules that linters have for this leave types out.)

/**
 * The groups of files that reach each other by imports.
 * @param imports of each file, by its name.
 * @returns for each group one circle through it, its first file once more at the end, sorted.
 */
export function importCycles(imports) {
  return components(imports)
    .map((group) => circle(imports, group))
    .filter((cycle) => cycle !== undefined)
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
}

/** Strongly connected components (Tarjan 1972), each a set of files. */
function components(imports) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const onStack = new Set();
  const found = [];

  const visit = (file) => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    stack.push(file);
    onStack.add(file);
    for (const next of imports.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (onStack.has(next)) low.set(file, Math.min(low.get(file), low.get(next)));
    }
    if (low.get(file) !== index.get(file)) return;
    const group = new Set(stack.splice(stack.indexOf(file)));
    for (const member of group) onStack.delete(member);
    found.push(group);
  };

  for (const file of [...imports.keys()].sort()) if (!index.has(file)) visit(file);
  return found;
}

/** The shortest way from a group's first file back to itself, or undefined where there is none. */
function circle(imports, group) {
  const [first] = [...group].sort();
  const from = new Map();
  const queue = [first];
  for (const file of queue) {
    for (const next of imports.get(file) ?? []) {
      if (next === first) {
        const way = [first];
        for (let at = file; at !== first; at = from.get(at)) way.unshift(at);
        return [first, ...way];
      }
      if (!group.has(next) || from.has(next)) continue;
      from.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

import fc from 'fast-check';

type Fields = Record<string, unknown>;

/** JSON of which the value in one place, at whatever depth, is another, and the way to that place. */
export function replacedAnywhere(whole: object): fc.Arbitrary<{ whole: Fields; path: readonly string[] }> {
  const places = placesIn(JSON.parse(JSON.stringify(whole)));
  return fc.record({ path: fc.constantFrom(...places), value: anyJson }).map(({ path, value }) => {
    const copy = JSON.parse(JSON.stringify(whole)) as Fields;
    let part = copy;
    for (const name of path.slice(0, -1)) part = part[name] as Fields;
    part[path.at(-1)!] = value;
    return { whole: copy, path };
  });
}

/** Any JSON, and what looks like something else. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, true, -1, 0, 0.5, 1e300, '', '1', 'constructor', [], {}, [null], [[]]),
  fc.constantFrom<unknown>([['a', 1]], { 0: 'a', length: 1 }, { length: 1e15 }, '2025', '__proto__'),
);

function placesIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [
    [name],
    ...placesIn(part).map((path) => [name, ...path]),
  ]);
}

/** Texts beyond this length come once, mostly. */
const longest = 64;

/**
 * Works out what a text gives once, and remembers it. With `most` texts at hand it forgets them all. Longer texts
 * are worked out each time.
 */
export function remember<Value>(most: number, workOut: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    if (text.length > longest) return workOut(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const value = workOut(text);
    known.set(text, value);
    return value;
  };
}

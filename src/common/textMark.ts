/** Tells one text from others without keeping it: its length and 64 bits of a hash (cyrb53’s two halves). */
export interface TextMark {
  /** In UTF-16 units. */
  readonly length: number;
  readonly hash: string;
}

export function markOf(text: string): TextMark {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  const half = (part: number): string => (part >>> 0).toString(16).padStart(8, '0');
  return { length: text.length, hash: half(b) + half(a) };
}

export const sameMark = (a: TextMark, b: TextMark): boolean => a.length === b.length && a.hash === b.hash;

export function hasMark(text: string, mark: TextMark): boolean {
  return text.length === mark.length && markOf(text).hash === mark.hash;
}

const quote = 0x22;
const backslash = 0x5c;

/**
 * The value of JSON that nests at most `levels` deep. Deeper JSON is not tried: the parser takes gigabytes and
 * hours for hundred megabytes of opening brackets.
 * @throws {SyntaxError} where it is not JSON, or deeper.
 */
export function parseShallowJson(text: string, levels: number): unknown {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > levels) throw new SyntaxError(`JSON that nests more than ${levels} deep`);
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return JSON.parse(text);
}

/** Where a string's closing quotation mark is; the text's end where there is none. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** About how many bytes are parsed at once, how many a value may have, and how deep it may nest. */
const pieceBytes = 2 ** 16;
const longestValue = 2 ** 23;
const mostLevels = 64;

/** Some of the values of an array that is a member of the object. `first`: the array begins with them. */
export interface ArrayPiece {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly first: boolean;
}

/**
 * The arrays that a JSON object has as members, in pieces of some 64 kB: whoever takes them may rest in
 * between. Members that are no arrays are passed over. Takes linear time, and memory for one piece.
 * @throws {SyntaxError} where it is no JSON object, or a value in it is very long or nests very deep; what
 * comes before was given by then.
 */
export function* arraysInJson(json: Uint8Array): Generator<ArrayPiece, void> {
  const scanner = new Scanner(json);
  scanner.expect(openBrace);
  for (let more = scanner.peek() !== closeBrace; more; more = scanner.peek() === comma) {
    if (scanner.peek() === comma) scanner.at++;
    const name = scanner.name();
    scanner.expect(colon);
    if (scanner.peek() === openBracket) yield* scanner.array(name);
    else scanner.value();
  }
  scanner.expect(closeBrace);
  if (scanner.peek() !== undefined) throw new SyntaxError('something follows the JSON object');
}

class Scanner {
  at = 0;
  private readonly decoder = new TextDecoder();

  constructor(private readonly json: Uint8Array) {}

  /** The next byte that is no white space. */
  peek(): number | undefined {
    while ([0x20, 0x09, 0x0a, 0x0d].includes(this.json[this.at])) this.at++;
    return this.json[this.at];
  }

  expect(byte: number): void {
    if (this.peek() !== byte) throw new SyntaxError(`JSON is damaged at byte ${this.at}`);
    this.at++;
  }

  /** A member's name. */
  name(): string {
    if (this.peek() !== quote) throw new SyntaxError(`JSON is damaged at byte ${this.at}`);
    const start = this.at;
    this.string();
    return JSON.parse(this.decoder.decode(this.json.subarray(start, this.at))) as string;
  }

  /** Passes over a value that ends with the member. */
  value(): void {
    const start = this.at;
    while (this.part(start) === undefined) continue;
    this.parsed(start, this.at);
  }

  /** The values of an array, in pieces. */
  *array(name: string): Generator<ArrayPiece, void> {
    let from = ++this.at;
    let valueStart = from;
    let first = true;
    for (;;) {
      const end = this.part(valueStart);
      if (end === closeBrace) throw new SyntaxError(`JSON is damaged at byte ${this.at}`);
      if (end === closeBracket || (end === comma && this.at - from >= pieceBytes)) {
        yield { name, values: this.parsed(from, this.at), first };
        first = false;
        from = this.at + 1;
      }
      if (end !== undefined) valueStart = ++this.at;
      if (end === closeBracket) return;
    }
  }

  /**
   * Goes over a part of a value that began at `start`; the byte that ends the value, where it ends here.
   */
  private part(start: number): number | undefined {
    const byte = this.json[this.at];
    if (byte === comma || byte === closeBracket || byte === closeBrace) return byte;
    if (byte === openBracket || byte === openBrace) this.nested(start);
    else if (byte === quote) this.string(start);
    else this.step(start);
    return undefined;
  }

  /** Goes over an object or an array. */
  private nested(start: number): void {
    let level = 0;
    do {
      const byte = this.json[this.at];
      if (byte === quote) {
        this.string(start);
        continue;
      }
      if (byte === openBracket || byte === openBrace) level++;
      if (byte === closeBracket || byte === closeBrace) level--;
      if (level > mostLevels) throw new SyntaxError(`JSON that nests more than ${mostLevels} deep`);
      this.step(start);
    } while (level > 0);
  }

  private string(start = this.at): void {
    this.at++;
    while (this.json[this.at] !== quote) {
      if (this.json[this.at] === backslash) this.at++;
      this.step(start);
    }
    this.at++;
  }

  private step(start: number): void {
    if (this.at >= this.json.length) throw new SyntaxError('JSON ends too early');
    if (++this.at - start > longestValue)
      throw new SyntaxError(`a value of JSON is over ${longestValue} bytes`);
  }

  private parsed(from: number, to: number): unknown[] {
    return JSON.parse(`[${this.decoder.decode(this.json.subarray(from, to))}]`) as unknown[];
  }
}

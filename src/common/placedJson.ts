/** JSON of which each value knows where it stands in the text. */
import * as l10n from './l10n';

interface Placed {
  /** Where the value starts and ends in the text. */
  readonly start: number;
  readonly end: number;
}
export interface JsonText extends Placed {
  readonly kind: 'string';
  readonly value: string;
}
export interface JsonPlain extends Placed {
  readonly kind: 'plain';
  readonly value: number | boolean | null;
}
export interface JsonList extends Placed {
  readonly kind: 'list';
  readonly items: readonly JsonValue[];
}
export interface JsonObject extends Placed {
  readonly kind: 'object';
  readonly members: ReadonlyMap<string, JsonValue>;
}
export type JsonValue = JsonText | JsonPlain | JsonList | JsonObject;

/** JSON that nests deeper is refused. */
const mostLevels = 64;

const plainValue = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Reads the value that stands at a place of the text, white space before it aside; what follows is not looked
 * at. Of a key that an object has twice the last value counts.
 * @throws {SyntaxError} there is none, or it nests too deeply.
 */
export function readPlacedJson(text: string, at: number, until = text.length): JsonValue {
  return new PlacedReader(text, at, until).value(0);
}

/** Where white space ends. */
export function skipJsonSpace(text: string, at: number, until: number): number {
  let i = at;
  while (i < until && isSpace(text.charCodeAt(i))) i++;
  return i;
}

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

class PlacedReader {
  constructor(
    private readonly text: string,
    private at: number,
    private readonly until: number,
  ) {}

  value(level: number): JsonValue {
    this.space();
    const { text, at } = this;
    const sign = at < this.until ? text[at] : '';
    if (sign === '"') return this.string();
    if (level >= mostLevels && (sign === '{' || sign === '['))
      throw this.error(l10n.t('it nests too deeply'));
    if (sign === '{') return this.object(level);
    if (sign === '[') return this.list(level);
    plainValue.lastIndex = at;
    const match = plainValue.exec(text);
    if (!match || at + match[0].length > this.until) throw this.error(l10n.t('a value is missing'));
    this.at += match[0].length;
    return { kind: 'plain', start: at, end: this.at, value: JSON.parse(match[0]) as number | boolean | null };
  }

  private string(): JsonText {
    const { text, until, at: start } = this;
    let end = start + 1;
    while (end < until && text.charCodeAt(end) !== 34) {
      if (text.charCodeAt(end) === 10) throw this.error(l10n.t('a string is not closed'));
      end += text.charCodeAt(end) === 92 ? 2 : 1;
    }
    if (end >= until) throw this.error(l10n.t('a string is not closed'));
    this.at = end + 1;
    const value = JSON.parse(text.slice(start, this.at)) as string;
    return { kind: 'string', start, end: this.at, value };
  }

  private list(level: number): JsonList {
    const start = this.at++;
    const items: JsonValue[] = [];
    if (!this.takes(']'))
      do items.push(this.value(level + 1));
      while (this.goesOn(']'));
    return { kind: 'list', start, end: this.at, items };
  }

  private object(level: number): JsonObject {
    const start = this.at++;
    const members = new Map<string, JsonValue>();
    if (!this.takes('}'))
      do {
        this.space();
        if (this.text[this.at] !== '"') throw this.error(l10n.t('a key is missing'));
        const { value } = this.string();
        if (!this.takes(':')) throw this.error(l10n.t('“:” is missing'));
        members.set(value, this.value(level + 1));
      } while (this.goesOn('}'));
    return { kind: 'object', start, end: this.at, members };
  }

  /** Whether a comma stands here, and not the end. */
  private goesOn(end: string): boolean {
    if (this.takes(',')) return true;
    if (this.takes(end)) return false;
    throw this.error(l10n.t('“,” or “{0}” is missing', end));
  }

  private takes(sign: string): boolean {
    this.space();
    if (this.at >= this.until || this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private space(): void {
    this.at = skipJsonSpace(this.text, this.at, this.until);
  }

  private error(what: string): SyntaxError {
    return new SyntaxError(what);
  }
}

/**
 * For each UTF-16 unit of a string's value, and for its end, where in the text it stands: characters may be
 * written as escapes.
 */
export function placesInString(text: string, { start, end, value }: JsonText): (unit: number) => number {
  if (end - start - 2 === value.length) return (unit) => start + 1 + unit;
  const places = new Uint32Array(value.length + 1);
  let at = start + 1;
  for (let unit = 0; unit < value.length; unit++) {
    places[unit] = at;
    at += text.charCodeAt(at) !== 92 ? 1 : text[at + 1] === 'u' ? 6 : 2;
  }
  places[value.length] = at;
  return (unit) => places[unit];
}

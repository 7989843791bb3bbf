import type { Fields } from './keptFields';

/** Reads fields, and remembers which would not do. */
export class FieldReader {
  readonly damaged: string[] = [];

  constructor(readonly fields: Fields) {}

  /** A field that every record has. */
  read<Value>(name: string, isSound: (value: unknown) => value is Value, otherwise: Value): Value {
    const value = this.fields[name];
    if (isSound(value)) return value;
    this.damaged.push(name);
    return otherwise;
  }

  /** A field that may be missing; `parse` gives undefined for a damaged one. */
  optional<Value>(name: string, parse: (value: unknown) => Value | undefined): Value | undefined {
    const value = this.fields[name];
    if (value === undefined) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) this.damaged.push(name);
    return parsed;
  }
}

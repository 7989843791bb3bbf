/** Fields of what was remembered: any JSON may stand there. */

export type Fields = Readonly<Record<string, unknown>>;

/** The value's fields; none where it is no object. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A name that a person gave: more than white space. */
export function titleOf(value: unknown): string | undefined {
  const title = isText(value) ? value.trim() : '';
  return title === '' ? undefined : title;
}

/** A number from 0. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** A moment that can be read; and not a number or a word that JavaScript takes for one. */
export function isDate(value: unknown): value is string {
  return isText(value) && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
}

/** When something was made, by its folder's name: see `newRunId`. Long ago where that does not tell. */
export function createdOf(id: string): string {
  const date = id.replace(/^(.{10}T\d\d)-(\d\d)-(\d\d)-(\d{3}Z)-.*$/s, '$1:$2:$3.$4');
  return isDate(date) ? date : new Date(0).toISOString();
}

/** Labels that stand under a key in a field of several: `NER=B-PER` in CoNLL-U's MISC or FEATS. */
import { InputError } from '../../../common/errors';
import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { CorpusLayout } from '../../corpus';

/** Fields that hold keys with their values, and keys under which entities stand. */
const fields = ['FEATS', 'MISC'];
const entityKeys = ['Entity', 'NE', 'NER', 'name'];

/** In the order in which they become columns. */
const known = fields.flatMap((field) => entityKeys.map((key) => `${field}:${key}`));

/** Rows of each key that are looked at. */
const lookedAt = 50;

/** The layout of the rows alone, without the columns that are keys of a field. */
export function rowsOf(layout: CorpusLayout): CorpusLayout {
  const { keys = 0, ...rest } = layout;
  return keys === 0 ? layout : { ...rest, columns: layout.columns.slice(0, layout.columns.length - keys) };
}

/** Names of the columns that are keys of a field. */
export function keysOf({ columns, keys = 0 }: CorpusLayout): readonly string[] {
  return columns.slice(columns.length - keys);
}

/** The keys that any of some layouts has, in one order for all. */
export function allKeys(layouts: readonly CorpusLayout[]): string[] {
  const found = new Set(layouts.flatMap(keysOf));
  return [...known.filter((name) => found.delete(name)), ...[...found].sort()];
}

/** A layout with just these keys. */
export function withKeysOf(layout: CorpusLayout, names: readonly string[]): CorpusLayout {
  if (names.length === 0) return rowsOf(layout);
  const rows = rowsOf(layout);
  return { ...rows, columns: [...rows.columns, ...names], keys: names.length };
}

/** Where a column's values stand: the position of the field, and the key in it. */
export interface KeyPlace {
  readonly field: number;
  readonly key: string;
}

/** The place of a column by its position; undefined for one that has a field of its own. */
export function keyPlace({ columns, keys = 0 }: CorpusLayout, column: number): KeyPlace | undefined {
  if (column < columns.length - keys) return undefined;
  const name = columns[column];
  const colon = name.indexOf(':');
  return { field: columns.indexOf(name.slice(0, colon)), key: name.slice(colon + 1) };
}

/** A layout with a column for each key of entities that stands in a text; brackets across tokens are none. */
export function withKeys(text: string, layout: CorpusLayout): CorpusLayout {
  const seen = new Map<string, { rows: number; brackets: number }>();
  for (const match of text.matchAll(/[\t|](Entity|NE|NER|name)=([^\t|\r\n]+)/g)) {
    const { index, 1: key, 2: value } = match;
    const field = layout.columns[fieldAt(text, index)];
    const name = `${field}:${key}`;
    const own = seen.get(name) ?? { rows: 0, brackets: 0 };
    if (!fields.includes(field) || own.rows >= lookedAt) continue;
    seen.set(name, { rows: own.rows + 1, brackets: own.brackets + (/[()]/.test(value) ? 1 : 0) });
  }
  const found = known.filter((name) => !layout.columns.includes(name) && seen.get(name)?.brackets === 0);
  return withKeysOf(layout, found);
}

/** A layout with a column for a key as well, where one of its fields can hold that. */
export function withKey(layout: CorpusLayout, name: string): CorpusLayout {
  const field = name.slice(0, Math.max(0, name.indexOf(':')));
  const { columns, kind, keys = 0 } = layout;
  const fits =
    kind === 'conllu' && fields.includes(field) && columns.includes(field) && !columns.includes(name);
  return fits ? { ...layout, columns: [...columns, name], keys: keys + 1 } : layout;
}

/** The line, from 0, of the first row whose entities are brackets across tokens; undefined where there is none. */
export function bracketLine(text: string): number | undefined {
  const match = /[\t|]Entity=[^\t|\r\n]{0,200}[()]/.exec(text);
  return match ? text.slice(0, match.index).split(/\r\n|\r|\n/).length - 1 : undefined;
}

/** The field of a row that a sign stands in, or before; −1 on a comment. */
function fieldAt(text: string, at: number): number {
  let count = text[at] === '\t' ? 1 : 0;
  let i = at - 1;
  for (; i >= 0 && text[i] !== '\n' && text[i] !== '\r'; i--) if (text[i] === '\t') count++;
  return text[i + 1] === '#' ? -1 : count;
}

/** The value of a key in a field; `O` where it has none. */
export function valueOfKey(field: string, key: string): string {
  const item = field.split('|').find((part) => part.startsWith(`${key}=`));
  return item === undefined || item.length === key.length + 1 ? 'O' : item.slice(key.length + 1);
}

/**
 * A field with another value of a key; everything else in it stays.
 *
 * @param writesOutside whether `O` is written, too.
 * @throws {InputError} the value would end the item.
 */
export function withValue(field: string, key: string, value: string, writesOutside: boolean): string {
  if (valueOfKey(field, key) === value) return field;
  if (value === '' || /[|\t\r\n ]/.test(value))
    throw new InputError(
      l10n.t(
        'The model’s label “{0}” is empty or holds a space or a “|”, so it cannot be written behind {1}=.',
        shownName(value),
        key,
      ),
      { hint: l10n.t('Use another model, or train it again from a corpus without such labels.') },
    );
  const items = field === '_' ? [] : field.split('|');
  const at = items.findIndex((part) => part.startsWith(`${key}=`));
  const own = value === 'O' && !writesOutside ? [] : [`${key}=${value}`];
  items.splice(at < 0 ? items.length : at, at < 0 ? 0 : 1, ...own);
  return items.length === 0 ? '_' : items.join('|');
}

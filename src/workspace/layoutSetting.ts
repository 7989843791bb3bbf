/** The setting `rnnTagger.corpora.layouts`: what a person says of how files are laid out, by glob patterns. */
import { shownName } from '../common/shownText';
import { isWordName, readDelimiter, readScheme } from '../corpus/formats/rows/statedLayout';
import type { StatedLayout } from '../corpus/formats/rows/statedLayout';
import { matchesGlob } from './globMatch';
import { mostGlobs, readGlobs } from './globs';
import type { LeftOutGlob } from './globs';

export interface LayoutRule {
  readonly glob: string;
  readonly stated: StatedLayout;
}

export interface LayoutSetting {
  readonly rules: readonly LayoutRule[];
  readonly leftOut: readonly LeftOutGlob[];
  /** Values that will not do, each with what would: their rules are left out. */
  readonly wrong: readonly WrongLayout[];
}

export interface WrongLayout {
  readonly glob: string;
  readonly field: LayoutField | undefined;
  readonly value: string;
}

export type LayoutField = keyof StatedLayout;

/** The manifest has these bounds too. */
const mostColumns = 100;
const longestName = 100;
const longestComment = 20;

const readers: { readonly [Field in LayoutField]: (value: unknown) => StatedLayout[Field] } = {
  columns: readColumns,
  delimiter: (value) => (typeof value === 'string' ? readDelimiter(value) : undefined),
  header: (value) => (typeof value === 'boolean' ? value : undefined),
  comment: (value) => (typeof value === 'string' && value.length <= longestComment ? value : undefined),
  scheme: (value) => (typeof value === 'string' ? readScheme(value) : undefined),
  encoding: readEncoding,
};

/** Whatever the setting's value is. */
export function readLayouts(value: unknown): LayoutSetting {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { rules: [], leftOut: [], wrong: [] };
  const given = value as Readonly<Record<string, unknown>>;
  const { globs, leftOut } = readGlobs(Object.keys(given));
  const rules: LayoutRule[] = [];
  const wrong: WrongLayout[] = [];
  for (const glob of globs) {
    const read = readStated(glob, given[glob]);
    if ('stated' in read) rules.push(read);
    else if (wrong.length < mostGlobs) wrong.push(read);
  }
  return { rules, leftOut, wrong };
}

function readStated(glob: string, value: unknown): LayoutRule | WrongLayout {
  const refuse = (field: LayoutField | undefined, of: unknown): WrongLayout => ({
    glob,
    field,
    value: shownName(JSON.stringify(of) ?? String(of), 80),
  });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(undefined, value);
  const stated: Record<string, unknown> = {};
  for (const [field, given] of Object.entries(value)) {
    if (given === null || given === undefined) continue;
    if (!Object.hasOwn(readers, field)) return refuse(undefined, { [field]: given as unknown });
    const read = readers[field as LayoutField](given);
    if (read === undefined) return refuse(field as LayoutField, given);
    stated[field] = read;
  }
  return { glob, stated };
}

function readColumns(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostColumns) return undefined;
  const names = value.filter(
    (name): name is string => typeof name === 'string' && name !== '' && name.length <= longestName,
  );
  return names.length === value.length && names.some(isWordName) ? names : undefined;
}

function readEncoding(value: unknown): string | undefined {
  try {
    return typeof value === 'string' ? new TextDecoder(value).encoding : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What is said of a file: of several patterns that match it, each later one over those before.
 *
 * @param path below its workspace folder, with `/`, without the folder's name.
 */
export function statedFor(rules: readonly LayoutRule[], path: string): StatedLayout | undefined {
  const said = rules.filter(({ glob }) => matchesGlob(glob, path));
  return said.length > 0 ? Object.assign({}, ...said.map(({ stated }) => stated)) : undefined;
}

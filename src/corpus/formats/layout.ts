import type { CorpusLayout, LabelScheme } from '../corpus';
import { labelSchemes } from '../labels/notation';
import { formatOf, formats } from './index';

/**
 * The column that a person means by its name, in any case, or by its number, from 1; undefined if there is
 * none such. A name goes before a number.
 */
export function findColumn(layout: CorpusLayout, nameOrNumber: string): string | undefined {
  const wanted = nameOrNumber.trim();
  const named =
    layout.columns.find((name) => name === wanted) ??
    layout.columns.find((name) => name.toUpperCase() === wanted.toUpperCase());
  if (named !== undefined) return named;
  return /^\d+$/.test(wanted) ? layout.columns[Number(wanted) - 1] : undefined;
}

/** What files of one corpus have in common: see {@link CorpusFormat.signature}. */
export function signatureOf(layout: CorpusLayout): string {
  return formatOf(layout).signature(layout);
}

/** One layout for files of one signature: the names that most tokens go by. */
export function commonLayout(
  files: readonly { readonly layout: CorpusLayout; readonly tokens: number }[],
): CorpusLayout {
  const byNames = new Map<string, { layout: CorpusLayout; tokens: number }>();
  for (const { layout, tokens } of files) {
    const key = `${layout.columns.join(',')}${layout.separator}`;
    const known = byNames.get(key);
    if (known) known.tokens += tokens;
    else byNames.set(key, { layout, tokens });
  }
  return [...byNames.values()].reduce((best, entry) => (entry.tokens > best.tokens ? entry : best)).layout;
}

const switches = ['quoted', 'mixed', 'loneLabels', 'cut', 'emptyOutside', 'positionDigits'] as const;

function isKeyCount(keys: unknown, names: readonly string[]): keys is number {
  return (
    Number.isInteger(keys) &&
    (keys as number) > 0 &&
    (keys as number) < names.length &&
    names
      .slice(names.length - (keys as number))
      .every((name) => names.includes(name.slice(0, name.indexOf(':'))))
  );
}

/** A layout as a model file gives it; undefined for what none of the formats could have written. */
export function parseLayout(json: Readonly<Record<string, unknown>>): CorpusLayout | undefined {
  const { kind, columns: names, form, separator, header, comment, sentence, scheme, keys } = json;
  if (typeof kind !== 'string' || !formats.some(({ id }) => id === kind)) return undefined;
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) return undefined;
  if (typeof form !== 'number' || names[form] === undefined) return undefined;
  if (separator !== undefined && (typeof separator !== 'string' || separator.length !== 1)) return undefined;
  const isHeader = Array.isArray(header) && header.every((cell) => typeof cell === 'string');
  return {
    kind,
    columns: names,
    form,
    ...(separator !== undefined && { separator }),
    ...(isHeader && { header }),
    ...(typeof comment === 'string' && { comment }),
    ...(typeof sentence === 'number' && names[sentence] !== undefined && { sentence }),
    ...(isKeyCount(keys, names) && { keys }),
    ...(labelSchemes.includes(scheme as LabelScheme) && { scheme: scheme as LabelScheme }),
    ...Object.fromEntries(switches.filter((name) => json[name] === true).map((name) => [name, true])),
  };
}

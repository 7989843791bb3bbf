/** The options by which a person says how rows are laid out. */
import { isWordName, readDelimiter, readScheme } from '../corpus/formats/rows/statedLayout';
import type { StatedLayout } from '../corpus/formats/rows/statedLayout';
import { UsageError } from './usageError';

/** As `parseArgs` takes them. */
export const statedOptions = {
  columns: { type: 'string' },
  delimiter: { type: 'string' },
  header: { type: 'string' },
  comment: { type: 'string' },
  scheme: { type: 'string' },
  encoding: { type: 'string' },
} as const;

export const statedHelp = `  --columns "NAMES"     names of all columns in their order: form for the word, id, _ for what does not matter
  --delimiter C         what parts columns: tab, space, comma or another sign
  --header yes|no       whether the first row names the columns
  --comment SIGN        what comments begin with (default: #; "": there are none)
  --scheme NAME         how labels mark spans: IOB1, IOB2, IOE1, IOE2, IOBES, IO (types alone) or none
  --encoding NAME       such as latin1 or utf-16le (default: utf-8)`;

/**
 * What was said; undefined where nothing was.
 * @throws {UsageError} with the option whose value will not do.
 */
export function readStated(
  values: Partial<Record<keyof typeof statedOptions, string>>,
): StatedLayout | undefined {
  const stated: StatedLayout = {
    columns: readOption(
      '--columns',
      values.columns,
      readColumns,
      'the names of all columns, one of them form',
    ),
    delimiter: readOption(
      '--delimiter',
      values.delimiter,
      readDelimiter,
      'tab, space, comma or one other sign',
    ),
    header: readOption('--header', values.header, (text) => ({ yes: true, no: false })[text], 'yes or no'),
    comment: values.comment,
    scheme: readOption('--scheme', values.scheme, readScheme, 'IOB1, IOB2, IOE1, IOE2, IOBES, IO or none'),
    encoding: readOption(
      '--encoding',
      values.encoding,
      readEncoding,
      'the name of an encoding, such as latin1',
    ),
  };
  const said = Object.entries(stated).filter(([, value]) => value !== undefined);
  return said.length > 0 ? Object.fromEntries(said) : undefined;
}

function readOption<T>(
  option: string,
  text: string | undefined,
  read: (text: string) => T | undefined,
  what: string,
): T | undefined {
  if (text === undefined) return undefined;
  const value = read(text);
  if (value === undefined) throw new UsageError(`${option} takes ${what}, not ${JSON.stringify(text)}.`);
  return value;
}

function readColumns(text: string): readonly string[] | undefined {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  return names.some(isWordName) ? names : undefined;
}

function readEncoding(text: string): string | undefined {
  try {
    return new TextDecoder(text).encoding;
  } catch {
    return undefined;
  }
}

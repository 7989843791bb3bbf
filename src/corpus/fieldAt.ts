/** Which field of a row a place is in, as the reader of the corpus reads that row. */
import type { CorpusFile, CorpusLayout } from './corpus';
import { formatOf } from './formats';
import { CorpusFileBuilder } from './formats/corpusFileBuilder';
import { fieldValue, parseRowId, splitFields } from './formats/rows/fields';
import { ProblemList } from './problems';

/** A field of a row. */
export interface CorpusField {
  /** Position of its column in the layout. */
  readonly index: number;
  readonly value: string;
  /** Where it stands on its line, in UTF-16 units; the end is exclusive. */
  readonly startColumn: number;
  readonly endColumn: number;
}

/** Longer lines are no rows that a person reads. */
const longestRow = 100_000;

/**
 * The field of a line that a UTF-16 column is in, its end included. Undefined for what is no row, and for
 * formats without rows.
 */
export function fieldAt(line: string, layout: CorpusLayout, column: number): CorpusField | undefined {
  if (layout.separator === undefined || line.length > longestRow) return undefined;
  const found = fieldsOf(line, layout).find(
    ({ startColumn, endColumn }) => startColumn <= column && column <= endColumn,
  );
  return found && found.startColumn < found.endColumn ? found : undefined;
}

function fieldsOf(line: string, layout: CorpusLayout): CorpusField[] {
  const numbered = fieldsWithoutWord(line, layout);
  if (numbered) return numbered;
  const problems = new ProblemList('');
  const builder = new CorpusFileBuilder('', layout, [layout.form]);
  // A line alone has no sentence before it, so a column that numbers sentences does not matter.
  formatOf(layout).read(line, layout, builder, problems);
  return fieldsOfTokens(line, builder.finish(problems));
}

/** The fields of rows that are no tokens: ranges (`1-2`) and empty nodes (`8.1`). */
function fieldsWithoutWord(line: string, layout: CorpusLayout): CorpusField[] | undefined {
  if (layout.columns[0] !== 'ID') return undefined;
  const bounds: number[] = [];
  const { length } = layout.columns;
  if (splitFields(line, 0, line.length, layout, bounds) !== length) return undefined;
  const { kind } = parseRowId(line, bounds[0], bounds[1]);
  if (kind !== 'range' && kind !== 'empty') return undefined;
  return layout.columns.map((_, i) => fieldOf(line, i, bounds[2 * i], bounds[2 * i + 1]));
}

function fieldsOfTokens(line: string, file: CorpusFile): CorpusField[] {
  const { columns, form } = file.layout;
  const format = formatOf(file.layout);
  const ends = columns.map((name) => format.labelEnds(line, file, name));
  return Array.from({ length: file.tokens }, (_, token) => {
    let before = token === 0 ? 0 : Math.max(...ends.map((all) => all[token - 1]));
    return columns.map((_name, i): CorpusField => {
      const end = ends[i][token];
      const start = i === form ? file.startColumn[token] : fieldStart(line, before, end, file.layout);
      before = end;
      const field = fieldOf(line, i, start, end);
      return { ...field, value: fieldValue(line, start, end, file.layout.quoted) };
    });
  }).flat();
}

/** Where a field begins that ends here: behind what parts it from the one before. */
function fieldStart(line: string, before: number, end: number, layout: CorpusLayout): number {
  const { separator, mixed, quoted, kind } = layout;
  const isBorder = (character: string): boolean =>
    separator === ' ' || (mixed && kind !== 'inline')
      ? character === ' ' || character === '\t'
      : character === separator;
  if (quoted) {
    let start = before;
    while (start < end && (line[start] === '"' || line[start] === separator || line[start] === ' ')) start++;
    return start;
  }
  let start = end;
  while (start > before && !isBorder(line[start - 1])) start--;
  while (start < end && line[start] === ' ') start++;
  return start;
}

function fieldOf(line: string, index: number, startColumn: number, endColumn: number): CorpusField {
  return { index, value: line.slice(startColumn, endColumn), startColumn, endColumn };
}

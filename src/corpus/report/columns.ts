/** What each column of a file was taken for, and by what. */
import { formatCount } from '../../common/figures';
import { shownName } from '../../common/shownText';
import type { CorpusFile, CorpusLayout } from '../corpus';
import { formatOf } from '../formats';
import { readColumns } from '../formats/rows/columnRoles';
import type { ColumnReading } from '../formats/rows/columnRoles';
import type { ColumnStatistics } from '../formats/rows/columnStatistics';
import { surveyRows } from '../formats/rows/rowSurvey';
import { isWordName } from '../formats/rows/statedLayout';
import type { ReportedColumn } from './corpusReport';

/** @param text the file's. */
export function describeColumns(layout: CorpusLayout, file: CorpusFile, text: string): ReportedColumn[] {
  const survey =
    formatOf(layout).columnNames === 'guessed' && layout.separator !== undefined
      ? surveyRows(text, layout.separator)
      : undefined;
  if (!survey || survey.width !== layout.columns.length) return describeByName(layout, file);
  if (layout.header) survey.columns.forEach((column, i) => column.remove(layout.header![i]));
  const readings = readColumns(survey, layout.header);
  return layout.columns.map((name, i) => {
    const column = survey.columns[i];
    if (!column) return { name, role: 'not looked at', why: 'there are very many columns' };
    const role = i === layout.form ? 'word' : readings[i].role === 'word' ? 'other' : readings[i].role;
    return { name, role: roleName(role), why: reason(role, column, isNamed(layout, name)) };
  });
}

/** A name that was read or given, not one that was made up. */
function isNamed({ header }: CorpusLayout, name: string): boolean {
  return header !== undefined && header.some((cell) => cell.trim() === name || isWordName(cell));
}

function roleName(role: ColumnReading['role']): string {
  return role === 'chunks' ? 'spans (phrases)' : role === 'other' ? 'no labels' : role;
}

function differentValues(count: number): string {
  return count === 1 ? 'one value' : `${formatCount(count)} different values`;
}

const shownValues = 4;

function reason(role: ColumnReading['role'], column: ColumnStatistics, named: boolean): string {
  const values = [...column.values()]
    .sort((a, b) => b[1] - a[1])
    .slice(0, shownValues)
    .map(([value]) => shownName(value, 20));
  const distinct = `${column.isOpen ? 'over ' : ''}${differentValues(column.distinct)}`;
  const examples = values.length > 0 ? `, such as ${values.join(' ')}` : '';
  switch (role) {
    case 'word number':
      return 'it counts the words of each sentence';
    case 'sentence number':
      return 'its number stays the same through each sentence, and rises';
    case 'word':
      return `${named ? 'named so in the header; ' : ''}${distinct}${examples}`;
    case 'spans':
    case 'chunks':
      return `its values read as span labels: ${values.join(' ')}`;
    case 'notes':
      return `it holds name=value: ${values.join(' ')}`;
    case 'numbers':
      return `numbers${examples}`;
    case 'constant':
      return values.length > 0 ? `“${values[0]}” in all rows` : 'empty in all rows';
    case 'tags':
    case 'other':
      return `${distinct}${examples}`;
  }
}

/** By the names of a format whose columns have names of their own, or which has no rows. */
function describeByName(layout: CorpusLayout, file: CorpusFile): ReportedColumn[] {
  const { labelColumns, description } = formatOf(layout);
  return layout.columns.map((name, i) => {
    const values = file.columns.find((column) => column.name === name)?.values;
    const role =
      i === layout.form
        ? 'word'
        : labelColumns.includes(name)
          ? 'tags'
          : values
            ? 'may be labels'
            : 'no labels';
    const count = values ? `; ${differentValues(values.length)}` : '';
    return { name, role, why: `named so by ${description}${count}` };
  });
}

/** Where sentences end, in words. */
export function describeSentenceEnds(layout: CorpusLayout, text: string): string {
  if (layout.sentence !== undefined)
    return `where the number in ${shownName(layout.columns[layout.sentence])} changes`;
  if (layout.loneLabels) return 'at rows with the last field alone';
  if (layout.cut) return 'behind full stops and their like: there are no blank lines';
  if (layout.separator === undefined) return 'as the format says';
  const numbered = layout.columns[0] === 'ID' && !/\n[ \t]*\r?\n[ \t]*\S/.test(text);
  return numbered ? 'where the numbers begin again' : 'at blank lines';
}

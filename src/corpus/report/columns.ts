/** What each column of a file was taken for, and by what. */
import { formatCount } from '../../common/figures';
import * as l10n from '../../common/l10n';
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
    if (!column) return { name, role: l10n.t('not looked at'), why: l10n.t('there are very many columns') };
    const role = i === layout.form ? 'word' : readings[i].role === 'word' ? 'other' : readings[i].role;
    return { name, role: roleName(role), why: reason(role, column, isNamed(layout, name)) };
  });
}

/** A name that was read or given, not one that was made up. */
function isNamed({ header }: CorpusLayout, name: string): boolean {
  return header !== undefined && header.some((cell) => cell.trim() === name || isWordName(cell));
}

function roleName(role: ColumnReading['role']): string {
  switch (role) {
    case 'word number':
      return l10n.t('word number');
    case 'sentence number':
      return l10n.t('sentence number');
    case 'word':
      return l10n.t('word');
    case 'spans':
      return l10n.t('spans');
    case 'chunks':
      return l10n.t('spans (phrases)');
    case 'notes':
      return l10n.t('notes');
    case 'numbers':
      return l10n.t('numbers');
    case 'constant':
      return l10n.t('constant');
    case 'tags':
      return l10n.t('tags');
    case 'other':
      return l10n.t('no labels');
  }
}

function differentValues(count: number, isOpen = false): string {
  if (isOpen) return l10n.t('over {0} different values', formatCount(count));
  return count === 1 ? l10n.t('one value') : l10n.t('{0} different values', formatCount(count));
}

const shownValues = 4;

function reason(role: ColumnReading['role'], column: ColumnStatistics, named: boolean): string {
  const values = [...column.values()]
    .sort((a, b) => b[1] - a[1])
    .slice(0, shownValues)
    .map(([value]) => shownName(value, 20));
  const withExamples = (what: string): string =>
    values.length > 0 ? l10n.t('{0}, such as {1}', what, values.join(' ')) : what;
  const distinct = differentValues(column.distinct, column.isOpen);
  switch (role) {
    case 'word number':
      return l10n.t('it counts the words of each sentence');
    case 'sentence number':
      return l10n.t('its number stays the same through each sentence, and rises');
    case 'word':
      return named ? l10n.t('named so in the header; {0}', withExamples(distinct)) : withExamples(distinct);
    case 'spans':
    case 'chunks':
      return l10n.t('its values read as span labels: {0}', values.join(' '));
    case 'notes':
      return l10n.t('it holds name=value: {0}', values.join(' '));
    case 'numbers':
      return withExamples(l10n.t('numbers'));
    case 'constant':
      return values.length > 0 ? l10n.t('“{0}” in all rows', values[0]) : l10n.t('empty in all rows');
    case 'tags':
    case 'other':
      return withExamples(distinct);
  }
}

/** By the names of a format whose columns have names of their own, or which has no rows. */
function describeByName(layout: CorpusLayout, file: CorpusFile): ReportedColumn[] {
  const { labelColumns, description } = formatOf(layout);
  return layout.columns.map((name, i) => {
    const values = file.columns.find((column) => column.name === name)?.values;
    const role =
      i === layout.form
        ? l10n.t('word')
        : labelColumns.includes(name)
          ? l10n.t('tags')
          : values
            ? l10n.t('may be labels')
            : l10n.t('no labels');
    const named = l10n.translated(description);
    const why = values
      ? l10n.t('named so by {0}; {1}', named, differentValues(values.length))
      : l10n.t('named so by {0}', named);
    return { name, role, why };
  });
}

/** Where sentences end, in words. */
export function describeSentenceEnds(layout: CorpusLayout, text: string): string {
  if (layout.sentence !== undefined)
    return l10n.t('where the number in {0} changes', shownName(layout.columns[layout.sentence]));
  if (layout.loneLabels) return l10n.t('at rows with the last field alone');
  if (layout.cut) return l10n.t('behind full stops and their like: there are no blank lines');
  if (layout.separator === undefined) return l10n.t('as the format says');
  const numbered = layout.columns[0] === 'ID' && !/\n[ \t]*\r?\n[ \t]*\S/.test(text);
  return numbered ? l10n.t('where the numbers begin again') : l10n.t('at blank lines');
}

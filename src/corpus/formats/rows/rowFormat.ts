import type { CorpusLayout } from '../../corpus';
import type { CorpusFormat } from '../format';
import { readRows } from './rowReader';
import type { RowRules } from './rowReader';
import { readRowSpacing } from './rowSpacing';
import { labelFieldEnds, writeRowLabels } from './rowWriter';

/** What is particular to one format among those with one token a row. */
export type RowFormat = Pick<CorpusFormat, 'id' | 'description' | 'endings'> &
  Partial<
    Pick<CorpusFormat, 'fileNames' | 'columnNames' | 'labelColumns' | 'sniff' | 'fits' | 'signature'>
  > & {
    /** Names of the columns, FORM among them. Left out by a format that brings its own `sniff`. */
    readonly columns?: readonly string[];
    /** Tab, unless said otherwise. */
    readonly separator?: CorpusLayout['separator'];
    readonly rules?: Partial<RowRules>;
  };

/**
 * A format with one token a row and blank lines between sentences. With no more than an id, endings and names
 * of columns, files are recognised by their names, `#` begins a comment, and ID, where there is such a
 * column, counts the words of a sentence from 1.
 */
export function rowFormat(format: RowFormat): CorpusFormat {
  const { id, columns = ['FORM', 'LABEL'], separator = '\t' } = format;
  const layout: CorpusLayout = { kind: id, columns, form: columns.indexOf('FORM'), separator };
  const rules: RowRules = { comments: 'anywhere', countsFromZero: false, ...format.rules };
  return {
    fileNames: [],
    columnNames: 'given',
    tokenPerLine: true,
    labelColumns: [],
    sniff: (_, known) => (known === 'named' ? layout : undefined),
    signature: ({ columns: names }) => `${id}:${names.join(',')}`,
    ...format,
    read: (text, itsLayout, builder, problems) => readRows(text, itsLayout, rules, builder, problems),
    spacing: readRowSpacing,
    writeLabels: writeRowLabels,
    labelEnds: labelFieldEnds,
  };
}

/** What would mend a row that cannot be read, where one way is right. */
import * as l10n from '../../../common/l10n';
import type { ProblemFix } from '../../../common/problem';
import type { CorpusLayout } from '../../corpus';

/** Longer rows are not mended. */
const longestRow = 2000;

/** Of CoNLL-U, which writes `_` for no value, a row needs so many fields to be told by them. */
const fewestOfTreebank = 4;

type Fix = { readonly fix?: ProblemFix };

/** For a row with another number of fields than the file's columns. */
export function fixOfWidth(row: string, fields: number, layout: CorpusLayout): Fix {
  const { columns, separator = '\t', kind, quoted } = layout;
  if (row.length > longestRow || quoted) return {};
  const missing = columns.length - fields;
  if (separator === '\t') {
    const words = row.trim().split(/ *\t *| +/);
    const isSpaced = words.length === columns.length && / /.test(row) && missing !== 0;
    if (isSpaced)
      return { fix: { from: row, to: [words.join('\t')], does: l10n.t('Part the columns by tabs') } };
    const filled = row.split('\t').filter((field) => field !== '');
    if (missing < 0 && filled.length === columns.length)
      return { fix: { from: row, to: [filled.join('\t')], does: l10n.t('Remove the empty columns') } };
  }
  if (missing < 1 || (separator === '\t' && / /.test(row) && / {2,}|\S \S+ \S/.test(row))) return {};
  if (kind === 'conllu' && columns[0] === 'ID')
    return isBeginOfTreebankRow(row, fields)
      ? { fix: { to: [`${separator}_`.repeat(missing)], does: l10n.t('Fill the missing columns with _') } }
      : {};
  return missing === 1 ? { fix: { to: [`${separator}O`] } } : {};
}

/** For a row of which a field is empty. */
export function fixOfEmptyField(row: string, column: number, layout: CorpusLayout): Fix {
  const { columns, separator = '\t', kind, quoted } = layout;
  if (row.length > longestRow || quoted || separator === ' ') return {};
  if (kind === 'conllu' && columns[0] === 'ID') {
    const fields = row.split(separator);
    if (fields.length !== columns.length || fields[0] === '' || fields[layout.form] === '') return {};
    const to = fields.map((field) => (field.trim() === '' ? '_' : field)).join(separator);
    return { fix: { from: row, to: [to], does: l10n.t('Fill the empty columns with _') } };
  }
  const isLast = column === columns.length - 1 && column !== layout.form && row.endsWith(separator);
  return isLast ? { fix: { to: ['O'] } } : {};
}

/** Whether a fix labels a token with O, which is right only where the last column marks spans. */
export function addsOutside({ from, to }: ProblemFix): boolean {
  return from === undefined && to[0].endsWith('O');
}

/** Whether what there is of a row is its beginning, as far as its fields tell: HEAD is a number, DEPS has heads. */
function isBeginOfTreebankRow(row: string, fields: number): boolean {
  const [id, , , upos, , , head, deprel, deps] = row.split('\t') as (string | undefined)[];
  if (fields < fewestOfTreebank || !/^\d+$/.test(id ?? '') || !/^(?:[A-Z]+|_)$/.test(upos ?? ''))
    return false;
  return (
    (fields < 7 || /^(?:\d+|_)$/.test(head ?? '')) &&
    (fields < 8 || !deprel?.includes('=')) &&
    (fields < 9 || /^(?:_|\d+(?:\.\d+)?:.+)$/.test(deps ?? ''))
  );
}

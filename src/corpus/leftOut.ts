/** Rows of a file that could not be read: how they are told, and how many are too many. */
import { formatCount } from '../common/figures';
import * as l10n from '../common/l10n';
import type { Problem } from '../common/problem';
import type { Corpus, CorpusFile, LeftOutRows } from './corpus';

/** A file of which more than this share is left out is trained on only where a person agrees. */
const toleratedShare = 0.02;

const reasons: Readonly<Record<string, string>> = {
  'too-few-columns': l10n.t('with too few columns'),
  'too-many-columns': l10n.t('with too many columns'),
  'empty-column': l10n.t('with an empty column'),
  'bad-id': l10n.t('whose number is none'),
  'no-tag': l10n.t('without a tag'),
  'bad-json': l10n.t('not in JSON'),
  'no-text': l10n.t('without a text'),
  'no-labels': l10n.t('without labels'),
  'bad-list': l10n.t('whose lists have different lengths'),
};

/**
 * `12 of 260 rows are left out: 12 with too few columns (the first is line 213).` Of records: `About 12 of 260
 * tokens are left out: 1 record not in JSON (the first is line 213).`
 */
export function describeLeftOut({ tokens, leftOut }: Pick<CorpusFile, 'tokens' | 'leftOut'>): string {
  const inRecords = leftOut.kinds.some(({ records }) => records !== undefined);
  const kinds = leftOut.kinds.map(({ code, rows, records, line }) => {
    const reason = reasons[code] ?? code;
    const first = formatCount(line + 1);
    if (records === 1) return l10n.t('1 record {0} (the first is line {1})', reason, first);
    if (records !== undefined)
      return l10n.t('{0} records {1} (the first is line {2})', formatCount(records), reason, first);
    return l10n.t('{0} {1} (the first is line {2})', formatCount(rows), reason, first);
  });
  const { rows } = leftOut;
  const counts = [formatCount(rows), formatCount(tokens + rows), kinds.join(', ')] as const;
  if (inRecords)
    return rows === 1
      ? l10n.t('About {0} of {1} tokens is left out: {2}.', ...counts)
      : l10n.t('About {0} of {1} tokens are left out: {2}.', ...counts);
  return rows === 1
    ? l10n.t('{0} of {1} rows is left out: {2}.', ...counts)
    : l10n.t('{0} of {1} rows are left out: {2}.', ...counts);
}

/** The same as a problem of the file; undefined where nothing is left out. */
export function leftOutProblem(file: CorpusFile): Problem | undefined {
  const [first] = file.leftOut.kinds;
  if (!first) return undefined;
  return {
    file: file.file,
    line: Math.min(...file.leftOut.kinds.map(({ line }) => line)),
    startColumn: 0,
    endColumn: 0,
    severity: 'warning',
    code: 'rows-left-out',
    message: describeLeftOut(file),
  };
}

/** Whether so much of a file is left out that what is learned may not be what was meant. */
export function leavesOutMuch(tokens: number, leftOut: LeftOutRows['rows']): boolean {
  return leftOut > toleratedShare * (tokens + leftOut);
}

/** The files of a corpus of which so much is left out, the worst first. */
export function filesLeftOut({ files }: Corpus): Corpus['files'] {
  const share = ({ tokens, leftOut }: Corpus['files'][number]): number => leftOut / (tokens + leftOut);
  return files
    .filter(({ tokens, leftOut }) => leavesOutMuch(tokens, leftOut))
    .sort((a, b) => share(b) - share(a));
}

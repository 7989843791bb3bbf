/** Rows of a file that could not be read: how they are told, and how many are too many. */
import { formatCount } from '../common/figures';
import type { Problem } from '../common/problem';
import type { Corpus, CorpusFile, LeftOutRows } from './corpus';

/** A file of which more than this share is left out is trained on only where a person agrees. */
const toleratedShare = 0.02;

const reasons: Readonly<Record<string, string>> = {
  'too-few-columns': 'with too few columns',
  'too-many-columns': 'with too many columns',
  'empty-column': 'with an empty column',
  'bad-id': 'whose number is none',
  'no-tag': 'without a tag',
  'bad-json': 'not in JSON',
  'no-text': 'without a text',
  'no-labels': 'without labels',
  'bad-list': 'whose lists have different lengths',
};

/**
 * `12 of 260 rows are left out: 12 with too few columns (the first is line 213).` Of records: `About 12 of 260
 * tokens are left out: 1 record not in JSON (the first is line 213).`
 */
export function describeLeftOut({ tokens, leftOut }: Pick<CorpusFile, 'tokens' | 'leftOut'>): string {
  const inRecords = leftOut.kinds.some(({ records }) => records !== undefined);
  const kinds = leftOut.kinds.map(({ code, rows, records, line }) => {
    const many = records === undefined ? '' : records === 1 ? 'record ' : 'records ';
    return `${formatCount(records ?? rows)} ${many}${reasons[code] ?? code} (the first is line ${formatCount(line + 1)})`;
  });
  const { rows } = leftOut;
  const [about, unit] = inRecords ? ['About ', 'tokens'] : ['', 'rows'];
  return `${about}${formatCount(rows)} of ${formatCount(tokens + rows)} ${unit} ${rows === 1 ? 'is' : 'are'} left out: ${kinds.join(', ')}.`;
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

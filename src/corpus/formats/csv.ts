import { marked } from '../../common/l10n';
import type { CorpusLayout } from '../corpus';
import { LineScanner } from '../text/lines';
import { layOutRows } from './columns';
import { rowFormat } from './rows/rowFormat';
import { surveyRows } from './rows/rowSurvey';

/** Rows that are looked at before all are. */
const lookedAt = 50;

/** Tables whose fields are parted by commas or semicolons, or are quoted, one token a row. */
export const csv = rowFormat({
  id: 'csv',
  description: marked('CSV with one token a row'),
  endings: [],
  columnNames: 'guessed',
  rules: { comments: 'anywhere', countsFromZero: true },
  sniff(sample, known) {
    for (const separator of likelySeparators(sample.text)) {
      const rows = surveyRows(sample.text, separator, true);
      const layout = rows.rows > 0 ? layOutRows(rows, sample.text, known) : undefined;
      if (layout) return { ...layout, kind: 'csv', quoted: true, comment: '' };
    }
    return undefined;
  },
  signature: ({ columns, form }) => `csv${columns.length},form${form}`,
});

/** Signs that may part the fields: those which stand in nearly all of the first rows. */
function likelySeparators(text: string): NonNullable<CorpusLayout['separator']>[] {
  const scanner = new LineScanner(text);
  const counts = new Map([
    [',', 0],
    [';', 0],
    ['\t', 0],
  ]);
  let rows = 0;
  let quoted = 0;
  while (rows < lookedAt && scanner.advance()) {
    const line = text.slice(scanner.start, Math.min(scanner.end, scanner.start + 2000));
    if (line.trim() === '') continue;
    rows++;
    if (/(?:^|[\t,;])"[^"]*"(?:[\t,;]|$)/.test(line)) quoted++;
    for (const [sign, count] of counts) if (line.includes(sign)) counts.set(sign, count + 1);
  }
  // Words between tabs may be quotation marks: quotes mean something there only where they are the rule.
  return [...counts]
    .filter(([sign, count]) => count >= 0.95 * rows && rows > 0 && (sign !== '\t' || quoted >= 0.5 * rows))
    .map(([sign]) => sign);
}

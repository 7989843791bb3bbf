import * as l10n from '../../common/l10n';
import type { CorpusLayout } from '../corpus';
import { LineScanner } from '../text/lines';
import type { CorpusFormat } from './format';
import { bracketLine, rowsOf, withKeys } from './rows/keyColumns';
import { rowFormat } from './rows/rowFormat';
import type { RowSurvey } from './rows/rowSurvey';

/** CoNLL-U's columns (universaldependencies.org/format.html). */
export const conlluColumns: readonly string[] = [
  'ID',
  'FORM',
  'LEMMA',
  'UPOS',
  'XPOS',
  'FEATS',
  'HEAD',
  'DEPREL',
  'DEPS',
  'MISC',
];

const rows = rowFormat({
  id: 'conllu',
  description: 'CoNLL-U',
  endings: ['conllu', 'conllup', 'cupt'],
  labelColumns: ['UPOS', 'XPOS', 'FEATS', 'DEPREL'],
  sniff(sample, known) {
    const layout = conlluLayout(sample.text);
    const recognised =
      known === 'named' ||
      layout.columns !== conlluColumns ||
      (known === 'rows' && beginsLikeTreebank(sample.firstRow)) ||
      isTreebank(sample.rows);
    return recognised ? withKeys(sample.text, layout) : undefined;
  },
  fits: (sample) =>
    sample.firstRow === '' ||
    conlluLayout(sample.text).columns !== conlluColumns ||
    fieldsOf(sample.firstRow) >= conlluColumns.length - 2,
  // A file may have none of the keys that others of its corpus have.
  signature: (layout) => rowsOf(layout).columns.join(','),
});

/** CoNLL-U, and CoNLL-U Plus, whose files name their columns. */
export const conllu: CorpusFormat = {
  ...rows,
  read(text, layout, builder, problems) {
    rows.read(text, layout, builder, problems);
    const line = bracketLine(text);
    if (line !== undefined)
      problems.add(
        'information',
        'bracket-entities',
        l10n.t(
          'Entities in brackets across tokens (CorefUD) are kept, and not read as labels: give them as NER=B-TYPE to learn them.',
        ),
        { line },
      );
  },
};

/** Characters of the first line that are looked at: it may be anything in a file that is no treebank. */
const longestDeclaration = 4000;

/** The ten columns, or those that `# global.columns` names on the first line (CoNLL-U Plus). */
export function conlluLayout(text: string): CorpusLayout {
  const scanner = new LineScanner(text);
  scanner.advance();
  const line = text.slice(scanner.start, Math.min(scanner.end, scanner.start + longestDeclaration)).trim();
  const declared = /^#\s*global\.columns\s*=(.+)$/.exec(line);
  const columns = declared?.[1].trim().split(/\s+/);
  return columns?.includes('FORM') ? layoutOf(columns) : layoutOf(conlluColumns);
}

function layoutOf(columns: readonly string[]): CorpusLayout {
  return { kind: 'conllu', columns, form: columns.indexOf('FORM'), separator: '\t' };
}

/** Ten columns, a number in the first and a head in the seventh. */
function isTreebank(rows: RowSurvey): boolean {
  if (rows.separator !== '\t' || rows.width !== conlluColumns.length) return false;
  const isHead = (head: string): boolean => head === '_' || /^\d+$/.test(head);
  return rows.columns[0].countsWords && rows.columns[6].share(isHead) === 1;
}

function fieldsOf(row: string): number {
  return row.split('\t', conlluColumns.length).length;
}

/** Whether the first row is word 1 in ten columns: enough where rows are all that can come. */
function beginsLikeTreebank(row: string): boolean {
  return /^1\t/.test(row) && row.split('\t', conlluColumns.length + 1).length === conlluColumns.length;
}

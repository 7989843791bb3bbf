import type { CorpusLayout } from '../corpus/corpus';
import { brat, bratLayout } from '../corpus/formats/brat';
import { detectLayout } from '../corpus/formats/detect';
import { withKey } from '../corpus/formats/rows/keyColumns';
import { haveDigits } from '../corpus/formats/rows/positionDigits';
import { surveyRows } from '../corpus/formats/rows/rowSurvey';
import type { RowSurvey } from '../corpus/formats/rows/rowSurvey';
import { FileSample } from '../corpus/formats/rows/sample';
import { areWordBorders, segmented, segmentedLayout } from '../corpus/formats/segmented';
import { unlabelled } from '../corpus/inputColumns';
import type { TaggerModel } from '../model/taggerModel';

type LaidOut = Pick<TaggerModel, 'layout' | 'column' | 'labels'>;

/**
 * How input of `tag` is laid out: by a format with names of its own; else as the model's corpus, with its
 * label or without; else by a format that recognises it; else as rows of which the first field is the token.
 * A file and a pipe of one text are laid out alike, unless the file's name says more.
 */
export function inputLayout(name: string, text: string, model: LaidOut): CorpusLayout | 'tokens' {
  const sample = new FileSample(text);
  const found = detectLayout(name, sample, 'rows');
  // Spaces can say where words end, and nothing else.
  const detected = found?.kind === segmented.id && !areWordBorders(model.labels) ? undefined : found;
  if (detected && detected.kind !== 'columns') return withKey(detected, model.column);
  if (!detected && model.layout.kind === brat.id && isRunningText(text)) return bratLayout;
  if (!detected && model.layout.kind === segmented.id && !hasRowsOfCharacters(text)) return segmentedLayout;
  return asTrained(text, model) ?? detected ?? 'tokens';
}

/** Whether most lines are of one character, or of one and something behind it. */
function hasRowsOfCharacters(text: string): boolean {
  const { columns, rows, otherRows } = surveyRows(text);
  return rows > otherRows && columns[0].share((value) => [...value.trim()].length === 1) > 0.5;
}

/** Whether lines hold more than a word each, for the most part. */
function isRunningText(text: string): boolean {
  const { width, rows, otherRows } = surveyRows(text, ' ');
  return !text.includes('\t') && !(width === 1 && rows > otherRows);
}

/** The layout of rows such as the model was trained on; positions of characters are of the text alone. */
function asTrained(text: string, model: LaidOut): CorpusLayout | undefined {
  const found = rowsAsTrained(text, model);
  if (!found || (!model.layout.positionDigits && !found.positionDigits)) return found;
  const { positionDigits: _, ...layout } = found;
  const words = surveyRows(text, found.separator).columns.at(found.form);
  return words && haveDigits(words) ? { ...layout, positionDigits: true } : layout;
}

function rowsAsTrained(text: string, { layout, column, labels }: LaidOut): CorpusLayout | undefined {
  const { separator = '\t', columns, form } = layout;
  const rows = surveyRows(text, separator);
  // Comments alone have no tokens.
  if (rows.rows + rows.otherRows === 0) return oneColumn;
  if (rows.rows <= rows.otherRows) return undefined;
  const known = new Set(labels);
  const isRowOf = (width: number): boolean => rows.width === width;
  if (layout.kind === 'columns') {
    const label = columns.indexOf(column);
    if (isRowOf(columns.length) && (label < 0 || holdsLabels(rows, label, known))) return layout;
    if (isRowOf(columns.length - 1) && columns.length > 2) return unlabelled({ layout, column });
    if (columns[0] === 'ID' && rows.width > 1 && rows.columns[0].countsWords)
      return numbered(rows.width, separator);
    // The labels may be parted from the words by spaces where those of the corpus were by tabs.
    if (separator !== ' ' && columns.length === 2 && rows.width === 1) {
      const spaced = surveyRows(text, ' ');
      if (spaced.width === 2 && holdsLabels(spaced, form === 0 ? 1 : 0, known))
        return { ...layout, separator: ' ' };
      if (spaced.width > 1 && spaced.otherRows === 0) return undefined;
    }
  }
  return rows.width === 1 ? oneColumn : undefined;
}

const oneColumn: CorpusLayout = { kind: 'columns', columns: ['FORM'], form: 0, separator: '\t' };

/** Whether a column's values are the model's labels, for the most part. */
function holdsLabels(rows: RowSurvey, column: number, labels: ReadonlySet<string>): boolean {
  return rows.columns[column].share((value) => labels.has(value.trim())) >= 0.5;
}

function numbered(width: number, separator: string): CorpusLayout {
  const columns = Array.from({ length: width }, (_, i) =>
    i === 0 ? 'ID' : i === 1 ? 'FORM' : `COLUMN${i + 1}`,
  );
  return { kind: 'columns', columns, form: 1, separator };
}

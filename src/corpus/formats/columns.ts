import { marked } from '../../common/l10n';
import type { CorpusLayout } from '../corpus';
import type { Known } from './format';
import { inline } from './inline';
import { likenessOf } from './likeness';
import { headerOf, isSentenceName, isTagLike, mostLikelyLabels, readColumns } from './rows/columnRoles';
import type { ColumnReading } from './rows/columnRoles';
import { isNumbered } from './rows/positionDigits';
import { rowFormat } from './rows/rowFormat';
import type { RowSurvey } from './rows/rowSurvey';
import { mostFields } from './rows/rowWidths';

/** The languages of CoNLL-2002 and CoNLL-2003. Other files that end in `.train` may be anything. */
const sharedTaskLanguages = ['eng', 'deu', 'esp', 'ned'];

/** Rows of two or more columns, as in the shared tasks of CoNLL. Columns are named by their values. */
export const columns = rowFormat({
  id: 'columns',
  description: marked('columns with one token a line and blank lines between sentences'),
  endings: [
    ...['conll', 'conllx', 'conll03', 'conll2000', 'conll2002', 'conll2003'],
    ...[
      'iob',
      'iob1',
      'iob2',
      'ioe',
      'ioe1',
      'ioe2',
      'iobes',
      'bio',
      'bio2',
      'bioes',
      'bilou',
      'bmes',
      'bieo',
    ],
    ...['testa', 'testb'],
  ],
  fileNames: sharedTaskLanguages.map((language) => `${language}.train`),
  columnNames: 'guessed',
  rules: { comments: 'between sentences', countsFromZero: true },
  sniff({ rows, text }, known) {
    if (rows.rows === 0)
      return known === 'named'
        ? { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' }
        : undefined;
    return layOutRows(rows, text, known);
  },
  // Other tools write tags behind words into files that are called so.
  fits: (sample) => inline.sniff(sample, 'named') === undefined,
  // Names are left out: they are drawn from values, which may differ between training and development data.
  signature: ({ columns: names, form }) =>
    `columns${names.length},form${form}${names[0] === 'ID' ? ',id' : ''}`,
});

/**
 * The layout of rows of columns; undefined where they hold no annotated text.
 *
 * @param rows all of them, which are counted on: a header is taken out of the counts.
 */
export function layOutRows(rows: RowSurvey, text: string, known: Known): CorpusLayout | undefined {
  const header = headerOf(rows);
  if (!isUniform(rows, header, known === 'named' || known === 'chosen')) return undefined;
  if (header) rows.columns.forEach((column, i) => column.remove(header[i]));
  const readings = readColumns(rows, header);
  // A name, or a person, may say so of files that are something else.
  const isCorpus =
    hasLabels(rows, readings) || (known !== 'nothing' && known !== 'rows' && likenessOf(text) === undefined);
  return isCorpus ? layOut(rows, readings, header) : undefined;
}

/** Rows alike: one number of columns, sentences. */
function isUniform(rows: RowSurvey, header: readonly string[] | undefined, lenient: boolean): boolean {
  if (rows.width < 2 || rows.width > mostFields) return false;
  const share = rows.rows / (rows.rows + rows.otherRows);
  if (lenient) return share > 0.5;
  return (
    share >= 0.95 &&
    rows.columns.every(
      (column, i) =>
        i === rows.width - 1 ||
        column.emptyShare < 0.05 ||
        // Where sentences are numbered, their first rows alone may be.
        (header !== undefined && isSentenceName(header[i])),
    ) &&
    rows.indented < 0.02 * rows.rows &&
    rows.rows >= 4
  );
}

/** Whether some column reads like labels and the words like words. */
function hasLabels(
  { columns: all, separator, rows, sentences }: RowSurvey,
  readings: readonly ColumnReading[],
): boolean {
  const word = all[readings.findIndex(({ role }) => role === 'word')];
  const hasSentences = sentences >= 2 && rows >= 2 * sentences;
  const numbered = readings.some(({ role }) => role === 'sentence number' || role === 'word number');
  // Spans with types are in no other kind of file.
  const typed = readings.some(
    ({ role, inside }, i) =>
      (role === 'spans' || role === 'chunks') &&
      inside > 0 &&
      all[i].share((value) => /^[BIESLUMW][-_:]\S/i.test(value)) > 0,
  );
  if (typed) return word.distinct >= 3;
  if (!hasSentences && !numbered) return false;
  if (word.distinct < Math.min(50, rows / 10)) return false;
  return readings.some(({ role }, i) => {
    const column = all[i];
    if (role !== 'spans' && role !== 'tags' && role !== 'chunks') return false;
    if (column.distinct < 2 || column.distinct > Math.min(mostLikelyLabels, rows / 2, word.distinct))
      return false;
    if (role !== 'tags') return true;
    if (i < all.length - 1) return false;
    if (isTagLike(column)) return true;
    const isPlain = column.share((value) => value.length <= 40 && !/\s/.test(value)) === 1;
    return separator === '\t' && isPlain && column.distinct <= rows / 4;
  });
}

/**
 * How the rows are laid out. A header names the columns; else they get names by what they hold: ID counts the
 * words, SENTENCE the sentences, FORM is the word, MISC holds notes, LABEL is the column that is learned where
 * nobody says more. Well-known shapes get their fields' names:
 *
 * - word, part of speech, chunk (CoNLL-2000): FORM POS CHUNK
 * - word, part of speech, chunk, entity (CoNLL-2003; German with the lemma behind the word): FORM [LEMMA]
 *   POS CHUNK NER
 * - number, word, entity, `-`, annotator (Universal NER): ID FORM TAG COLUMN4 ANNOTATOR
 */
function layOut(
  survey: RowSurvey,
  readings: readonly ColumnReading[],
  header: readonly string[] | undefined,
): CorpusLayout {
  const form = readings.findIndex(({ role }) => role === 'word');
  const sentence = readings.findIndex(({ role }) => role === 'sentence number');
  const counts = readings[0].role === 'word number';
  const names = header ? headerNames(header, readings) : (wellKnown(readings) ?? guessNames(readings));
  const unparted = survey.sentences <= 1;
  const lone = unparted && survey.loneLast >= 1 && survey.loneLast * 2 <= survey.rows;
  const last = survey.columns.length - 1;
  return {
    kind: 'columns',
    columns: names,
    form,
    separator: survey.separator,
    ...(survey.mixed && { mixed: true }),
    ...(header && { header }),
    ...(unparted && sentence >= 0 && { sentence }),
    ...(lone && { loneLabels: true }),
    ...(unparted && !lone && sentence < 0 && !counts && survey.rows > shortFile && { cut: true }),
    ...(last !== form &&
      survey.columns[last].emptyShare >= 0.3 &&
      survey.rows >= 10 && { emptyOutside: true }),
    ...(isNumbered(survey.columns[form]) && { positionDigits: true }),
  };
}

/** So many rows may be one sentence. */
const shortFile = 100;

const isSpans = (reading: ColumnReading): boolean => reading.role === 'spans' || reading.role === 'chunks';

function wellKnown(readings: readonly ColumnReading[]): string[] | undefined {
  const roles = readings.map(({ role }) => role);
  const width = roles.length;
  const numbered = roles[0] === 'word number';
  if (
    numbered &&
    width === 5 &&
    roles[1] === 'word' &&
    isSpans(readings[2]) &&
    roles[3] === 'constant' &&
    !isSpans(readings[4])
  )
    return ['ID', 'FORM', 'TAG', 'COLUMN4', 'ANNOTATOR'];
  if (roles[0] !== 'word') return undefined;
  if (width === 3 && roles[2] === 'chunks' && !isSpans(readings[1])) return ['FORM', 'POS', 'CHUNK'];
  if (
    (width === 4 || width === 5) &&
    roles[width - 2] === 'chunks' &&
    (isSpans(readings[width - 1]) || roles[width - 1] === 'constant')
  )
    return width === 4 ? ['FORM', 'POS', 'CHUNK', 'NER'] : ['FORM', 'LEMMA', 'POS', 'CHUNK', 'NER'];
  return undefined;
}

function guessNames(readings: readonly ColumnReading[]): string[] {
  const label = labelColumn(readings);
  return readings.map(({ role }, i) => {
    if (role === 'word') return 'FORM';
    if (role === 'word number') return 'ID';
    if (role === 'sentence number') return 'SENTENCE';
    if (i === label) return 'LABEL';
    return role === 'notes'
      ? `MISC${readings.findIndex((other) => other.role === 'notes') === i ? '' : i + 1}`
      : `COLUMN${i + 1}`;
  });
}

/**
 * The column to learn where nobody says more: the fullest one of spans, chunks last; else the last one of
 * tags; else the last that is not the word.
 */
function labelColumn(readings: readonly ColumnReading[]): number {
  const best = (role: ColumnReading['role']): number =>
    readings.reduce(
      (found, reading, i) =>
        reading.role === role && (found < 0 || reading.inside > readings[found].inside) ? i : found,
      -1,
    );
  const last = (condition: (reading: ColumnReading) => boolean): number => readings.findLastIndex(condition);
  const unfit: readonly ColumnReading['role'][] = ['word', 'word number', 'sentence number', 'notes'];
  return (
    [
      best('spans'),
      best('chunks'),
      last(({ role }) => role === 'tags'),
      last(({ role }) => role === 'other'),
    ].find((found) => found >= 0) ?? last(({ role }) => !unfit.includes(role))
  );
}

/** The names in the header, made distinct; what counts goes by the names that say so. */
function headerNames(header: readonly string[], readings: readonly ColumnReading[]): string[] {
  const names: string[] = [];
  header.forEach((cell, i) => {
    const { role } = readings[i];
    const name =
      role === 'word number' && i === 0
        ? 'ID'
        : role === 'sentence number'
          ? 'SENTENCE'
          : role === 'notes'
            ? 'MISC'
            : cell.trim();
    names.push(names.includes(name) || name === '' ? `COLUMN${i + 1}` : name);
  });
  return names;
}

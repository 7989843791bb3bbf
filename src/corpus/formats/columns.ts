import type { CorpusLayout } from '../corpus';
import { parseLabel } from '../labels/scheme';
import { documentRow } from './fields';
import { rowFormat } from './rows';
import type { RowSample } from './sample';

/** The languages of CoNLL-2002 and CoNLL-2003. Other files that end in `.train` may be anything. */
const sharedTaskLanguages = ['eng', 'deu', 'esp', 'ned'];

/** Rows of two or more columns, as in the shared tasks of CoNLL. Columns are named by their values. */
export const columns = rowFormat({
  id: 'columns',
  description: 'columns with one token a line and blank lines between sentences',
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
  rules: { comments: 'between sentences', documentRow, countsFromZero: true },
  sniff({ rows }, known) {
    const isCorpus = known === 'named';
    if (rows.count === 0 && isCorpus)
      return { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' };
    return isUniform(rows, isCorpus) && (isCorpus || hasLabels(rows)) ? nameColumns(rows) : undefined;
  },
  // Names are left out: they are drawn from values, which may differ between training and development data.
  signature: ({ columns: names, form }) =>
    `columns${names.length},form${form}${names[0] === 'ID' ? ',id' : ''}`,
});

/** Rows with more fields than this are running text. */
const mostColumns = 64;

/** Rows alike: one number of columns, no empty fields, sentences. */
function isUniform(rows: RowSample, lenient: boolean): boolean {
  if (rows.width < 2 || rows.width > mostColumns) return false;
  const share = rows.uniform / rows.count;
  if (lenient) return share > 0.5;
  return share >= 0.95 && rows.indented === 0 && rows.sentences >= 2 && rows.count >= 2 * rows.sentences;
}

const spanLabel = /^(?:O|[BIESLUMW](?:-\S+)?)$/;
const tag = /^[A-Z0-9_$#.,:;!?'"`()|=*+/<>-]{1,32}$/;
const number = /^[\d.,:%+-]+$/;

/** Whether the last columns read like labels and the words like words. */
function hasLabels(rows: RowSample): boolean {
  const words = new Set(rows.valuesOf(rows.numbered ? 1 : 0));
  if (words.size < Math.min(50, rows.count / 10)) return false;
  for (let column = rows.width - 1; column > 0; column--) {
    const values = rows.valuesOf(column);
    const distinct = new Set(values);
    if (distinct.size < 2 || distinct.size > Math.min(300, values.length / 2, words.size)) continue;
    const share = (pattern: RegExp): number =>
      values.filter((value) => pattern.test(value)).length / values.length;
    if (share(spanLabel) >= 0.95) return true;
    if (column < rows.width - 1 || share(number) > 0.5) continue;
    if (share(tag) >= 0.9 && share(/[A-Z]/) >= 0.5) return true;
    const isPlain = values.every((value) => value.length <= 40 && !/\s/.test(value));
    if (rows.separator === '\t' && isPlain && distinct.size <= values.length / 4) return true;
  }
  return false;
}

/**
 * Names a column file's columns. ID is a first column that counts; FORM the word. Well-known shapes get their
 * fields' names:
 *
 * - word, part of speech, chunk (CoNLL-2000): FORM POS CHUNK
 * - word, part of speech, chunk, entity (CoNLL-2003; German with the lemma behind the word): FORM [LEMMA]
 *   POS CHUNK NER
 * - number, word, entity, `-`, annotator (Universal NER): ID FORM TAG COLUMN4 ANNOTATOR
 * - label first, word second: LABEL FORM
 *
 * In any other shape the last column is LABEL and those between are COLUMN2, COLUMN3 … by their place.
 */
function nameColumns(rows: RowSample): CorpusLayout {
  const { width, separator, numbered } = rows;
  const first = numbered ? 1 : 0;
  const spans = (column: number): boolean => isSpanColumn(rows.valuesOf(column));
  const chunks = (column: number): boolean => isChunkColumn(rows.valuesOf(column));
  const layout = (columns: string[], form = first): CorpusLayout => ({
    kind: 'columns',
    columns,
    form,
    separator,
  });
  if (width === 2 && spans(0) && !spans(1)) return layout(['LABEL', 'FORM'], 1);
  if (numbered && width === 5 && spans(2) && new Set(rows.valuesOf(3)).size === 1)
    return layout(['ID', 'FORM', 'TAG', 'COLUMN4', 'ANNOTATOR']);
  if (!numbered && width === 3 && chunks(2)) return layout(['FORM', 'POS', 'CHUNK']);
  if (!numbered && (width === 4 || width === 5) && chunks(width - 2) && spans(width - 1)) {
    return layout(width === 4 ? ['FORM', 'POS', 'CHUNK', 'NER'] : ['FORM', 'LEMMA', 'POS', 'CHUNK', 'NER']);
  }
  const columns = Array.from({ length: width }, (_, i) => (i === width - 1 ? 'LABEL' : `COLUMN${i + 1}`));
  if (numbered) columns[0] = 'ID';
  columns[first] = 'FORM';
  return layout(columns);
}

/** Whether nearly all values read as span labels, and not only as `O`. */
function isSpanColumn(values: readonly string[]): boolean {
  let parsed = 0;
  let inside = 0;
  for (const value of values) {
    const label = parseLabel(value);
    if (label) parsed++;
    if (label && label.prefix !== 'O') inside++;
  }
  return inside > 0 && parsed >= 0.95 * values.length;
}

const phrase = /^[BI]-(?:[A-Z]*NP|VP|PP|ADJP|ADVP|SBAR|PRT|CONJP|INTJ|LST|UCP|NC|VC|PC)$/;

/** Whether a column holds chunks: spans typed as noun phrases, verb phrases and their like. */
function isChunkColumn(values: readonly string[]): boolean {
  const typed = values.filter((value) => value !== 'O');
  return isSpanColumn(values) && typed.filter((value) => phrase.test(value)).length >= 0.9 * typed.length;
}

import type { CorpusFormat } from '../corpus';
import { parseLabel } from '../labels/scheme';
import type { Sample } from './sample';

/** What separates documents in CoNLL-2003's files: a row that is no token. */
export const documentRow = '-DOCSTART-';

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
export function nameColumns(sample: Sample): CorpusFormat {
  const { width, separator, numbered } = sample;
  const first = numbered ? 1 : 0;
  const spans = (column: number): boolean => isSpanColumn(sample.valuesOf(column));
  const chunks = (column: number): boolean => isChunkColumn(sample.valuesOf(column));
  const format = (columns: string[], form = first): CorpusFormat => ({
    kind: 'columns',
    columns,
    form,
    separator,
  });
  if (width === 2 && spans(0) && !spans(1)) return format(['LABEL', 'FORM'], 1);
  if (numbered && width === 5 && spans(2) && new Set(sample.valuesOf(3)).size === 1)
    return format(['ID', 'FORM', 'TAG', 'COLUMN4', 'ANNOTATOR']);
  if (!numbered && width === 3 && chunks(2)) return format(['FORM', 'POS', 'CHUNK']);
  if (!numbered && (width === 4 || width === 5) && chunks(width - 2) && spans(width - 1)) {
    return format(width === 4 ? ['FORM', 'POS', 'CHUNK', 'NER'] : ['FORM', 'LEMMA', 'POS', 'CHUNK', 'NER']);
  }
  const columns = Array.from({ length: width }, (_, i) => (i === width - 1 ? 'LABEL' : `COLUMN${i + 1}`));
  if (numbered) columns[0] = 'ID';
  columns[first] = 'FORM';
  return format(columns);
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

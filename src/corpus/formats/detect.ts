import type { CorpusFormat } from '../corpus';
import { nameColumns } from './columns';
import { conlluColumns, conlluFormat } from './conllu';
import { isCorpusFileName, isTreebankFileName } from './endings';
import { sampleRows } from './sample';
import type { Sample } from './sample';

/**
 * The format of a file, told from its name and the beginning of its text; undefined where it does not look
 * like a corpus.
 *
 * `.conllu` and `.conllup` are CoNLL-U. Elsewhere rows must have one number of columns, blank lines must part
 * sentences, and a column must look like labels; all the more strictly where the file's name says nothing, so
 * that prose, source code, tables and lock files are left alone.
 */
export function detectFormat(path: string, text: string): CorpusFormat | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return isTreebankFileName(name) ? conlluFormat(text) : detectContent(text, isCorpusFileName(name));
}

/** The format told from the text alone. `lenient`: the caller knows that this is a corpus. */
export function detectContent(text: string, lenient: boolean): CorpusFormat | undefined {
  const sample = sampleRows(text);
  if (sample.rows === 0 && lenient)
    return { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' };
  if (looksLikeTreebank(sample)) return conlluFormat(text);
  if (!isUniform(sample, lenient)) return undefined;
  return lenient || hasLabels(sample) ? nameColumns(sample) : undefined;
}

function looksLikeTreebank(sample: Sample): boolean {
  if (sample.separator !== '\t' || sample.width !== conlluColumns.length || !sample.numbered) return false;
  const heads = sample.valuesOf(6);
  return heads.every((head) => head === '_' || /^\d+$/.test(head));
}

/** Rows with more fields than this are running text. */
const mostColumns = 64;

/** Rows alike: one number of columns, no empty fields, sentences. */
function isUniform(sample: Sample, lenient: boolean): boolean {
  if (sample.width < 2 || sample.width > mostColumns) return false;
  const share = sample.uniform / sample.rows;
  if (lenient) return share > 0.5;
  return (
    share >= 0.95 && sample.indented === 0 && sample.sentences >= 2 && sample.rows >= 2 * sample.sentences
  );
}

const spanLabel = /^(?:O|[BIESLUMW](?:-\S+)?)$/;
const tag = /^[A-Z0-9_$#.,:;!?'"`()|=*+/<>-]{1,32}$/;
const number = /^[\d.,:%+-]+$/;

/** Whether the last columns read like labels and the words like words. */
function hasLabels(sample: Sample): boolean {
  const words = new Set(sample.valuesOf(sample.numbered ? 1 : 0));
  if (words.size < Math.min(50, sample.rows / 10)) return false;
  for (let column = sample.width - 1; column > 0; column--) {
    const values = sample.valuesOf(column);
    const distinct = new Set(values);
    if (distinct.size < 2 || distinct.size > Math.min(300, values.length / 2, words.size)) continue;
    const share = (pattern: RegExp): number =>
      values.filter((value) => pattern.test(value)).length / values.length;
    if (share(spanLabel) >= 0.95) return true;
    if (column < sample.width - 1 || share(number) > 0.5) continue;
    if (share(tag) >= 0.9 && share(/[A-Z]/) >= 0.5) return true;
    const isPlain = values.every((value) => value.length <= 40 && !/\s/.test(value));
    if (sample.separator === '\t' && isPlain && distinct.size <= values.length / 4) return true;
  }
  return false;
}

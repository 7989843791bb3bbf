import assert from 'node:assert/strict';
import { InputError } from '../../src/common/errors';
import type { CorpusLayout } from '../../src/corpus/corpus';
import { formsBySentence } from '../../src/corpus/corpusFile';
import { formatOf } from '../../src/corpus/formats';
import { readCorpusFile } from '../../src/corpus/formats/read';

/** Reads a text, and writes it with its own labels. */
export function readAndWrite(file: string, text: string): void {
  let read;
  try {
    read = readCorpusFile(file, file, text);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return;
  }
  const format = formatOf(read.layout);
  for (const { name: column, values, ids } of read.columns) {
    const labels = Array.from(ids, (id) => values[id]);
    assert.equal(format.writeLabels(text, read, column, labels), text);
    assert.equal(format.labelEnds(text, read, column).length, read.tokens);
  }
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { line, startColumn, endColumn } of read.problems)
    assert.ok(line >= 0 && line < lines && startColumn <= endColumn);
  const labels = Array.from({ length: read.tokens }, () => 'NEW');
  const written = format.writeLabels(text, read, undefined, labels);
  const added = labels.length * ('NEW'.length + 1);
  assert.equal(written.length, text.length + added);
  assert.equal(formsBySentence(read).flat().length, read.tokens);
}

/** A layout of each format that is not found by a file's name. */
export const otherLayouts: Readonly<Record<string, CorpusLayout>> = {
  CSV: { kind: 'csv', columns: ['FORM', 'LABEL'], form: 0, separator: ',', quoted: true, comment: '' },
  'words with tags': { kind: 'inline', columns: ['FORM', 'LABEL'], form: 0, separator: '/' },
  'JSON with spans': { kind: 'json-spans', columns: ['FORM', 'LABEL'], form: 0 },
  'JSON with texts': { kind: 'json-spans', columns: ['FORM'], form: 0 },
  'JSON with lists': { kind: 'json-tokens', columns: ['FORM', 'tags'], form: 0 },
  brat: { kind: 'brat', columns: ['FORM', 'LABEL'], form: 0 },
  WebAnno: { kind: 'webanno', columns: ['TOKEN', 'PLACE', 'FORM', 'A'], form: 2, separator: '\t' },
  'words parted by spaces': { kind: 'segmented', columns: ['FORM', 'LABEL'], form: 0 },
  'CoNLL-2012': { kind: 'conll2012', columns: ['FORM', 'POS', 'NER'], form: 0, separator: ' ' },
};

/** Reads a text as a format, whatever it is, and writes it with its own labels. */
export function readAs(layout: CorpusLayout, text: string): void {
  const isPair = layout.kind === 'brat';
  const companion = isPair ? { file: 'f.ann', text } : undefined;
  const read = readCorpusFile('f', 'f', text, layout, companion);
  const format = formatOf(layout);
  const lines = text.split(/\r\n|\r|\n/);
  for (const { line, startColumn, endColumn } of read.problems)
    assert.ok(line >= 0 && line < lines.length && startColumn <= endColumn);
  for (let t = 0; t < read.tokens; t++)
    assert.ok(read.startColumn[t] < read.endColumn[t] && read.endColumn[t] <= lines[read.line[t]].length);
  for (const { name: column, values, ids } of read.columns) {
    if (column === layout.columns[layout.form]) continue;
    const labels = Array.from(ids, (id) => values[id]);
    assert.equal(format.writeLabels(text, read, column, labels, companion), text);
    assert.equal(format.labelEnds(text, read, column).length, read.tokens);
  }
}

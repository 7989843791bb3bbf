import assert from 'node:assert/strict';
import { InputError } from '../../src/common/errors';
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

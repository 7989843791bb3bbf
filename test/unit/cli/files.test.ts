import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { corpusFiles } from '../../../src/cli/files';

describe('files of a folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'rnn-tagger-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
  const found = async (): Promise<string[]> => (await corpusFiles(folder)).map((file) => path.basename(file));
  const corpus = 'Anna\tB-PER\nsees\tO\nOslo\tB-LOC\n.\tO\n\n'.repeat(5);

  it('are those that are named as corpora are', async () => {
    write('a.conll', corpus);
    write('b.txt', corpus);
    assert.deepEqual(await found(), ['a.conll']);
  });

  it('are told by their text where none is named so', async () => {
    write('train.txt', corpus);
    write('test.tsv', corpus);
    write('README.txt', 'A corpus of names.\nIt is small.\n');
    write('table.tsv', 'name\tage\nRita\t31\nTom\t42\nAnna\t17\n');
    assert.deepEqual(await found(), ['test.tsv', 'train.txt']);
  });

  it('are refused with what would help where there is none', async () => {
    write('notes.txt', 'Just some words.\n');
    await assert.rejects(corpusFiles(folder), /No corpus files in this folder/);
  });
});

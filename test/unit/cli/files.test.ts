import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { corpusFiles, readSourceFile, sourcesAt } from '../../../src/cli/files';
import { InputError } from '../../../src/common/errors';

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

  it('are texts with annotations beside them, each once, whichever of the two is named', async () => {
    write('a.txt', 'Anna sees Oslo.\n');
    write('a.ann', 'T1\tPER 0 4\tAnna\n');
    write('alone.ann', 'T1\tPER 0 4\tAnna\n');
    write('README.txt', 'Anna sees Oslo.\n');
    assert.deepEqual(await found(), ['a.txt']);
    const [text, annotations] = ['a.txt', 'a.ann'].map((name) => path.join(folder, name));
    assert.deepEqual(await corpusFiles(annotations), [text]);
    assert.equal((await readSourceFile(text, folder)).companion?.file, annotations);
  });

  it('are left out, or refused by name, where they are removed while the folder is read', async () => {
    for (const [name, waits] of ['a.conll', 'a.txt'].flatMap((file) =>
      Array.from({ length: 12 }, (_, i) => [file, i] as const),
    )) {
      const below = path.join(folder, `${name} ${waits}`);
      mkdirSync(below);
      writeFileSync(path.join(below, name), corpus);
      writeFileSync(path.join(below, `kept-${name}`), corpus);
      const reading = sourcesAt([below], undefined).then(
        (sources) => assert.ok(sources.some(({ file }) => file.includes('kept-'))),
        (error: unknown) => {
          assert.ok(error instanceof InputError, String(error));
          assert.equal(error.details.file, path.join(below, name));
          assert.match(error.message, /There is no such file/);
        },
      );
      for (let i = 0; i < waits; i++) await new Promise(setImmediate);
      rmSync(path.join(below, name));
      await reading;
    }
  });

  it('are refused with what would help where there is none', async () => {
    write('notes.txt', 'Just some words.\n');
    await assert.rejects(corpusFiles(folder), /No corpus files in this folder/);
  });
});

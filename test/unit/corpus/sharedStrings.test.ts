import assert from 'node:assert/strict';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { SharedStrings } from '../../../src/corpus/sharedStrings';

describe('strings that files share', () => {
  it('leave every file as it is', () => {
    const strings = new SharedStrings();
    const row = (form: string): string => `1\t${form}\t_\tNOUN\t_\t_\t0\troot\t_\t_\n\n`;
    for (const text of [row('a') + row('__proto__'), row('a') + row('constructor') + row('é')]) {
      const file = readCorpusFile('f', 'f.conllu', text);
      assert.deepEqual(strings.of(file), file);
    }
  });
});

import assert from 'node:assert/strict';
import { isMendedLike } from '../../../src/corpus/fixes';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { labelsUnknownToModel } from '../../../src/corpus/labels/unknownToModel';

const labels = ['O', 'B-PER', 'I-PER', 'B-LOC'];

/** Line from 1, what is underlined, and what would mend it. */
function found(text: string, index = 1): unknown[] {
  const file = readCorpusFile('a.conll', 'a.conll', text);
  const lines = text.split('\n');
  return labelsUnknownToModel(text, file, { model: 'names', index, labels }).map(
    ({ line, startColumn, endColumn, code, fix }) => [
      line + 1,
      lines[line].slice(startColumn, endColumn),
      code,
      fix?.to,
    ],
  );
}

describe('Labels that a model does not know', () => {
  const names = 'Rita\tB-PER\nsings\tO\n\nIn\tO\nRome\tB-LOC\n\n';

  it('are told at their places, with the one label of the model that they are like', () => {
    assert.deepEqual(found(names), []);
    assert.deepEqual(found(`${names}B-ORG\tB-ORG\nX\tB-PRE\nY\tI-PERS\n`), [
      [7, 'B-ORG', 'label-unknown-to-model', undefined],
      [8, 'B-PRE', 'label-unknown-to-model', ['B-PER']],
      [9, 'I-PERS', 'label-unknown-to-model', ['I-PER']],
    ]);
  });

  it('are counted by what mends them, and all found on demand', () => {
    const text = `${names}${'Ann\tB-PRE\nsaw\tO\nBob\tB-PREE\n\n'.repeat(300)}`;
    const file = readCorpusFile('a.conll', 'a.conll', text);
    const known = { model: 'names', index: 1, labels };
    const listed = labelsUnknownToModel(text, file, known);
    assert.ok(listed.length < 50);
    assert.deepEqual(
      [...new Set(listed.map(({ fix, alike }) => `${fix?.from}: ${alike}`))],
      ['B-PRE: 300', 'undefined: undefined'],
    );
    const all = labelsUnknownToModel(text, file, known, Infinity);
    assert.equal(all.length, 600);
    assert.equal(all.filter((problem) => isMendedLike(problem, listed[0])).length, 300);
  });

  it('are those of its own column', () => {
    const text = 'Rita NNP B-PER\nsings VBZ O\n\nIn IN O\nRome NNP B-LOC\n';
    assert.deepEqual(found(text, 2), []);
    assert.equal(found(text, 1).length, 4);
    assert.deepEqual(found(text, 0), []);
    assert.deepEqual(found(text, 7), []);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { decisionOn, ranked } from '../../../src/corpus/labels/labelDecisions';
import { placesOf, relabel, scoreOf } from '../../../src/corpus/labels/labelFindings';
import type { LabelFinding } from '../../../src/corpus/labels/labelFindings';
import { applyEdits, editsBetween, inverseEdits } from '../../../src/corpus/textEdits';

const layout = { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' } as const;
const read = (text: string) => readCorpusFile('a.conll', 'c/a.conll', text, layout);

const text = 'Rita\tB-PER\nsings\tO\n\nIn\tO\nRome\tB-PER\n\nIn\tO\nRome\tB-LOC\n';
const finding: LabelFinding = {
  file: 'a.conll',
  sentence: 'In Rome',
  occurrence: 0,
  token: 1,
  word: 'Rome',
  gold: 'B-PER',
  suggested: 'B-LOC',
  margin: 10,
};

describe('a label that may be wrong', () => {
  it('is found where its label stands', () => {
    assert.deepEqual(placesOf(text, read(text), 1, [finding]), [{ line: 4, startColumn: 5, endColumn: 10 }]);
  });

  it('is found again where other sentences came before it', () => {
    const edited = `Anna\tB-PER\n\n\n${text}`;
    const [place] = placesOf(edited, read(edited), 1, [finding]);
    assert.equal(place?.line, 7);
  });

  for (const [what, edited] of [
    ['its label', text.replace('Rome\tB-PER', 'Rome\tB-LOC')],
    ['its word', text.replace('Rome\tB-PER', 'Roma\tB-PER')],
    ['its sentence', text.replace('In\tO\nRome\tB-PER', 'To\tO\nRome\tB-PER')],
  ])
    it(`is not there any more where ${what} is another, and nothing is changed`, () => {
      assert.deepEqual(placesOf(edited, read(edited), 1, [finding]), [undefined]);
      assert.deepEqual(relabel(edited, read(edited), 1, [finding]), { edits: [], changed: 0 });
    });

  it('is changed alone, whatever its name', () => {
    for (const suggested of ['B-LOC', '<img', '__proto__', '[x](command:y)', 'x'.repeat(10_000)]) {
      const { edits, changed } = relabel(text, read(text), 1, [{ ...finding, suggested }]);
      assert.equal(changed, 1);
      assert.equal(applyEdits(text, edits), text.replace('Rome\tB-PER', `Rome\t${suggested}`));
    }
  });

  it('is told of a file whose labels stand elsewhere by its word', () => {
    const prose = 'Rita sings in Rome.\n';
    const companion = { file: 'a.ann', text: 'T1\tLOC 0 4\tRita\nT2\tLOC 14 18\tRome\n' };
    const brat = { kind: 'brat', columns: ['FORM', 'SPAN'], form: 0 };
    const file = readCorpusFile('a.txt', 'c/a.txt', prose, brat, companion);
    const own = {
      ...finding,
      sentence: 'Rita sings in Rome .',
      token: 0,
      word: 'Rita',
      gold: 'B-LOC',
      suggested: 'B-PER',
    };
    assert.deepEqual(placesOf(prose, file, 1, [own]), [{ line: 0, startColumn: 0, endColumn: 4 }]);
    const { edits } = relabel(prose, file, 1, [own], companion);
    assert.equal(applyEdits(companion.text, edits), companion.text.replace('T1\tLOC', 'T1\tPER'));
  });

  it('has a score from 0 to 1 that rises with its margin', () => {
    const scores = [-40, -5, 0, 5, 40].map(scoreOf);
    assert.deepEqual(
      [...scores].sort((a, b) => a - b),
      scores,
    );
    assert.ok(scores[0] >= 0 && scores[4] < 1);
  });
});

describe('edits between two texts', () => {
  it('make the one of the other, and stay in their lines where there are as many', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', '\t', '\r', '😀', '😁', 'é'), maxLength: 6 });
    const lines = fc.array(line, { maxLength: 6 }).map((all) => all.join('\n'));
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const edits = editsBetween(before, after);
        assert.equal(applyEdits(before, edits), after);
        assert.equal(applyEdits(after, inverseEdits(before, edits)), before);
        if (before.split('\n').length !== after.split('\n').length) return;
        for (const { start, end } of edits)
          assert.ok(!before.slice(start, Math.max(start, end - 1)).includes('\n'));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('decisions on labels that may be wrong', () => {
  const like = { ...finding, occurrence: 1, sentence: 'To Rome', margin: 9 };
  const sameLabels = { ...finding, sentence: 'Oslo is far', token: 0, word: 'Oslo', margin: 9.9 };
  const other = { ...finding, sentence: 'Rita sings', token: 0, word: 'Rita', suggested: 'O', margin: 9.5 };
  const all = [finding, sameLabels, other, like];

  it('leave out what was kept, wherever the sentence occurs, and put its like behind', () => {
    const again = { ...finding, occurrence: 5 };
    const kept = decisionOn(finding, 'LABEL', true);
    const order = ranked([...all, again], [kept], 'LABEL').map(({ word }) => word);
    assert.deepEqual(order, ['Oslo', 'Rita', 'Rome']);
    const margins = ranked(all, [kept, kept, kept], 'LABEL').map(({ word }) => word);
    assert.deepEqual(margins, ['Rita', 'Oslo', 'Rome']);
  });

  it('put the like of what was changed in front', () => {
    const changed = decisionOn(finding, 'LABEL', false);
    assert.deepEqual(
      ranked([sameLabels, other, like], [changed], 'LABEL').map(({ word }) => word),
      ['Rome', 'Oslo', 'Rita'],
    );
  });

  it('hold for their column, and for the label of then', () => {
    const kept = decisionOn(finding, 'LABEL', true);
    assert.deepEqual(ranked(all, [kept], 'OTHER'), all);
    assert.equal(ranked([{ ...finding, gold: 'B-ORG' }], [kept], 'LABEL').length, 1);
  });
});

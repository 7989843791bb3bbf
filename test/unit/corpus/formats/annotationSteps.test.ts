import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inverseStep, makeStep, stepBetween } from '../../../../src/corpus/formats/annotationSteps';

const anna = 'T1\tPER 0 4\tAnna\n';
const rome = 'T2\tLOC 23 27\tRome\n';

const note = '#1\tAnnotatorNotes R1\tlooked at\n';

const filesOf = (places: number): fc.Arbitrary<string> => {
  const line = fc
    .tuple(fc.nat(9), fc.constantFrom('PER', 'LOC'), fc.nat(places))
    .map(([id, type, start]) => `T${id}\t${type} ${start} ${start + 3}\tabc\n`);
  return fc.uniqueArray(line, { selector: (own) => own.split('\t')[0] }).map((lines) => lines.join(''));
};
const labelsOf = (annotations: string): Set<string> =>
  new Set(annotations.match(/^T.*/gm)?.map((line) => line.split('\t')[1]));

describe('steps of annotations', () => {
  it('make and take back just what they were, also a file', () => {
    const file = fc.option(filesOf(20), { nil: undefined });
    fc.assert(
      fc.property(file, file, (before, after) => {
        const step = stepBetween(before, after);
        assert.deepEqual(makeStep(before, step), { after });
        assert.deepEqual(makeStep(after, inverseStep(step)), { after: before });
      }),
    );
  });

  it('take back a label whose file another program has rewritten, and leave all else', () => {
    const step = stepBetween(anna, anna + rome);
    const now = 'T9\tLOC  23 27\tRome\n#1\tAnnotatorNotes T1\tsure\nT1\tPER 0 4\tAnna\n';
    assert.deepEqual(makeStep(now, inverseStep(step)), {
      after: '#1\tAnnotatorNotes T1\tsure\nT1\tPER 0 4\tAnna\n',
    });
  });

  it('lose no label of which only the id changed, once another program has added a note', () => {
    const [former, now] = ['T4\tLOC 23 27\tRome\n', rome];
    const step = stepBetween(former, now);
    assert.deepEqual(makeStep(now + note, inverseStep(step)), { after: note + former });
    const swapped = stepBetween(anna, 'T1\tLOC 0 4\tAnna\nT2\tPER 0 4\tAnna\n');
    assert.deepEqual(makeStep(anna + note, swapped), {
      after: `T1\tLOC 0 4\tAnna\n${note}T2\tPER 0 4\tAnna\n`,
    });
  });

  it('lead to the same labels once another program has added a note', () => {
    // Of few places, so that labels that go and labels that come say the same.
    const file = filesOf(1);
    fc.assert(
      fc.property(file, file, (before, after) => {
        const made = makeStep(before + note, stepBetween(before, after));
        assert.ok(made !== 'changed');
        assert.deepEqual(labelsOf(made.after ?? ''), labelsOf(after));
      }),
    );
  });

  it('change a label where it is now, under the id that it has', () => {
    const step = stepBetween(anna, anna.replace('PER', 'LOC'));
    assert.deepEqual(makeStep(`${rome}T7\tPER 0 4\tAnna\n`, step), { after: `${rome}T7\tLOC 0 4\tAnna\n` });
  });

  it('give back a label under an id that is free', () => {
    const step = stepBetween(anna, '');
    assert.deepEqual(makeStep('T1\tLOC 23 27\tRome\n', inverseStep(step)), {
      after: 'T1\tLOC 23 27\tRome\nT2\tPER 0 4\tAnna\n',
    });
    assert.deepEqual(makeStep('T5\tPER 0 4\tAnna\n', inverseStep(step)), { after: 'T5\tPER 0 4\tAnna\n' });
  });

  it('say so where the label is another, or gone', () => {
    const step = inverseStep(stepBetween(anna, anna + rome));
    assert.equal(makeStep(anna, step), 'changed');
    assert.equal(makeStep(anna + rome.replace('LOC', 'ORG'), step), 'changed');
    assert.equal(makeStep(undefined, step), 'changed');
  });
});

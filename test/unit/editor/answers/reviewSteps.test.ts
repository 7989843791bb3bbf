import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ReviewSteps } from '../../../../src/editor/answers/reviewSteps';
import type { LastStep } from '../../../../src/editor/answers/reviewSteps';

const texts = ['a\tO\nb\tO\n', 'a\tB\nb\tO\n', 'a\tB\nb\tI\n', '# by hand\na\tB\nb\tI\n'];
const editOf = ({ last }: ReviewSteps): LastStep['edit'] =>
  typeof last === 'string' ? undefined : last.edit;
const lastOf = (steps: ReviewSteps): ReviewSteps['last'] => steps.last;

describe('steps of a review', () => {
  it('go with the editor’s Undo, come again with its Redo, and are counted so', () => {
    const steps = new ReviewSteps();
    steps.answer(0, 'a', texts[0], texts[1]);
    steps.keep(1);
    steps.answer(2, 'a', texts[1], texts[2]);
    assert.deepEqual(steps.counts, { answered: 2, kept: 1 });
    assert.equal(steps.follow('a', texts[2]), undefined);
    assert.equal(steps.follow('a', texts[1]), 2);
    assert.deepEqual(steps.counts, { answered: 1, kept: 1 });
    assert.equal(steps.follow('a', texts[0]), 0);
    assert.deepEqual(steps.counts, { answered: 0, kept: 0 });
    assert.equal(steps.last, 'none');
    assert.equal(steps.follow('a', texts[1]), 2);
    assert.equal(steps.follow('a', texts[2]), 3);
    assert.deepEqual(steps.counts, { answered: 2, kept: 1 });
  });

  it('are those before once one was undone in the editor: it is not taken back twice', () => {
    const steps = new ReviewSteps();
    steps.answer(0, 'a', texts[0], texts[1]);
    steps.answer(1, 'a', texts[1], texts[2]);
    assert.equal(steps.follow('a', texts[1]), 1);
    const { last } = steps;
    assert.ok(typeof last === 'object');
    assert.equal(last.index, 0);
    assert.equal(last.edit?.before, texts[0]);
    steps.takenBack();
    assert.equal(steps.last, 'none');
    assert.equal(steps.follow('a', texts[1]), 1);
    assert.deepEqual(steps.counts, { answered: 1, kept: 0 });
  });

  it('are not taken back over an edit by hand, but once that is undone', () => {
    const steps = new ReviewSteps();
    steps.answer(0, 'a', texts[0], texts[1]);
    // A comment, and then the next answer.
    steps.answer(1, 'a', `#\n${texts[1]}`, `#\n${texts[2]}`);
    steps.takenBack();
    assert.equal(lastOf(steps), 'edited');
    assert.equal(steps.follow('a', texts[1]), undefined);
    const last = lastOf(steps);
    assert.ok(typeof last === 'object');
    assert.equal(last.edit?.before, texts[0]);
    assert.deepEqual(steps.counts, { answered: 1, kept: 0 });
  });

  it('of annotations are taken back where their text was edited in between', () => {
    const steps = new ReviewSteps();
    const [one, both] = ['T1\tPER 0 4\tAnna\n', 'T1\tPER 0 4\tAnna\nT2\tLOC 10 14\tRome\n'];
    steps.answer(0, 'a', '', one, 'Anna sees Rome.');
    steps.answer(1, 'a', one, both, 'Anna sees Rome.');
    const moved = both.replace('0 4', '5 9').replace('10 14', '15 19');
    // Nothing has followed the text yet.
    steps.move('a', both, 'Then Anna sees Rome.');
    assert.equal(editOf(steps)?.text, both);
    steps.move('a', moved, 'Then Anna sees Rome.');
    assert.equal(editOf(steps)?.text, moved);
    assert.equal(editOf(steps)?.before, 'T1\tPER 5 9\tAnna\n');
    steps.takenBack();
    // Of a text that is edited again, the next answer is another step.
    steps.answer(2, 'a', one, 'T1\tLOC 0 4\tAnna\n', 'Anna sees Rome.');
    assert.equal(editOf(steps)?.before, one);
    steps.takenBack();
    assert.equal(editOf(steps)?.before, '');
  });

  it('of annotations are not taken back to a wrong place where an edit moved what they took away', () => {
    const steps = new ReviewSteps();
    steps.answer(0, 'a', 'T1\tPER 0 4\tAnna\n', '', 'Anna sees Anna.');
    steps.move('a', '', 'Does Anna see Anna.');
    assert.equal(editOf(steps)?.before, 'T1\tPER 5 9\tAnna\n');
  });

  it('of annotations are not gone back to where text and labels were edited by hand, and say the same again', () => {
    const steps = new ReviewSteps();
    steps.answer(0, 'a', 'T1\tPER 0 4\tAnna\n', '', 'Anna sees Rome.');
    const byHand = 'T1\tLOC 15 19\tRome\n';
    steps.answer(1, 'a', byHand, byHand.replace('LOC', 'ORG'), 'Then Anna sees Rome.');
    assert.equal(steps.follow('a', byHand), 1);
    assert.equal(lastOf(steps), 'edited');
    assert.equal(steps.follow('a', ''), undefined);
    assert.equal(lastOf(steps), 'edited');
  });

  it('of several files are taken back in the order they were done, each in its own file', () => {
    const steps = new ReviewSteps();
    steps.answer(0, 'a', texts[0], texts[1]);
    steps.answer(1, 'b', texts[0], texts[1]);
    // An undo in the first file leaves the answer behind it in the second one.
    assert.equal(steps.follow('a', texts[0]), undefined);
    assert.equal(steps.follow('a', texts[1]), undefined);
    assert.equal(steps.follow('b', texts[0]), 1);
    assert.equal(steps.follow('b', texts[1]), 2);
    const last = lastOf(steps);
    assert.ok(typeof last === 'object');
    assert.equal(last.edit?.file, 'b');
    steps.takenBack();
    const first = lastOf(steps);
    assert.ok(typeof first === 'object');
    assert.deepEqual([first.index, first.edit?.file, first.edit?.before], [0, 'a', texts[0]]);
    assert.deepEqual(steps.counts, { answered: 1, kept: 0 });
  });

  it('that edited nothing are counted, and leave the text', () => {
    const steps = new ReviewSteps();
    steps.answer(0, 'a', texts[0], texts[1]);
    steps.answer(1, 'a', texts[1], texts[1]);
    assert.deepEqual(steps.last, { index: 1 });
    steps.takenBack();
    const { last } = steps;
    assert.ok(typeof last === 'object');
    assert.equal(last.edit?.before, texts[0]);
  });

  it('fit the text after any sequence of answers, keeps, undos and redos, by either way', () => {
    const actions = fc.array(fc.constantFrom('answer', 'keep', 'hand', 'u', 'undo', 'redo'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(actions, (wanted) => {
        const steps = new ReviewSteps();
        /** The editor's undo stack: texts up to now, and those that can come again. */
        const done = ['0'];
        let again: string[] = [];
        /** How many answers are in each text. */
        const answersIn = new Map([['0', 0]]);
        let index = 0;
        let next = 1;
        const now = (): string => done[done.length - 1];
        const edit = (answers: number): void => {
          const text = `${'x'.repeat(next % 3)}${next++}`;
          answersIn.set(text, answers);
          done.push(text);
          again = [];
        };
        const go = (to: number | undefined): void => {
          index = to ?? index;
        };
        for (const action of wanted) {
          const before = now();
          if (action === 'answer') {
            edit(answersIn.get(before)! + 1);
            steps.answer(index++, 'a', before, now());
          } else if (action === 'keep') steps.keep(index++);
          else if (action === 'hand') edit(answersIn.get(before)!);
          else if (action === 'undo' && done.length > 1) {
            again.push(done.pop()!);
            go(steps.follow('a', now()));
          } else if (action === 'redo' && again.length > 0) {
            done.push(again.pop()!);
            go(steps.follow('a', now()));
          } else if (action === 'u') {
            const { last } = steps;
            if (typeof last === 'string') continue;
            if (last.edit) {
              if (last.edit.text !== now()) continue;
              assert.equal(last.edit.before, done[done.length - 2], 'another answer is taken back');
              again.push(done.pop()!);
            }
            steps.takenBack();
            index = last.index;
          }
          assert.equal(steps.counts.answered, answersIn.get(now()), wanted.join());
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

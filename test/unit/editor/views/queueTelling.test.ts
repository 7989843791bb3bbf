import assert from 'node:assert/strict';
import { queueTelling } from '../../../../src/editor/views/queueTelling';
import type { QueueFacts } from '../../../../src/editor/views/queueTelling';
import { english } from '../english';

const told = (facts: Partial<QueueFacts>): ReturnType<typeof queueTelling> =>
  queueTelling(
    {
      open: 0,
      answered: 0,
      isCold: false,
      isFilled: true,
      isTraining: false,
      hasCorpora: true,
      leftOut: { tooLarge: 0, unreadable: 0 },
      filter: {},
      ...facts,
    },
    english,
  );

describe('the view of the queue says', () => {
  it('always something where it is empty: words of its own, or a message, but not both', () => {
    const flags = [false, true];
    for (const isCold of flags)
      for (const isFilled of flags)
        for (const isTraining of flags)
          for (const hasCorpora of flags)
            for (const tooLarge of [0, 2])
              for (const filter of [{}, { label: 'PER' }])
                for (const answered of [0, 3]) {
                  const leftOut = { tooLarge, unreadable: 0 };
                  const facts = { isCold, isFilled, isTraining, hasCorpora, leftOut, filter, answered };
                  const { state, message } = told(facts);
                  assert.equal(
                    ['noCorpus', 'noModel', 'filtered', 'done'].includes(state),
                    message === undefined,
                    JSON.stringify([facts, state, message]),
                  );
                  assert.notEqual(state, 'open');
                }
  });

  it('what to do where there is no corpus, no model, or nothing left', () => {
    assert.equal(told({ hasCorpora: false, isCold: true }).state, 'noCorpus');
    assert.equal(told({ isCold: true }).state, 'noModel');
    assert.equal(told({ isCold: true, filter: { text: 'x' } }).state, 'filtered');
    assert.equal(told({ filter: { text: 'x' } }).state, 'filtered');
    assert.deepEqual(told({ answered: 3 }), { state: 'done', description: '▰▰▰▰▰▰▰▰▰▰ 3 of 3 answered' });
  });

  it('that a run goes on, also before its first checkpoint, and that corpora are still read', () => {
    assert.equal(
      told({ isTraining: true, isFilled: false }).message,
      'looked through again once the run is over',
    );
    assert.equal(told({ isFilled: false }).message, 'files are looked through soon');
    assert.equal(
      told({ isFilled: false, progress: { done: 2, all: 9 } }).message,
      'looking through files: 2 of 9',
    );
  });

  it('which files were left out, instead of that nothing is left to ask', () => {
    const leftOut = { tooLarge: 1, unreadable: 2 };
    const text =
      '1 file is too large to be looked through · 2 files could not be looked through: see the log';
    assert.deepEqual(told({ leftOut }), {
      state: 'doneInPart',
      message: `Nothing else is left to ask. · ${text}`,
      description: '',
    });
    assert.equal(told({ leftOut, open: 2 }).message, `▱▱▱▱▱▱▱▱▱▱ 0 of 2 answered · ${text}`);
  });

  it('how many questions there are, but not of sentences in a random order', () => {
    assert.deepEqual(told({ open: 2 }).badge, { value: 2, tooltip: '2 questions' });
    const cold = told({ open: 2, isCold: true });
    assert.equal(cold.badge, undefined);
    assert.equal(cold.message, 'Without a model, in random order: label some, then train.');
  });
});

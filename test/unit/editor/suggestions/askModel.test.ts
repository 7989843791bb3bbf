import assert from 'node:assert/strict';
import { answerOf } from '../../../../src/editor/suggestions/askModel';

const asked = {
  sentences: [{ words: ['Anna', 'sings'], labelled: [false, false] }],
  labels: ['PER'],
  spans: true,
};

/** As models send it: in pieces of a few letters. */
async function* streamed(text: string): AsyncGenerator<string> {
  for (const piece of text.match(/[^]{1,4}/g) ?? []) yield await Promise.resolve(piece);
}

describe('a language model that is asked for labels', () => {
  it('answers in pieces', async () => {
    const text = '```json\n[\n  {"sentence": 1, "text": "Anna", "label": "PER"}\n]\n```';
    const answered = await answerOf(streamed(text), asked);
    assert.ok('suggestions' in answered);
    assert.deepEqual(answered.suggestions, [{ sentence: 0, first: 0, end: 1, label: 'PER' }]);
  });

  it('says nonsense, or is cut off: nothing is taken, and why is told', async () => {
    for (const text of ['Anna is a person.', '[{"sentence": 1, "text": "Anna", "la'])
      assert.deepEqual(await answerOf(streamed(text), asked), {
        unreadable: 'The answer is no JSON, or is cut off.',
      });
  });

  it('does not stop: it is not listened to any longer', async () => {
    let pieces = 0;
    async function* endless(): AsyncGenerator<string> {
      for (;;) {
        pieces++;
        yield await Promise.resolve(' '.repeat(10_000));
      }
    }
    assert.deepEqual(await answerOf(endless(), asked), { unreadable: 'The answer is far too long.' });
    assert.equal(pieces, 101);
  });

  it('refuses in the middle: the error is handed on', async () => {
    async function* refusing(): AsyncGenerator<string> {
      yield await Promise.resolve('[');
      throw new Error('quota');
    }
    await assert.rejects(answerOf(refusing(), asked), /quota/);
  });
});

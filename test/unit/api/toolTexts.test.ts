import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelError, Labelling, Run } from '../../../src/api/rnn-tagger';
import {
  askedErrors,
  fitting,
  inMarkdown,
  labelErrorsAnswer,
  labellingAnswer,
  runAnswer,
} from '../../../src/api/tools/toolTexts';

const hostile = ['<img src=x onerror=alert(1)>', '[x](command:y)', '__proto__'];

const error = (line: number, gold: string): LabelError => ({
  uri: 'file:///w/names/train.conll',
  line,
  startCharacter: 0,
  endCharacter: 1,
  word: 'x'.repeat(100),
  gold,
  suggested: 'O',
  score: 0.91234,
});
const nameOf = (uri: string): string => uri.replace('file:///w/', '');

const run: Run = {
  id: 'r1',
  title: 'names · LABEL',
  corpus: 'c',
  corpusName: 'names',
  column: 'LABEL',
  state: 'done',
  created: '2026-01-01T00:00:00Z',
  hasModel: true,
  epoch: 3,
  step: 30,
  seconds: 1.234,
  development: {
    tokens: 10,
    sentences: 2,
    loss: 0.123456,
    accuracy: 0.98765,
    spans: { precision: 1, recall: 0.5, f1: 2 / 3 },
  },
};

const labelling = (labels: readonly string[]): Labelling => ({
  model: { run: 'r1', corpusName: 'names', column: 'LABEL', labels },
  sentences: labels.map((label, line) => ({
    tokens: [{ text: 'a', line, startCharacter: 0, endCharacter: 1, label, probability: 0.5 }],
    spans: [],
  })),
});

describe('the answers of tools', () => {
  it('have as many of their items as fit, and say how many they leave out', async () => {
    const errors = Array.from({ length: 500 }, (_, line) => error(line, 'B-PER'));
    const render = (shown: number): string => labelErrorsAnswer('LABEL', errors, nameOf, shown);
    const answer = JSON.parse(await fitting(500, render, () => true));
    assert.ok(JSON.stringify(answer).length <= 20_000);
    assert.equal(answer.labelErrors.length, 62);
    assert.match(answer.notShown, /^438 more labelErrors/);
    assert.deepEqual(answer.labelErrors[0], {
      file: 'names/train.conll',
      line: 1,
      word: 'x'.repeat(100),
      gold: 'B-PER',
      suggested: 'O',
      score: 0.91,
    });
    const small = await fitting(500, render, (text) => Promise.resolve(text.length < 2000));
    assert.ok(small.length < 2000);
    assert.equal(JSON.parse(await fitting(500, render, () => false)).labelErrors.length, 0);
  });

  it('are JSON that keeps labels as they are, whatever they look like', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...hostile), fc.string())), (labels) => {
        const answer = JSON.parse(labellingAnswer(labelling(labels), labels.length));
        const tokens = answer.sentences.flatMap((own: { tokens?: [string, string][] }) => own.tokens ?? []);
        assert.deepEqual(
          tokens.map(([, label]: [string, string]) => label),
          labels.filter((label) => label !== 'O'),
        );
      }),
    );
  });

  it('tell spans where there are some, and lines counted from 1', () => {
    const span = { type: hostile[0], text: 'a', start: 0, end: 1, probability: 0.98765 };
    const { model, sentences } = labelling(['B-x']);
    const answer = JSON.parse(labellingAnswer({ model, sentences: [{ ...sentences[0], spans: [span] }] }, 1));
    assert.deepEqual(answer.sentences, [
      { line: 1, text: 'a', spans: [{ text: 'a', type: hostile[0], probability: 0.99 }] },
    ]);
  });

  it('tell a run’s scores, and the other runs', () => {
    const answer = JSON.parse(runAnswer(run, [{ ...run, id: 'r2', title: hostile[1] }], 1));
    assert.deepEqual(answer.development, {
      tokens: 10,
      sentences: 2,
      accuracy: 0.9877,
      spanPrecision: 1,
      spanRecall: 0.5,
      spanF1: 0.6667,
      lossInNatsPerToken: 0.1235,
    });
    assert.equal(answer.test, 'none');
    assert.deepEqual(answer.otherRuns[0].title, hostile[1]);
  });

  it('leave out label errors of other files and labels', () => {
    const all = { column: 'LABEL', findings: [error(0, '__proto__'), error(1, 'O')] };
    const count = (query: object): number => askedErrors(all, query, nameOf).length;
    assert.equal(count({}), 2);
    assert.equal(count({ label: '__proto__' }), 1);
    assert.equal(count({ file: 'train.conll', label: 'O' }), 1);
    assert.equal(count({ file: 'names/train.conll' }), 2);
    assert.equal(count({ file: 'rain.conll' }), 0);
  });
});

describe('what a tool asks', () => {
  it('shows data as text: no HTML, links or line ends of it', () => {
    for (const text of [...hostile, '**a**', 'a\n\n# b', '\u202e', '`x`', '![a](http://b)']) {
      const shown = inMarkdown(text);
      assert.doesNotMatch(shown, /(^|[^\\])[<>[\]*#`!_(]/);
      assert.doesNotMatch(shown, /[\n\u202e]/);
    }
    assert.ok(inMarkdown('x'.repeat(1000)).length < 100);
  });
});

import assert from 'node:assert/strict';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { twoColumns } from './sources';

const names = 'Rita/B-PER May/I-PER sings/O|Tom/B-PER hums/O|In/O Rome/B-LOC|Ada/B-PER sleeps/O ./O';

function fixes(text: string): unknown[] {
  return readCorpusFile('a.conll', 'a.conll', text).problems.map(({ code, line, fix }) => [
    code,
    line + 1,
    fix,
  ]);
}

describe('what would mend a problem', () => {
  it('is a B for an I without one', () => {
    assert.deepEqual(fixes(twoColumns(`${names}|Bob/I-PER waits/O`)), [
      ['label-out-of-place', 15, { from: 'I-PER', to: ['B-PER'] }],
    ]);
  });

  it('is a new span, or the type of the span, where a type changes inside of one', () => {
    assert.deepEqual(fixes(twoColumns(`${names}|Bob/B-PER Ray/I-LOC waits/O`)), [
      ['label-out-of-place', 16, { from: 'I-LOC', to: ['B-LOC', 'I-PER'] }],
    ]);
  });

  it('is an O behind a row without its label, where labels mark spans', () => {
    assert.deepEqual(fixes(`${twoColumns(names)}waits\n`), [['too-few-columns', 15, { to: ['\tO'] }]]);
    const tags = twoColumns('a/DT cat/NN|a/DT dog/NN|it/PR sat/VB|he/PR ran/VB');
    assert.deepEqual(fixes(`${tags}waits\n`), [['too-few-columns', 13, undefined]]);
  });

  it('is the frequent type that a rare one is one letter from', () => {
    const many = twoColumns(Array.from({ length: 30 }, (_, i) => `w${i}/B-PER x${i}/O`).join('|'));
    assert.deepEqual(fixes(`${many}${twoColumns('Bob/B-PRE waits/O|Mars/B-PLANET turns/O')}`), [
      ['label-like-another', 91, { from: 'B-PRE', to: ['B-PER'] }],
    ]);
  });
});
